// What the charts show beside their lines: the future as a wash, a marked point, and a name with the last value
// where a line ends and there is room.
import type { Chart, Plugin } from 'chart.js'
import type { ChartContent } from './chart-content'

/** a label under another one, in pixels */
const lineHeight = 16
const gap = 8

export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim()

export const extras = (content: () => ChartContent | null): Plugin<'line'> => ({
  id: 'extras',
  beforeDatasetsDraw(chart) {
    const shown = content()
    if (shown?.xMax) washFuture(chart, shown)
  },
  afterDatasetsDraw(chart) {
    const shown = content()
    if (!shown) return
    chart.ctx.save()
    chart.ctx.fillStyle = token('--ink')
    chart.ctx.font = `12px ${token('--font-text')}`
    nameEnds(chart, shown)
    if (shown.mark) markPoint(chart, shown.mark)
    chart.ctx.restore()
  }
})

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

function nameEnds(chart: Chart, shown: ChartContent): void {
  const { x, y } = chart.scales
  const { top, bottom, right } = chart.chartArea
  if (!x || !y) return
  const ends = shown.series.flatMap(({ end, points }) => {
    const last = points.at(-1)
    return end && last ? [{ end, x: x.getPixelForValue(last.x), y: y.getPixelForValue(last.y) }] : []
  })
  ends.sort((a, b) => a.y - b.y)
  // right of every line, so that none runs through a name; without room there are none
  const from = Math.max(...ends.map((end) => end.x)) + gap
  if (ends.some(({ end }) => from + chart.ctx.measureText(end).width > right)) return
  let free = top + lineHeight / 2
  chart.ctx.textAlign = 'start'
  chart.ctx.textBaseline = 'middle'
  for (const end of ends) {
    const at = Math.min(bottom - lineHeight / 2, Math.max(free, end.y))
    chart.ctx.fillText(end.end, from, at)
    free = at + lineHeight
  }
}

function markPoint(chart: Chart, mark: { x: number; text: string }): void {
  const at = chart.scales['x']?.getPixelForValue(mark.x) ?? 0
  const { top, bottom, left, right } = chart.chartArea
  const { ctx } = chart
  ctx.strokeStyle = token('--ink-3')
  ctx.setLineDash([2, 3])
  ctx.beginPath()
  ctx.moveTo(at, top + 18)
  ctx.lineTo(at, bottom)
  ctx.stroke()
  const half = ctx.measureText(mark.text).width / 2
  ctx.textAlign = 'center'
  ctx.textBaseline = 'alphabetic'
  ctx.fillText(mark.text, Math.min(right - half, Math.max(left + half, at)), top + 12)
}
