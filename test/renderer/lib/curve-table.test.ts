// The table of a chart leaves out no held-out measurement, and nothing that it shows is rounded into another figure.
import { expect, test } from 'vitest'
import { curveRows, tableFigure } from '../../../renderer/lib/curve-table'

const points = (steps: readonly number[]): { x: number; y: number }[] => steps.map((x) => ({ x, y: x / 10 }))
const every = (length: number, by = 1): number[] => Array.from({ length }, (_, index) => (index + 1) * by)

test('every held-out measurement is a row, whatever the other steps are thinned to', () => {
  const heldOut = every(13, 77)
  const rows = curveRows([{ points: points(every(1001)) }, { marked: true, points: points(heldOut) }])
  const steps = rows.map(({ step }) => step)
  for (const step of heldOut) expect(steps).toContain(step)
  expect(rows.filter(({ values }) => values[1] !== null)).toHaveLength(heldOut.length)
  expect(rows.length).toBeLessThanOrEqual(51 + heldOut.length + 1)
  expect(steps.at(-1)).toBe(1001)
  expect(steps).toEqual([...steps].sort((a, b) => a - b))
})

test('a short run is shown whole, and where a line was not measured there is nothing', () => {
  const rows = curveRows([{ points: points([1, 2, 4]) }, { marked: true, points: points([2, 3]) }])
  expect(rows).toEqual([
    { step: 1, values: [0.1, null] },
    { step: 2, values: [0.2, 0.2] },
    { step: 3, values: [null, 0.3] },
    { step: 4, values: [0.4, null] }
  ])
})

test.each([
  [1.27345, '1.273'],
  [5.4, '5.400'],
  [12.3456, '12.346'],
  [0.000193456, '0.0001935'],
  [12345.4, '12,345'],
  [0, '0.000']
])('%d reads %s', (value, text) => {
  expect(tableFigure(value, 'en')).toBe(text)
})
