// Draws the app's line charts with chart.js: tokens for every colour, dashes and markers per series. What is drawn
// beside the lines is chart-extras.ts; nothing else knows chart.js.
import {
  Chart,
  LineController,
  LineElement,
  LinearScale,
  LogarithmicScale,
  PointElement,
  type ChartConfiguration,
  type ChartDataset
} from 'chart.js'
import { linearScale, logScale, type Scale } from '../lib/chart-scale'
import { endRoom, extras, token } from './chart-extras'
import type { ChartContent, ChartSeries } from './chart-content'

Chart.register(LineController, LineElement, LinearScale, LogarithmicScale, PointElement)

const dashes: readonly number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3], []]
const markers = ['circle', 'rectRot', 'triangle', 'rect', 'cross'] as const
const fewPoints = 40
/** of a marker and its edge: one on the frame is drawn whole */
const markerRadius = 4
/** above the lines: the name of the values and the words of the mark, and under them a line's own name on the frame */
const headRoom = 28
/** numbers beside the axis; with more room in steps, so that the lines stand still as numbers come and go */
const numberRoom = { least: 40, step: 12 }

type LineChart = Chart<'line', { x: number; y: number }[]>

/** Where the lines are, in pixels of the canvas. */
export interface ChartFrame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly pixelOf: (x: number) => number
}

export interface Drawing {
  update(content: ChartContent): void
  frame(): ChartFrame | null
  destroy(): void
}

export function chartOf(canvas: HTMLCanvasElement): Drawing {
  let content: ChartContent | null = null
  let chart: LineChart | null = null

  function update(next: ChartContent): void {
    const kindChanged = content !== null && content.logarithmic !== next.logarithmic
    content = next
    if (chart && kindChanged) {
      chart.destroy()
      chart = null
    }
    const config = configuration(next)
    if (!chart) {
      chart = new Chart(canvas, { ...config, plugins: [extras(() => content)] }) as LineChart
      return
    }
    chart.data = config.data
    if (config.options) chart.options = config.options
    chart.update('none')
  }

  function frame(): ChartFrame | null {
    const x = chart?.scales['x']
    if (!chart || !x) return null
    const { left, right, top, bottom } = chart.chartArea
    return { left, right, top, bottom, pixelOf: (value) => x.getPixelForValue(value) }
  }

  return { update, frame, destroy: () => chart?.destroy() }
}

/** What chart.js is given. */
export function configuration(content: ChartContent): ChartConfiguration<'line', { x: number; y: number }[]> {
  const font = { family: token('--font-text'), size: 12 }
  const color = token('--ink-3')
  const { axes } = content
  return {
    type: 'line',
    data: { datasets: content.series.map(dataset) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      // what is told of a place is the page's own: the pointer changes nothing here
      events: [],
      layout: { padding: { top: headRoom, right: endRoom(content) } },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: content.xMax,
          grid: { display: false },
          border: { color: token('--chart-axis') },
          title: { display: true, text: axes.x.title, align: 'end', font, color, padding: { top: 2 } },
          afterBuildTicks: (axis) => {
            axis.ticks = axes.x.ticks.map(({ at }) => ({ value: at }))
          },
          ticks: {
            font,
            color,
            maxRotation: 0,
            callback: (value) => axes.x.ticks.find(({ at }) => at === value)?.text ?? ''
          }
        },
        y: {
          ...limits(content),
          grid: { color: token('--chart-grid') },
          border: { display: false },
          afterFit: (axis) => {
            const more = Math.max(0, axis.width - numberRoom.least)
            axis.width = numberRoom.least + Math.ceil(more / numberRoom.step) * numberRoom.step
          },
          ticks: { font, color, callback: (value) => axes.y.text(Number(value)), ...tickSteps(content) }
        }
      }
    }
  }
}

type Axis = { readonly ticks: { value: number }[] }
type Limits =
  | { type: 'linear'; min: number; max: number }
  | { type: 'logarithmic'; min: number; max: number; afterBuildTicks: (axis: Axis) => void }

/** Of everything that is drawn, faint or not: with and without noise the scale is the same. */
function limits(content: ChartContent): Limits {
  const { series, logarithmic } = content
  if (!logarithmic) {
    const { min, max } = scaleOf(content)
    return { type: 'linear', min, max }
  }
  // what is not above 0 has no place there
  const { min, max, ticks } = logScale(...span(series, 0))
  const afterBuildTicks = (axis: Axis): void => {
    axis.ticks.splice(0, axis.ticks.length, ...ticks.map((value) => ({ value })))
  }
  return { type: 'logarithmic', min, max, afterBuildTicks }
}

const tickSteps = (content: ChartContent): { stepSize?: number } =>
  content.logarithmic ? {} : { stepSize: scaleOf(content).step }

/** A share that went from 80 % to 90 % does not fill the picture. */
const scaleOf = ({ series, axes }: ChartContent): Scale =>
  linearScale(...(axes.y.whole ?? span(series, -Infinity)))

/** The lowest and the highest value above a bound. */
function span(series: readonly ChartSeries[], above: number): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const { points } of series)
    for (const { y } of points) {
      if (y <= above) continue
      if (y < low) low = y
      if (y > high) high = y
    }
  return low <= high ? [low, high] : above < 0 ? [0, 1] : [0.1, 1]
}

function dataset(series: ChartSeries): ChartDataset<'line', { x: number; y: number }[]> {
  const index = (series.colour - 1) % dashes.length
  const colour = token(`--series-${index + 1}`)
  const few = series.points.length <= fewPoints && !series.faint
  return {
    label: series.name,
    data: series.points.map(({ x, y }) => ({ x, y })),
    borderColor: series.faint ? `color-mix(in srgb, ${colour} 28%, transparent)` : colour,
    // as the legend has them: only the second is hollow
    backgroundColor: index === 1 ? token('--surface') : colour,
    borderWidth: series.faint ? 1 : index === 4 ? 1.25 : 2,
    borderDash: [...(dashes[index] ?? [])],
    // a line of one point is not seen
    pointRadius: few && (series.marked || series.points.length === 1) ? markerRadius : 0,
    pointStyle: markers[index] ?? 'circle',
    pointBorderWidth: 1.5,
    clip: 2 * markerRadius
  }
}
