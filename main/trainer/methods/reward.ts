// A reward model (Bradley and Terry 1952; Ouyang et al. 2022): an adapter with a head of one score learns from pairs to give
// the preferred reply more points than the other. Both are read in one micro-batch.
import { packRows } from '../../batches/pack-rows'
import { layPairs, type PairBatch } from '../../batches/pair-batch'
import { rewardLoss } from '../../losses/reward'
import { pointFigures, pointsOf, type Points } from '../../metrics/points'
import type { MethodOf } from './method'
import { sft } from './sft'

export const reward: MethodOf<'reward', PairBatch> = {
  lay: layPairs,

  async update(session, microBatches, options) {
    const began = performance.now()
    const pairs = microBatches.reduce((sum, { examples }) => sum + examples.length, 0)
    const all: Points[] = []
    for (const batch of microBatches) {
      const said = pointsOf(await session.forward(textsOf(batch), { step: options.step }))
      all.push(...said)
      const losses = said.map(({ chosen, rejected }) => rewardLoss(chosen, rejected))
      // preferred ones first, as they were read
      const byText = [...losses.map(({ chosen }) => chosen), ...losses.map(({ rejected }) => rejected)]
      await session.backward(Float32Array.from(byText, (one) => one / pairs))
    }
    const figures = pointFigures(all)
    const { gradNorm, tokens, skipped } = await session.update(figures.loss, options)
    const seconds = (performance.now() - began) / 1000
    // what is learnt of a text is one number
    return { figures: { ...figures, gradNorm }, tokens, learntTokens: 2 * pairs, seconds, skipped }
  },

  async evaluate(session, heldOut, { job: { open }, givenUp }) {
    const all: Points[] = []
    for (const examples of packRows(heldOut.lengths.keys(), heldOut.lengths, open.maxTokensPerMicroBatch)) {
      if (givenUp()) return null
      const texts = textsOf(layPairs(heldOut, examples))
      all.push(...pointsOf(await session.logits(texts, { adapter: true })))
    }
    return pointFigures(all)
  },

  save: sft.save
}

const textsOf = ({ tokens, lengths }: PairBatch): Pick<PairBatch, 'tokens' | 'lengths'> => ({
  tokens,
  lengths
})
