// What the charts show beside their lines: the future as a wash, what the values are, a marked point, and a name
// with the last value where a line ends.
import type { Chart, Plugin } from 'chart.js'
import { apart } from '../lib/chart-scale'
import type { ChartContent } from './chart-content'

/** a label under another one, in pixels */
const lineHeight = 16
const gap = 8
/** of the words above the lines, from the frame up: half a name of a line that ends there lies under them */
const above = 13
/** of the words at the end of a line; longer ones are cut there, the legend has them whole */
const widestEnd = 148

export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim()

export const extras = (content: () => ChartContent | null): Plugin<'line'> => ({
  id: 'extras',
  beforeDatasetsDraw(chart) {
    const shown = content()
    if (shown) washFuture(chart, shown)
  },
  afterDatasetsDraw(chart) {
    const shown = content()
    if (!shown) return
    chart.ctx.save()
    chart.ctx.font = fontOf()
    chart.ctx.fillStyle = token('--ink-3')
    const taken = nameValues(chart, shown)
    chart.ctx.fillStyle = token('--ink')
    nameEnds(chart, shown)
    if (shown.mark) markPoint(chart, shown.mark, taken)
    chart.ctx.restore()
  }
})

const fontOf = (): string => `12px ${token('--font-text')}`

const measuring = document.createElement('canvas').getContext('2d')
function widthOf(text: string): number {
  if (!measuring) return 0
  measuring.font = fontOf()
  return measuring.measureText(text).width
}

/** Right of the lines, kept free for the words at their ends from the first point on. */
export function endRoom({ series }: ChartContent): number {
  const ends = series.flatMap(({ end }) => (end ? [Math.min(widestEnd, widthOf(end))] : []))
  // in steps: a last value of other digits moves nothing
  return ends.length > 0 ? gap + Math.ceil(Math.max(...ends) / gap) * gap : gap
}

function washFuture(chart: Chart, shown: ChartContent): void {
  const last = Math.max(0, ...shown.series.flatMap((series) => series.points.at(-1)?.x ?? 0))
  const from = chart.scales['x']?.getPixelForValue(last) ?? Infinity
  const { top, right, height } = chart.chartArea
  if (from >= right) return
  chart.ctx.save()
  chart.ctx.globalAlpha = 0.5
  chart.ctx.fillStyle = token('--sunk')
  chart.ctx.fillRect(from, top, right - from, height)
  chart.ctx.restore()
}

/** What the values are, above them; answers where its words end. */
function nameValues({ ctx, chartArea }: Chart, { axes }: ChartContent): number {
  ctx.textAlign = 'start'
  ctx.textBaseline = 'alphabetic'
  ctx.fillText(axes.y.title, 0, chartArea.top - above)
  return ctx.measureText(axes.y.title).width
}

function nameEnds(chart: Chart, shown: ChartContent): void {
  const { x, y } = chart.scales
  const { top, bottom } = chart.chartArea
  if (!x || !y) return
  const ends = shown.series.flatMap(({ end, points }) => {
    const last = points.at(-1)
    return end && last ? [{ end, x: x.getPixelForValue(last.x), y: y.getPixelForValue(last.y) }] : []
  })
  // right of every line, so that none runs through a name
  const from = Math.max(...ends.map((end) => end.x)) + gap
  const places = apart(
    ends.map((end) => end.y),
    lineHeight,
    top - lineHeight / 2,
    // the axis runs through no name
    bottom - 2
  )
  chart.ctx.textAlign = 'start'
  chart.ctx.textBaseline = 'middle'
  for (const [at, { end, x, y }] of ends.entries()) {
    const place = places[at] as number
    if (from - x > 2 * gap) lead(chart.ctx, { x: x + gap, y }, { x: from - gap / 2, y: place })
    chart.ctx.fillText(fitting(end, widestEnd), from, place)
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

/** From the end of a line that ended before the others to its name. */
function lead(ctx: CanvasRenderingContext2D, from: Point, to: Point): void {
  ctx.save()
  ctx.strokeStyle = token('--chart-axis')
  ctx.setLineDash([1, 4])
  ctx.beginPath()
  ctx.moveTo(from.x, from.y)
  ctx.lineTo(to.x, to.y)
  ctx.stroke()
  ctx.restore()
}

/** As much of it as there is room for. */
function fitting(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && widthOf(`${letters.join('')}…`) > width) letters.pop()
  return `${letters.join('')}…`
}

function markPoint(chart: Chart, mark: { x: number; text: string }, taken: number): void {
  const at = chart.scales['x']?.getPixelForValue(mark.x) ?? 0
  const { top, bottom, right } = chart.chartArea
  const { ctx } = chart
  ctx.strokeStyle = token('--ink-3')
  ctx.setLineDash([2, 3])
  ctx.beginPath()
  ctx.moveTo(at, top)
  ctx.lineTo(at, bottom)
  ctx.stroke()
  const half = ctx.measureText(mark.text).width / 2
  ctx.textAlign = 'center'
  ctx.textBaseline = 'alphabetic'
  ctx.fillText(mark.text, Math.max(taken + 2 * gap + half, Math.min(right - half, at)), top - above)
}
