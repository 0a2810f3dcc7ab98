// Supervised fine-tuning: an adapter learns to say the answers of the examples, token by token.
import type { Batch, ScoreBatch } from '../../../addon/index'
import { batchOf } from '../../batches/example-set'
import { virtualTokensOf } from '../../contract/virtual-tokens'
import { heldOutLoss } from './held-out-loss'
import type { MethodOf } from './method'

export const sft: MethodOf<'sft'> = {
  lay: batchOf,

  async update(session, microBatches, options) {
    const { loss, gradNorm, ...work } = await session.step(microBatches as Batch[] | ScoreBatch[], options)
    return { ...work, figures: { loss, gradNorm } }
  },

  async evaluate(session, heldOut, { job, givenUp, alone = false }) {
    const loss = await heldOutLoss(session, heldOut, job.open.maxTokensPerMicroBatch, givenUp, {
      before: virtualTokensOf(job.settings),
      adapter: !alone
    })
    return loss === null ? null : { loss }
  },

  // a name that the hub knows, or the place of the folder: PEFT and --adapter follow both
  save: (session, dir, { baseModelName, open }) =>
    session.saveAdapter({ dir, baseModelName: baseModelName.includes('/') ? baseModelName : open.modelDir })
}
