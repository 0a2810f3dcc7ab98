// Metric lines as named curves: whatever figure a line carries, each step once, and the best evaluation.
import { expect, test } from 'vitest'
import type { MetricLine } from '../../main/contract/records'
import { CurvesOfLines } from '../../main/curves/curves-of-lines'

const update = (step: number, figures: Record<string, number>): MetricLine =>
  ({ kind: 'step', step, figures }) as unknown as MetricLine
const check = (step: number, figures: Record<string, number>, best = false): MetricLine =>
  ({ kind: 'evaluation', step, figures, by: 'praise', best }) as unknown as MetricLine
const of = (...lines: MetricLine[]): CurvesOfLines => {
  const curves = new CurvesOfLines()
  for (const line of lines) curves.add(line)
  return curves
}

test('every figure has a curve for each part that gives it, known or not', () => {
  const { curves, best } = of(
    check(0, { praise: 0.1 }),
    update(1, { loss: 2, praise: 0.2 }),
    check(1, { praise: 0.3 }, true)
  ).drawn(10)
  expect(curves).toEqual([
    { part: 'heldOut', figure: 'praise', points: [0.1, 0.3].map((value, step) => ({ step, value })) },
    ...(['loss', 'praise'] as const).map((figure, at) => {
      const points = [{ step: 1, value: at === 0 ? 2 : 0.2 }]
      return { part: 'training', figure, points, course: points }
    })
  ])
  expect(best).toEqual({ step: 1, figure: 'praise', value: 0.3 })
})

test('what is no number is left out, and a figure of nothing else has no curve', () => {
  const lost = { loss: null as unknown as number }
  expect(of(update(1, { loss: NaN }), update(2, lost)).drawn(10).curves).toEqual([])
})

test('gone on with, a line that was read before is not there twice', () => {
  const lines = [1, 2, 3].map((step) => update(step, { loss: 4 - step }))
  const all = CurvesOfLines.from(of(...lines).drawn(10))
  for (const line of [...lines.slice(1), update(4, { loss: 9 })]) all.add(line)
  expect(all.step).toBe(4)
  expect(all.drawn(10).curves[0]?.points.map(({ step }) => step)).toEqual([1, 2, 3, 4])
})
