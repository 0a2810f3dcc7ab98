// Supervised fine-tuning: an adapter learns to say the answers of the examples, token by token.
import { batchOf } from '../../batches/example-set'
import { heldOutLoss } from './held-out-loss'
import type { MethodOf } from './method'

export const sft: MethodOf<'sft'> = {
  lay: batchOf,

  async update(session, microBatches, options) {
    const { loss, gradNorm, ...work } = await session.step(microBatches, options)
    return { ...work, figures: { loss, gradNorm } }
  },

  async evaluate(session, heldOut, maxTokens, givenUp) {
    const loss = await heldOutLoss(session, heldOut, maxTokens, givenUp)
    return loss === null ? null : { loss }
  },

  save: (session, dir, { baseModelName }) => session.saveAdapter({ dir, baseModelName })
}
