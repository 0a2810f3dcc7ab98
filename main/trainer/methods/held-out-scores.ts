// How well the held-out texts are scored: the loss by the scores themselves, and the figures of what would be said by
// them. One pass through the model.
import { scoreBatchOf, type ExampleSet } from '../../batches/example-set'
import { packRows } from '../../batches/pack-rows'
import type { Figures } from '../../contract/figures'
import type { ScoredLabels } from '../../contract/scores'
import { scoreFigures } from '../../metrics/scores'
import type { EngineSession } from '../engine-session'

/** null: given up half-way, because `givenUp` said so between two batches. */
export async function heldOutScores(
  session: EngineSession,
  set: ExampleSet,
  score: ScoredLabels,
  maxTokens: number,
  givenUp: () => boolean
): Promise<Figures | null> {
  const count = set.lengths.length
  const width = score.labels.length
  const scores = new Float32Array(count * width)
  for (const examples of packRows(set.lengths.keys(), set.lengths, maxTokens)) {
    if (givenUp()) return null
    const some = await session.logits(scoreBatchOf(set, examples), { adapter: true })
    examples.forEach((example, i) => scores.set(some.subarray(width * i, width * (i + 1)), width * example))
  }
  return scoreFigures(scores, set.targets ?? new Float32Array(), score)
}
