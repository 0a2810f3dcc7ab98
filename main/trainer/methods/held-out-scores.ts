// How well the held-out texts are scored: the loss by the scores themselves, and the figures of what would be said by
// them. One pass through the model.
import { scoreBatchOf, type ExampleSet } from '../../batches/example-set'
import { packRows } from '../../batches/pack-rows'
import type { Figures } from '../../contract/figures'
import type { ScoredLabels } from '../../contract/scores'
import { scoreFigures } from '../../metrics/scores'
import type { EngineSession } from '../engine-session'

/** Of each text of the set, what `score` says of those of one batch: [texts, width]. null: given up half-way, because
 *  `givenUp` said so between two batches. */
export async function scoresOf(
  { lengths }: Pick<ExampleSet, 'lengths'>,
  width: number,
  maxTokens: number,
  givenUp: () => boolean,
  score: (examples: readonly number[]) => Promise<Float32Array>
): Promise<Float32Array | null> {
  const scores = new Float32Array(lengths.length * width)
  for (const examples of packRows(lengths.keys(), lengths, maxTokens)) {
    if (givenUp()) return null
    const some = await score(examples)
    examples.forEach((example, i) => scores.set(some.subarray(width * i, width * (i + 1)), width * example))
  }
  return scores
}

/** null: given up half-way. */
export async function heldOutScores(
  session: EngineSession,
  set: ExampleSet,
  score: ScoredLabels,
  maxTokens: number,
  givenUp: () => boolean
): Promise<Figures | null> {
  const scores = await scoresOf(set, score.labels.length, maxTokens, givenUp, (examples) =>
    session.logits(scoreBatchOf(set, examples), { adapter: true })
  )
  return scores && scoreFigures(scores, set.targets ?? new Float32Array(), score)
}
