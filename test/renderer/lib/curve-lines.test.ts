// What the views of a chart draw, and how the figures of each are written.
import { expect, test } from 'vitest'
import {
  canSmooth,
  curveFigure,
  curveLines,
  curveViews,
  lossText,
  smoothPoints
} from '../../../renderer/lib/curve-lines'
import type { RunCurves } from '../../../main/contract/window/training'

const line = (...values: number[]): { step: number; value: number }[] =>
  values.map((value, index) => ({ step: index + 1, value }))
const curves: RunCurves = {
  run: 'run',
  trainLoss: line(3, 2, 1),
  evalLoss: [{ step: 2, value: 2.5, best: true }],
  learningRate: line(1e-4, 2e-4, 0),
  gradNorm: line(1, 2, 3),
  tokensPerSecond: line(100, 200, 300),
  memory: line(2 ** 20, 2 ** 21, 2 ** 22),
  stepsPerEpoch: 3
}

test('the loss has two lines, the held-out one marked; without a held-out part it has one', () => {
  expect(curveLines(curves, 'loss').map(({ of, marked }) => [of, marked])).toEqual([
    ['train', false],
    ['heldOut', true]
  ])
  expect(curveLines({ ...curves, evalLoss: [] }, 'loss')).toHaveLength(1)
})

test('every other view draws its own figures, as measured', () => {
  for (const view of curveViews.filter((one) => one !== 'loss')) {
    const [drawn, more] = curveLines(curves, view)
    expect(drawn?.of).toBe(view)
    expect(more).toBeUndefined()
    expect(drawn?.points.map(({ x }) => x)).toEqual([1, 2, 3])
  }
  expect(curveLines(curves, 'memory')[0]?.points.map(({ y }) => y)).toEqual([1, 2, 4])
})

test('what is computed is not smoothed; what is smoothed keeps its steps and loses its noise', () => {
  expect(curveViews.filter(canSmooth)).toEqual(['loss', 'norm', 'speed'])
  const noisy = Array.from({ length: 400 }, (_, x) => ({ x, y: x % 2 }))
  const calm = smoothPoints(noisy)
  expect(calm.map(({ x }) => x)).toEqual(noisy.map(({ x }) => x))
  for (const { y } of calm.slice(200)) expect(Math.abs(y - 0.5)).toBeLessThan(0.05)
})

test.each([
  ['loss', 1.2712, '1.27'],
  ['loss', 0.01264, '0.013'],
  ['rate', 0.000193, '0.00019'],
  ['rate', 1.5e-6, '0.0000015'],
  ['norm', 1.2345, '1.23'],
  ['speed', 12345.6, '12,346'],
  ['memory', 512, '512 MB']
] as const)('%s of %d is written %s', (view, value, text) => {
  expect(curveFigure(view, value, 'ja').replace(/\u00a0/g, ' ')).toBe(text)
})

test('no loss at all is 0.00', () => {
  expect(lossText(0, 'en')).toBe('0.00')
})
