// Loss and perplexity of the open model over encoded examples, with or without the adapter.
import type { TrainerCaller } from '../../contract/trainer-protocol'

export interface TokenExample {
  readonly tokens: Int32Array
  /** -100 where nothing is learnt */
  readonly labels: Int32Array
}

export interface LossScore {
  /** mean negative log-likelihood over all learnt tokens */
  readonly loss: number
  readonly perplexity: number
  readonly learntTokens: number
  readonly examples: number
}

export interface EvaluateOptions {
  readonly adapter: boolean
  /** most tokens of one call; what the model was opened with */
  readonly maxTokens: number
  readonly onProgress?: (done: number, total: number) => void
}

export async function evaluateModel(
  host: TrainerCaller,
  examples: readonly TokenExample[],
  options: EvaluateOptions
): Promise<LossScore> {
  let nllSum = 0
  let learntTokens = 0
  let done = 0
  for (const group of groupByTokens(examples, options.maxTokens)) {
    const result = await host.call('evaluate', { batch: endToEnd(group), adapter: options.adapter })
    nllSum += result.nllSum
    learntTokens += result.learntTokens
    done += group.length
    options.onProgress?.(done, examples.length)
  }
  const loss = nllSum / learntTokens
  return { loss, perplexity: Math.exp(loss), learntTokens, examples: examples.length }
}

/** Neighbours together as long as they fit; a single example is never split. */
export function groupByTokens<T extends TokenExample>(
  examples: readonly T[],
  maxTokens: number
): readonly T[][] {
  const groups: T[][] = []
  let tokens = Infinity
  for (const example of examples) {
    if (tokens + example.tokens.length > maxTokens) {
      groups.push([])
      tokens = 0
    }
    groups.at(-1)?.push(example)
    tokens += example.tokens.length
  }
  return groups
}

function endToEnd(examples: readonly TokenExample[]): {
  tokens: Int32Array
  labels: Int32Array
  lengths: Int32Array
} {
  const lengths = Int32Array.from(examples, (example) => example.tokens.length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const tokens = new Int32Array(total)
  const labels = new Int32Array(total)
  let at = 0
  for (const example of examples) {
    tokens.set(example.tokens, at)
    labels.set(example.labels, at)
    at += example.tokens.length
  }
  return { tokens, labels, lengths }
}
