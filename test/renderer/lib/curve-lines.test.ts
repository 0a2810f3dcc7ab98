// What a chart draws of each figure, and how its values are written; a figure that no table knows is drawn too.
import { expect, test } from 'vitest'
import type { Curve, RunCurves } from '../../../main/contract/window/training'
import {
  curveLines,
  curveViews,
  judgedFigure,
  lineText,
  newestEvaluation
} from '../../../renderer/lib/curve-lines'

const curve = (part: Curve['part'], figure: string, ...values: number[]): Curve => ({
  part,
  figure,
  points: values.map((value, index) => ({ step: index + 1, value }))
})
const curves: RunCurves = {
  run: 'run',
  curves: [
    curve('training', 'memory', 2 ** 20, 2 ** 21, 2 ** 22),
    curve('training', 'learningRate', 1e-4, 2e-4, 0),
    curve('heldOut', 'loss', 2.5, 2.75),
    curve('training', 'praise', 0.1, 0.2, 0.3),
    curve('training', 'loss', 3, 2, 1)
  ],
  best: { step: 1, figure: 'loss', value: 2.5 }
}

test('what can be seen is what was measured, results first', () => {
  expect(curveViews(curves)).toEqual(['loss', 'praise', 'learningRate', 'memory'])
})

test('the loss has two lines, the held-out one marked; without a held-out part it has one', () => {
  expect(curveLines(curves, 'loss').map(({ part, marked }) => [part, marked])).toEqual([
    ['training', false],
    ['heldOut', true]
  ])
  const alone = curves.curves.filter(({ part }) => part === 'training')
  expect(curveLines({ curves: alone }, 'loss')).toHaveLength(1)
})

test('every other view draws its own figure as measured, memory in MB', () => {
  for (const view of ['praise', 'learningRate', 'memory']) {
    const [drawn, more] = curveLines(curves, view)
    expect(more).toBeUndefined()
    expect(drawn?.points.map(({ x }) => x)).toEqual([1, 2, 3])
  }
  expect(curveLines(curves, 'memory')[0]?.points.map(({ y }) => y)).toEqual([1, 2, 4])
})

test('a run is judged by the figure of its best evaluation, or by what was evaluated at all', () => {
  expect(judgedFigure(curves)).toBe('loss')
  expect(newestEvaluation(curves)).toEqual({ step: 2, figure: 'loss', value: 2.75 })
  const praised = { ...curves, curves: [curve('heldOut', 'praise', 0.5)], best: null }
  expect(newestEvaluation(praised)).toEqual({ step: 1, figure: 'praise', value: 0.5 })
  expect(newestEvaluation({ ...praised, curves: [] })).toBeNull()
})

test('a line has its course where there is one, in the unit that it is drawn in', () => {
  const [training, heldOut] = curveLines(
    {
      curves: [
        { ...curve('training', 'loss', 3, 1), course: [{ step: 2, value: 2 }] },
        curve('heldOut', 'loss', 2)
      ]
    },
    'loss'
  )
  expect([training?.course, heldOut?.course]).toEqual([[{ x: 2, y: 2 }], null])
})

test.each([
  ['loss', 1.2712, '1.27'],
  ['loss', 0.01264, '0.013'],
  ['loss', 0, '0.00'],
  ['learningRate', 0.000193, '0.00019'],
  ['learningRate', 1.5e-6, '0.0000015'],
  ['gradNorm', 1.2345, '1.23'],
  ['tokensPerSecond', 12345.6, '12,346'],
  ['memory', 512, '512 MB'],
  ['praise', -0.12345, '-0.123']
] as const)('%s of %d is written %s', (figure, y, text) => {
  expect(lineText(figure, y, 'ja').replace(/\u00a0/g, ' ')).toBe(text)
})
