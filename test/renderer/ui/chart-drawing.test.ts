// What the line charts hand to chart.js, and what they draw beside the lines: without a browser.
import type { Chart } from 'chart.js'
import { beforeEach, expect, test, vi } from 'vitest'
import type { ChartContent } from '../../../renderer/ui/chart-content'
import type { configuration as Configuration } from '../../../renderer/ui/chart-drawing'
import type { extras as Extras } from '../../../renderer/ui/chart-extras'

let configuration: typeof Configuration
let extras: typeof Extras

beforeEach(async () => {
  vi.stubGlobal('document', {
    documentElement: {},
    createElement: () => ({
      getContext: () => ({ measureText: (text: string) => ({ width: 7 * text.length }) })
    })
  })
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: (name: string) => name }))
  ;({ configuration } = await import('../../../renderer/ui/chart-drawing'))
  ;({ extras } = await import('../../../renderer/ui/chart-extras'))
})

const content = (change: Partial<ChartContent> = {}): ChartContent => ({
  series: [
    { name: 'long', colour: 1, points: [0, 100].map((x) => ({ x, y: 2 })), end: 'long 2.00' },
    { name: 'short', colour: 2, marked: true, points: [0, 30].map((x) => ({ x, y: 1.5 })), end: 'short 1.50' }
  ],
  axes: { y: { title: 'loss', text: String }, x: { title: 'steps', ticks: [] } },
  logarithmic: false,
  xMax: 100,
  mark: null,
  ...change
})

test('a marker on the frame is drawn whole, and only what was measured now and then has any', () => {
  const [line, marked] = configuration(content()).data.datasets
  expect(line?.pointRadius).toBe(0)
  expect(Number(marked?.pointRadius)).toBeGreaterThan(0)
  expect(Number(marked?.clip)).toBeGreaterThanOrEqual(Number(marked?.pointRadius) + 1.5)
})

test('shares have all of their axis, however near to each other they lie; other values what they need', () => {
  const points = [0.9, 1].map((y, x) => ({ x, y }))
  const scaleOf = (whole?: readonly [number, number]): unknown => {
    const y = { title: 'share', text: String, ...(whole && { whole }) }
    const series = [{ name: 'a', colour: 1, points }]
    const { axes } = content()
    return configuration(content({ series, axes: { ...axes, y } })).options?.scales?.['y']
  }
  expect(scaleOf([0, 1])).toMatchObject({ min: 0, max: 1, ticks: { stepSize: 0.2 } })
  expect(scaleOf()).toMatchObject({ min: 0.9, max: 1 })
})

test('a logarithmic scale stands still as the linear one does, and has its lines at round values', () => {
  const scaleOf = (lowest: number): Record<string, unknown> => {
    const points = [lowest, 4].map((y, x) => ({ x, y }))
    const series = [{ name: 'a', colour: 1, points }]
    return configuration(content({ series, logarithmic: true })).options?.scales?.['y'] as never
  }
  expect(scaleOf(0.13)).toMatchObject({ type: 'logarithmic', min: 0.1, max: 5 })
  expect(scaleOf(0.11)).toMatchObject({ min: 0.1, max: 5 })
  const axis = { ticks: [{ value: 0.123 }] }
  ;(scaleOf(0.13) as { afterBuildTicks: (of: typeof axis) => void }).afterBuildTicks(axis)
  expect(axis.ticks.map(({ value }) => value)).toEqual([0.1, 0.2, 0.5, 1, 2, 5])
})

test('the name of a line that ended before the others is led to by a line of its own', () => {
  const told: string[] = []
  const ctx = new Proxy(
    {},
    {
      get: (_, name: string) =>
        name === 'measureText'
          ? (text: string) => ({ width: 7 * text.length })
          : (...args: unknown[]) => void told.push(`${name} ${args.join(' ')}`),
      set: () => true
    }
  )
  const chart = {
    ctx,
    chartArea: { left: 0, top: 0, right: 500, bottom: 100, height: 100 },
    scales: {
      x: { getPixelForValue: (x: number) => 4 * x },
      y: { getPixelForValue: (y: number) => 100 - 20 * y }
    }
  }
  const { afterDatasetsDraw } = extras(() => content())
  afterDatasetsDraw?.call(
    {} as never,
    chart as unknown as Chart<'line'>,
    {} as never,
    {} as never,
    {} as never
  )
  const from = 4 * 100 + 8
  expect(
    told.filter((line) => line.startsWith('fillText')).map((line) => line.split(' ').slice(1, 4))
  ).toEqual([
    ['loss', '0', '-13'],
    ['long', '2.00', String(from)],
    ['short', '1.50', String(from)]
  ])
  // the long one ends beside its name; the other name has given way to it
  expect(told.filter((line) => /^(moveTo|lineTo)/.test(line))).toEqual([
    'moveTo 128 70',
    `lineTo ${from - 4} 76`
  ])
})
