// Draws the app's line charts with chart.js: tokens for every colour, dashes and markers per series. What is drawn
// beside the lines is chart-extras.ts; nothing else knows chart.js.
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
  type ChartDataset
} from 'chart.js'
import { extras, token } from './chart-extras'
import type { ChartContent, ChartSeries } from './chart-content'

Chart.register(Decimation, LineController, LineElement, LinearScale, LogarithmicScale, PointElement, Tooltip)

const dashes: readonly number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3], []]
const markers = ['circle', 'rectRot', 'triangle', 'rect', 'cross'] as const
const fewPoints = 40

type LineChart = Chart<'line', { x: number; y: number }[]>

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
  const borderColor = series.faint ? `color-mix(in srgb, ${colour} 28%, transparent)` : colour
  return {
    label: series.name,
    data: series.points.map(({ x, y }) => ({ x, y })),
    borderColor,
    backgroundColor: token('--surface'),
    // as they are: chart.js would make its own from hex colours, and ours may be the system's
    hoverBorderColor: borderColor,
    hoverBackgroundColor: token('--surface'),
    borderWidth: series.faint ? 1 : index === 4 ? 1.25 : 2,
    borderDash: [...(dashes[index] ?? [])],
    pointRadius: few && series.marked ? 4 : 0,
    pointStyle: markers[index] ?? 'circle',
    pointBorderWidth: 1.5,
    pointHitRadius: 8
  }
}
