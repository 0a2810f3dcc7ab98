// Learning from pairs of answers, whatever the loss: DPO and its kin against the model without its adapter; ORPO, CPO and
// SimPO without a reference. A micro-batch is read once, its loss made of the log-probabilities, and the gradient sent
// back through what was read.
import { packRows } from '../../batches/pack-rows'
import { layPairs, type PairBatch } from '../../batches/pair-batch'
import type { Settings } from '../../contract/settings'
import {
  oddsLoss,
  plainLoss,
  referenceLoss,
  type PairLogs,
  type PairLoss,
  type ReferenceLogs
} from '../../losses/preference'
import { spreadRows } from '../../losses/sequence-logs'
import type { EngineSession } from '../engine-session'
import { PairFigures, pairLogs, plain, referenceOf, type Leaning } from './answer-pairs'
import type { MethodOf } from './method'
import { sft } from './sft'

/** What a method of pairs says of one pair. */
interface Judgement {
  readonly usesReference: boolean
  readonly loss: (pair: PairLogs, reference: ReferenceLogs, settings: Settings) => PairLoss
  readonly leaning: (pair: PairLogs, reference: ReferenceLogs, settings: Settings) => Leaning
  /** of the mean -log p of the preferred answers' tokens */
  readonly likelihood: (settings: Settings) => number
}

type Paired = 'dpo' | 'orpo' | 'cpo'

function pairedMethod({ usesReference, loss, leaning, likelihood }: Judgement): MethodOf<Paired, PairBatch> {
  const reference = async (
    session: EngineSession,
    batch: Pick<PairBatch, 'set' | 'examples'>
  ): Promise<readonly ReferenceLogs[]> =>
    usesReference ? referenceOf(session, batch) : batch.examples.map(() => ({ chosen: 0, rejected: 0 }))
  return {
    lay: layPairs,

    async update(session, microBatches, options, { job: { settings } }) {
      const began = performance.now()
      const pairs = microBatches.reduce((sum, { examples }) => sum + examples.length, 0)
      const chosenTokens = microBatches.reduce((sum, batch) => sum + chosenIn(batch), 0)
      const weight = likelihood(settings)
      const figures = new PairFigures()
      let nll = 0
      for (const batch of microBatches) {
        const known = await reference(session, batch)
        const logs = pairLogs(batch, await session.forward(plain(batch), { step: options.step }))
        const losses = logs.map((pair, i) => loss(pair, known[i] as ReferenceLogs, settings))
        logs.forEach((pair, i) => {
          nll -= pair.chosen / chosenTokens
          figures.add((losses[i] as PairLoss).loss, leaning(pair, known[i] as ReferenceLogs, settings))
        })
        const byRow = [
          ...losses.map(({ chosen }) => chosen / pairs - weight / chosenTokens),
          ...losses.map(({ rejected }) => rejected / pairs)
        ]
        await session.backward(spreadRows(batch, byRow))
      }
      const means = figures.means(weight * nll)
      const { gradNorm, tokens, skipped } = await session.update(means.loss, options)
      return {
        figures: { ...means, gradNorm },
        tokens,
        learntTokens: microBatches.reduce((sum, { labels }) => sum + learntIn(labels), 0),
        seconds: (performance.now() - began) / 1000,
        skipped
      }
    },

    async evaluate(session, heldOut, { job: { open, settings }, givenUp }) {
      const figures = new PairFigures()
      let [nll, chosenTokens] = [0, 0]
      for (const examples of packRows(heldOut.lengths.keys(), heldOut.lengths, open.maxTokensPerMicroBatch)) {
        if (givenUp()) return null
        const batch = layPairs(heldOut, examples)
        const known = await reference(session, batch)
        const logs = pairLogs(batch, await session.logProbabilities(plain(batch), { adapter: true }))
        logs.forEach((pair, i) => {
          const given = known[i] as ReferenceLogs
          figures.add(loss(pair, given, settings).loss, leaning(pair, given, settings))
          nll -= pair.chosen
          chosenTokens += pair.chosenTokens
        })
      }
      return figures.means((likelihood(settings) * nll) / chosenTokens)
    },

    save: sft.save
  }
}

export const dpo: MethodOf<'dpo', PairBatch> = pairedMethod({
  usesReference: true,
  loss: (pair, reference, { preferenceLoss, preferenceBeta: beta, labelSmoothing }) =>
    referenceLoss(preferenceLoss, pair, reference, { beta, labelSmoothing }),
  leaning: (pair, reference, { preferenceBeta: beta }) => ({
    chosen: beta * (pair.chosen - reference.chosen),
    rejected: beta * (pair.rejected - reference.rejected)
  }),
  likelihood: ({ likelihoodWeight }) => likelihoodWeight
})

export const orpo: MethodOf<'orpo', PairBatch> = pairedMethod({
  usesReference: false,
  loss: (pair, _, { preferenceBeta }) => oddsLoss(pair, preferenceBeta),
  leaning: (pair, _, { preferenceBeta: beta }) => ({
    chosen: (beta * pair.chosen) / pair.chosenTokens,
    rejected: (beta * pair.rejected) / pair.rejectedTokens
  }),
  likelihood: () => 1
})

export const cpo: MethodOf<'cpo', PairBatch> = pairedMethod({
  usesReference: false,
  loss: (pair, _, { cpoLoss: kind, preferenceBeta: beta, labelSmoothing, simpoGamma: gamma }) =>
    plainLoss(pair, { kind, beta, labelSmoothing, gamma }),
  // by the token where the loss counts so
  leaning: (pair, _, { cpoLoss, preferenceBeta: beta }) => ({
    chosen: (beta * pair.chosen) / (cpoLoss === 'simpo' ? pair.chosenTokens : 1),
    rejected: (beta * pair.rejected) / (cpoLoss === 'simpo' ? pair.rejectedTokens : 1)
  }),
  likelihood: ({ likelihoodWeight }) => likelihoodWeight
})

const learntIn = (labels: Int32Array): number => labels.reduce((sum, label) => sum + Number(label >= 0), 0)

function chosenIn({ labels, lengths, examples }: PairBatch): number {
  const end = lengths.subarray(0, examples.length).reduce((sum, length) => sum + length, 0)
  return learntIn(labels.subarray(0, end))
}
