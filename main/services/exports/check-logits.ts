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

/** Token sequences spread over the whole vocabulary, the same for every model of that size. */
export function probeSequences(vocabSize: number): readonly Int32Array[] {
  const next = randomFrom(vocabSize)
  return Array.from({ length: probePrompts }, (_, prompt) =>
    // several lengths, from one token up
    Int32Array.from(
      { length: Math.max(1, Math.floor((probeTokens * prompt) / (probePrompts - 1))) },
      () => next() % vocabSize
    )
  )
}

export async function probeLogits(
  host: TrainerCaller,
  vocabSize: number,
  options: { readonly adapter: boolean; readonly onPrompt?: (done: number, total: number) => void }
): Promise<Float32Array[]> {
  const all: Float32Array[] = []
  const sequences = probeSequences(vocabSize)
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
  for (let at = 0; at < expected.length; at++) {
    const value = expected[at] ?? NaN
    const distance = Math.abs(value - (actual[at] ?? NaN))
    if (Number.isNaN(distance)) return NaN
    largest = Math.max(largest, Math.abs(value))
    difference = Math.max(difference, distance)
  }
  return largest === 0 ? difference : difference / largest
}
