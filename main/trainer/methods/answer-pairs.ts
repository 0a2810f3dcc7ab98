// Pairs of answers: what the model and its reference say of those of a batch, and the figures that every method of preference
// gives.
import type { Batch } from '../../../addon/index'
import type { ExampleSet } from '../../batches/example-set'
import { layPairs, type PairBatch } from '../../batches/pair-batch'
import type { PairLogs, ReferenceLogs } from '../../losses/preference'
import { rowLogs } from '../../losses/sequence-logs'
import { wonOver } from '../../metrics/wins'
import type { EngineSession } from '../engine-session'

export function pairLogs(batch: Batch, logs: ArrayLike<number>): readonly PairLogs[] {
  const rows = rowLogs(batch, logs)
  return rows.slice(0, rows.length / 2).map((chosen, i) => {
    const rejected = rows[i + rows.length / 2] as typeof chosen
    return {
      chosen: chosen.sum,
      rejected: rejected.sum,
      chosenTokens: chosen.tokens,
      rejectedTokens: rejected.tokens
    }
  })
}

/** Two sums for each example of a set; NaN where nobody has asked yet. Counted once in the life of a process. */
const counted = new WeakMap<ExampleSet, Float64Array>()

/** What the model says without its adapter. Each pair is read alone, so that its numbers are the same to the bit whatever
 *  stands beside it in a batch, and after a resume. */
export async function referenceOf(
  session: EngineSession,
  { set, examples }: Pick<PairBatch, 'set' | 'examples'>
): Promise<readonly ReferenceLogs[]> {
  const sums = counted.get(set) ?? new Float64Array(2 * set.lengths.length).fill(NaN)
  counted.set(set, sums)
  for (const example of examples) {
    if (!Number.isNaN(sums[2 * example])) continue
    const alone = layPairs(set, [example])
    const [pair] = pairLogs(alone, await session.logProbabilities(plain(alone), { adapter: false }))
    sums[2 * example] = pair?.chosen ?? NaN
    sums[2 * example + 1] = pair?.rejected ?? NaN
  }
  return examples.map((example) => ({
    chosen: sums[2 * example] as number,
    rejected: sums[2 * example + 1] as number
  }))
}

/** What the engine is given of a batch. */
export const plain = ({ tokens, labels, lengths }: Batch): Batch => ({ tokens, labels, lengths })

/** How much the model leans to each answer of a pair. */
export interface Leaning {
  readonly chosen: number
  readonly rejected: number
}

export class PairFigures {
  #loss = 0
  #chosen = 0
  #rejected = 0
  #right = 0
  #pairs = 0

  add(loss: number, { chosen, rejected }: Leaning): void {
    this.#loss += loss
    this.#chosen += chosen
    this.#rejected += rejected
    this.#right += wonOver(chosen, rejected)
    this.#pairs++
  }

  /** Means over the pairs; `more` is added to the loss. */
  means(
    more = 0
  ): Readonly<
    Record<'loss' | 'rewardChosen' | 'rewardRejected' | 'rewardMargin' | 'rewardAccuracy', number>
  > {
    const mean = (sum: number): number => sum / this.#pairs
    return {
      loss: mean(this.#loss) + more,
      rewardMargin: mean(this.#chosen - this.#rejected),
      rewardAccuracy: mean(this.#right),
      rewardChosen: mean(this.#chosen),
      rewardRejected: mean(this.#rejected)
    }
  }
}
