// Logits on a few fixed prompts: taken from the model in memory, and again from what was written to disk. The
// largest difference decides whether an export may be called done.
import { randomFrom } from '../../batches/shuffle'
import { NeiroError } from '../../contract/errors'
import type { TrainerCaller } from '../../contract/trainer-protocol'

export interface LogitCheck {
  readonly prompts: number
  /** max |difference| / max |expected|, the worst of all prompts */
  readonly largest: number
  readonly tolerance: number
}

/** most tokens of one prompt; what a model opened for the check must hold */
export const probeTokens = 48
const probePrompts = 6

/** Token sequences spread over all tokens that the text of the model knows, the same for every model with so many: rows
 *  behind them are padding, and may hold anything. */
export function probeSequences(tokens: number): readonly Int32Array[] {
  const next = randomFrom(tokens)
  return Array.from({ length: probePrompts }, (_, prompt) =>
    // several lengths, from one token up
    Int32Array.from(
      { length: Math.max(1, Math.floor((probeTokens * prompt) / (probePrompts - 1))) },
      () => next() % tokens
    )
  )
}

export async function probeLogits(
  host: TrainerCaller,
  known: number,
  options: { readonly adapter: boolean; readonly onPrompt?: (done: number, total: number) => void }
): Promise<Float32Array[]> {
  const all: Float32Array[] = []
  const sequences = probeSequences(known)
  for (const tokens of sequences) {
    const lengths = Int32Array.of(tokens.length)
    all.push(await host.call('logits', { tokens, lengths, adapter: options.adapter }))
    options.onPrompt?.(all.length, sequences.length)
  }
  return all
}

/** EXPORT_DIFFERS when any prompt differs by more than the tolerance, relative to its largest logit. */
export function checkLogits(
  expected: readonly Float32Array[],
  actual: readonly Float32Array[],
  tolerance: number,
  target: string
): LogitCheck {
  const differences = expected.map((logits, prompt) => relativeDifference(logits, actual[prompt]))
  // a value that is no number must not pass for a small one
  const largest = differences.some(Number.isNaN) ? NaN : Math.max(...differences)
  if (!(largest <= tolerance)) {
    throw new NeiroError('EXPORT_DIFFERS', {
      target,
      difference: largest.toExponential(2),
      tolerance: String(tolerance)
    })
  }
  return { prompts: expected.length, largest, tolerance }
}

function relativeDifference(expected: Float32Array, actual: Float32Array | undefined): number {
  if (actual?.length !== expected.length) return NaN
  let largest = 0
  let difference = 0
  let compared = 0
  for (let at = 0; at < expected.length; at++) {
    const value = expected[at] ?? NaN
    const other = actual[at] ?? NaN
    // a word that no text has may hold anything, as long as it is the same
    if (Number.isNaN(value) && Number.isNaN(other)) continue
    const distance = Math.abs(value - other)
    if (Number.isNaN(distance)) return NaN
    compared++
    largest = Math.max(largest, Math.abs(value))
    difference = Math.max(difference, distance)
  }
  if (compared === 0) return NaN
  return largest === 0 ? difference : difference / largest
}
