// Texts are sorted: an adapter with a head, or every weight, learns to score each label of a text.
import { scoreBatchOf, type ExampleSet } from '../../batches/example-set'
import { NeiroError } from '../../contract/errors'
import type { ScoreJob } from '../../contract/scores'
import type { Job } from '../../contract/trainer-protocol'
import { completeModel } from '../../files/model-folder'
import { scorerOf } from '../../files/scorer-config'
import { heldOutScores } from './held-out-scores'
import type { MethodOf } from './method'
import { sft } from './sft'

function scoreOf({ score }: Pick<Job, 'score'>): ScoreJob {
  if (score) return score
  throw new NeiroError('INTERNAL', { reason: 'job.json names no labels' })
}

/** What an example counts: as much as its label says. */
function weightsOf(targets: Float32Array, { weights }: ScoreJob): { readonly weights?: Float32Array } {
  return weights ? { weights: Float32Array.from(targets, (label) => weights[label] ?? 1) } : {}
}

export const classification: MethodOf<'classification'> = {
  lay(set: ExampleSet, examples, job) {
    const batch = scoreBatchOf(set, examples)
    return { ...batch, ...weightsOf(batch.targets, scoreOf(job)) }
  },

  update: sft.update,

  evaluate: (session, heldOut, { job, givenUp }) =>
    heldOutScores(session, heldOut, scoreOf(job), job.open.maxTokensPerMicroBatch, givenUp),

  save: sft.save
}

export const classificationFull: MethodOf<'classification-full'> = {
  ...classification,

  async save(session, dir, job) {
    await session.saveMerged({ dir, dtype: 'F32' })
    await completeModel(job.filesDir ?? job.open.modelDir, dir, 'F32', scorerOf(scoreOf(job)))
  }
}
