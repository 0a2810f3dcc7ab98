// One line of metrics.jsonl as text, read: the only place that knows how lines were written before figures had
// names, and that JSON has no word for a figure that is no number.
import type { Figures } from '../../contract/figures'
import type { MetricLine } from '../../contract/records'

type Written = Readonly<Record<string, unknown>>

/** null: a damaged line costs only itself. */
export function readMetricLine(text: string): MetricLine | null {
  let written: Written
  try {
    written = JSON.parse(text) as Written
  } catch {
    return null
  }
  if (written['kind'] !== 'step' && written['kind'] !== 'evaluation') return written as unknown as MetricLine
  const line = 'figures' in written ? written : named(written)
  return {
    ...line,
    figures: numbers(line['figures'] as Readonly<Record<string, number | null>>)
  } as MetricLine
}

const numbers = (figures: Readonly<Record<string, number | null>>): Figures =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value ?? NaN]))

/** Runs of the first version wrote { loss, gradNorm, learningRate, memory } beside the step. */
function named(line: Written): Written {
  const { loss, gradNorm, learningRate, memory, ...rest } = line
  if (rest['kind'] === 'evaluation') return { ...rest, figures: { loss }, by: 'loss' }
  const { tokens, seconds } = rest as { readonly tokens: number; readonly seconds: number }
  return { ...rest, figures: { loss, gradNorm, learningRate, tokensPerSecond: tokens / seconds, memory } }
}
