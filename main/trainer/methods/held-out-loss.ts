// The mean loss over all learnt tokens of the held-out part: what methods that learn token by token are judged by.
import { batchOf, type ExampleSet } from '../../batches/example-set'
import { packRows } from '../../batches/pack-rows'
import type { EngineSession } from '../engine-session'

export interface Asked {
  /** rows that the adapter puts before each example */
  readonly before?: number
  /** false: the base alone is asked */
  readonly adapter?: boolean
}

/** null: given up half-way, because `givenUp` said so between two batches. */
export async function heldOutLoss(
  session: EngineSession,
  set: ExampleSet,
  maxTokens: number,
  givenUp: () => boolean,
  { before = 0, adapter = true }: Asked = {}
): Promise<number | null> {
  let nllSum = 0
  let learntTokens = 0
  for (const examples of packRows(set.lengths.keys(), set.lengths, maxTokens, before)) {
    if (givenUp()) return null
    const result = await session.evaluate(batchOf(set, examples), { adapter })
    nllSum += result.nllSum
    learntTokens += result.learntTokens
  }
  return nllSum / learntTokens
}
