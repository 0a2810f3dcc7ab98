// Several tasks at once: one adapter learns to say answers, and by a head beside the language head to sort texts. Each
// update reads the examples of both that it was given; its loss is the mean over the learnt tokens, and the mean over the
// sorted texts times their weight.
import { join } from 'node:path'
import type { Batch } from '../../../addon/index'
import { batchOf, type ExampleSet } from '../../batches/example-set'
import { NeiroError } from '../../contract/errors'
import { runFiles } from '../../contract/run-files'
import { sideHead, type ScoredLabels } from '../../contract/scores'
import type { Job } from '../../contract/trainer-protocol'
import { labelLoss } from '../../losses/task-heads'
import { scoreFigures } from '../../metrics/scores'
import { heldOutLoss } from './held-out-loss'
import { scoresOf } from './held-out-scores'
import type { MethodOf } from './method'
import { sft } from './sft'

/** The examples that say something; beside them those that are sorted, with the number of each one's label. */
interface TaskBatch extends Batch {
  readonly sorted: (Batch & { readonly right: readonly number[] }) | null
}

export const multiTask: MethodOf<'multi-task', TaskBatch> = {
  lay(set, examples) {
    const said = examples.filter((example) => !isSorted(set, example))
    const sorted = examples.filter((example) => isSorted(set, example))
    const right = sorted.map((example) => set.targets?.[example] ?? NaN)
    return { ...batchOf(set, said), sorted: sorted.length > 0 ? { ...batchOf(set, sorted), right } : null }
  },

  async update(session, microBatches, options, { job }) {
    const { labelWeight } = job.settings
    const began = performance.now()
    const learntTokens = microBatches.reduce((sum, { labels }) => sum + learntIn(labels), 0)
    const texts = microBatches.reduce((sum, { sorted }) => sum + (sorted?.right.length ?? 0), 0)
    let loss = 0
    for (const { sorted, ...said } of microBatches) {
      if (said.tokens.length > 0) {
        const logs = await session.forward(said, { step: options.step })
        // unlearnt tokens cost nothing, and say 0
        loss -= logs.reduce((sum, log) => sum + log, 0) / learntTokens
        await session.backward(
          Float32Array.from(said.labels, (label) => (label >= 0 ? -1 / learntTokens : 0))
        )
      }
      if (sorted) {
        const { right, ...batch } = sorted
        const scores = await session.forward(batch, { step: options.step, head: sideHead })
        const share = (labelWeight * right.length) / texts
        const found = labelLoss(scores, scores.length / right.length, right)
        loss += share * found.loss
        await session.backward(found.gradient.map((one) => share * one))
      }
    }
    const { gradNorm, tokens, skipped } = await session.update(loss, options)
    const seconds = (performance.now() - began) / 1000
    return { figures: { loss, gradNorm }, tokens, learntTokens, seconds, skipped }
  },

  async evaluate(session, heldOut, { job, givenUp }) {
    const most = job.open.maxTokensPerMicroBatch
    const places = [...heldOut.lengths.keys()]
    const said = partOf(
      heldOut,
      places.filter((place) => !isSorted(heldOut, place))
    )
    const sorted = partOf(
      heldOut,
      places.filter((place) => isSorted(heldOut, place))
    )
    const words = said.lengths.length > 0 ? await heldOutLoss(session, said, most, givenUp) : 0
    if (words === null) return null
    if (sorted.lengths.length === 0) return { loss: words }
    const score = sortsOf(job)
    const scores = await scoresOf(sorted, score.labels.length, most, givenUp, (examples) => {
      const { tokens, lengths } = batchOf(sorted, examples)
      return session.headScores({ tokens, lengths }, { head: sideHead })
    })
    if (scores === null) return null
    const { loss, ...figures } = scoreFigures(scores, sorted.targets ?? new Float32Array(), score)
    return { ...figures, loss: words + job.settings.labelWeight * (loss ?? 0) }
  },

  async save(session, dir, job) {
    await sft.save(session, dir, job)
    await session.saveHeads(join(dir, runFiles.heads))
  }
}

/** What an example that says something has in place of the number of a label. */
const noLabel = -1
const isSorted = ({ targets }: ExampleSet, example: number): boolean =>
  (targets?.[example] ?? noLabel) !== noLabel

const learntIn = (labels: Int32Array): number => labels.reduce((sum, label) => sum + (label >= 0 ? 1 : 0), 0)

function sortsOf({ beside }: Pick<Job, 'beside'>): ScoredLabels {
  if (beside) return beside
  throw new NeiroError('INTERNAL', { reason: 'job.json names no labels' })
}

const partOf = (set: ExampleSet, places: readonly number[]): ExampleSet => ({
  lengths: places.map((place) => set.lengths[place] as number),
  targets: Float32Array.from(places, (place) => set.targets?.[place] ?? noLabel),
  example: (at) => set.example(places[at] as number)
})
