// Draws the app's line charts with chart.js: tokens for every colour, dashes and markers per series, the
// future as a wash, a marked point. The only file that knows chart.js.
import {
  Chart,
  Decimation,
  LineController,
  LineElement,
  LinearScale,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
  type Plugin
} from 'chart.js'
import type { ChartSeries } from './LineChart.svelte'

Chart.register(Decimation, LineController, LineElement, LinearScale, LogarithmicScale, PointElement, Tooltip)

export interface ChartContent {
  readonly series: readonly ChartSeries[]
  readonly logarithmic: boolean
  readonly xMax?: number
  readonly xLabel?: (x: number) => string
  readonly mark: { x: number; text: string } | null
}

const dashes: readonly number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3], []]
const markers = ['circle', 'rectRot', 'triangle', 'rect', 'cross'] as const
const fewPoints = 40

const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim()

type LineChart = Chart<'line', { x: number; y: number }[]>

/** The future as a wash, and a marked point: drawn behind and over the lines. */
const extras = (content: () => ChartContent | null): Plugin<'line'> => ({
  id: 'extras',
  beforeDatasetsDraw(chart) {
    const shown = content()
    const x = chart.scales['x']
    if (!shown?.xMax || !x) return
    const last = Math.max(0, ...shown.series.flatMap((series) => series.points.at(-1)?.x ?? 0))
    const from = x.getPixelForValue(last)
    const { top, right, height } = chart.chartArea
    if (from >= right) return
    chart.ctx.save()
    chart.ctx.globalAlpha = 0.5
    chart.ctx.fillStyle = token('--sunk')
    chart.ctx.fillRect(from, top, right - from, height)
    chart.ctx.restore()
  },
  afterDatasetsDraw(chart) {
    const mark = content()?.mark
    const x = chart.scales['x']
    if (!mark || !x) return
    const at = x.getPixelForValue(mark.x)
    const { top, bottom, left, right } = chart.chartArea
    const { ctx } = chart
    ctx.save()
    ctx.strokeStyle = token('--ink-3')
    ctx.setLineDash([2, 3])
    ctx.beginPath()
    ctx.moveTo(at, top + 18)
    ctx.lineTo(at, bottom)
    ctx.stroke()
    ctx.fillStyle = token('--ink')
    ctx.font = `12px ${token('--font-text')}`
    const half = ctx.measureText(mark.text).width / 2
    ctx.textAlign = 'center'
    ctx.fillText(mark.text, Math.min(right - half, Math.max(left + half, at)), top + 12)
    ctx.restore()
  }
})

export function chartOf(canvas: HTMLCanvasElement): { update(content: ChartContent): void; destroy(): void } {
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

  return { update, destroy: () => chart?.destroy() }
}

function configuration(content: ChartContent): ChartConfiguration<'line', { x: number; y: number }[]> {
  const font = { family: token('--font-text'), size: 12 }
  const quiet = token('--ink-3')
  const { xLabel } = content
  return {
    type: 'line',
    data: { datasets: content.series.map(dataset) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 4, right: 8 } },
      plugins: {
        decimation: { enabled: true, algorithm: 'lttb', samples: 1000 },
        tooltip: {
          animation: false,
          backgroundColor: token('--ink'),
          titleColor: token('--ink-inverse'),
          bodyColor: token('--ink-inverse'),
          bodyFont: font,
          titleFont: font,
          callbacks: xLabel ? { title: (items) => xLabel(items[0]?.parsed.x ?? 0) } : {}
        }
      },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: content.xMax,
          grid: { display: false },
          border: { color: token('--chart-axis') },
          ticks: {
            font,
            color: quiet,
            maxTicksLimit: 7,
            ...(xLabel ? { callback: (value) => xLabel(Number(value)) } : {})
          }
        },
        y: {
          type: content.logarithmic ? 'logarithmic' : 'linear',
          grid: { color: token('--chart-grid') },
          border: { display: false },
          ticks: { font, color: quiet, maxTicksLimit: 6 }
        }
      }
    }
  }
}

function dataset(series: ChartSeries): ChartDataset<'line', { x: number; y: number }[]> {
  const index = (series.colour - 1) % dashes.length
  const colour = token(`--series-${index + 1}`)
  const few = series.points.length <= fewPoints && !series.faint
  return {
    label: series.name,
    data: series.points.map(({ x, y }) => ({ x, y })),
    borderColor: series.faint ? `color-mix(in srgb, ${colour} 28%, transparent)` : colour,
    backgroundColor: token('--surface'),
    borderWidth: series.faint ? 1 : index === 4 ? 1.25 : 2,
    borderDash: [...(dashes[index] ?? [])],
    // the training curve is one solid line; markers belong to the series that is measured now and then
    pointRadius: few && index > 0 ? 4 : 0,
    pointStyle: markers[index] ?? 'circle',
    pointBorderWidth: 1.5,
    pointHitRadius: 8
  }
}
