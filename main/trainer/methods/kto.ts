// KTO: single answers that are liked or not. How far answers in general have moved is told from the answers of the same
// batch, each put behind the question of its neighbour.
import type { Batch } from '../../../addon/index'
import { batchOf, disliked, liked, type ExampleSet } from '../../batches/example-set'
import { packRows } from '../../batches/pack-rows'
import type { Settings } from '../../contract/settings'
import { divergence, ktoLoss, type RatedLogs } from '../../losses/kto'
import { rowLogs, spreadRows } from '../../losses/sequence-logs'
import { wonOver } from '../../metrics/wins'
import type { EngineSession } from '../engine-session'
import { plain } from './answer-pairs'
import type { MethodOf } from './method'
import { sft } from './sft'

interface RatedBatch extends Batch {
  /** of each row */
  readonly liked: readonly boolean[]
}

export const kto: MethodOf<'kto', RatedBatch> = {
  lay: layRated,

  async update(session, microBatches, options, { job: { settings } }) {
    const began = performance.now()
    const answers = microBatches.reduce((sum, { lengths }) => sum + lengths.length, 0)
    const figures = new RatedFigures(settings.preferenceBeta)
    for (const batch of microBatches) {
      const [reference, kl] = await knownOf(session, batch)
      const logs = await session.forward(plain(batch), { step: options.step })
      const rated = ratedOf(batch, logs, reference)
      const losses = rated.map((one) => ktoLoss(one, kl, weightsOf(settings)))
      losses.forEach(({ loss }, i) => figures.add(loss, rated[i] as RatedLogs, kl))
      await session.backward(
        spreadRows(
          batch,
          losses.map(({ policy }) => policy / answers)
        )
      )
    }
    const means = figures.means()
    const { gradNorm, tokens, skipped } = await session.update(means.loss, options)
    const learntTokens = microBatches.reduce(
      (sum, { labels }) => sum + labels.filter((label) => label >= 0).length,
      0
    )
    const seconds = (performance.now() - began) / 1000
    return { figures: { ...means, gradNorm }, tokens, learntTokens, seconds, skipped }
  },

  async evaluate(session, heldOut: ExampleSet, { job: { open, settings }, givenUp }) {
    const figures = new RatedFigures(settings.preferenceBeta)
    for (const examples of neighbourhoods(heldOut, settings, open.maxTokensPerMicroBatch)) {
      if (givenUp()) return null
      const batch = layRated(heldOut, examples)
      const [reference, kl] = await knownOf(session, batch)
      const logs = await session.logProbabilities(plain(batch), { adapter: true })
      for (const one of ratedOf(batch, logs, reference))
        figures.add(ktoLoss(one, kl, weightsOf(settings)).loss, one, kl)
    }
    return figures.means()
  },

  save: sft.save
}

/** As many neighbours as an update has: how far answers have moved is told alike, whatever room there is for more at once. */
function neighbourhoods(
  { lengths }: ExampleSet,
  { batchSize }: Pick<Settings, 'batchSize'>,
  most: number
): readonly (readonly number[])[] {
  const begins = lengths.map((_, at) => at).filter((at) => at % batchSize === 0)
  return begins.flatMap((begin) =>
    packRows(
      lengths.slice(begin, begin + batchSize).map((_, at) => begin + at),
      lengths,
      most
    )
  )
}

function layRated(set: ExampleSet, examples: readonly number[]): RatedBatch {
  const { tokens, labels, lengths } = batchOf(set, examples)
  const firsts = startsOf(lengths)
  const isMark = (label: number): boolean => label === liked || label === disliked
  return {
    tokens,
    lengths,
    liked: firsts.map((at) => labels[at] === liked),
    labels: labels.map((label) => (isMark(label) ? -100 : label))
  }
}

const weightsOf = ({ preferenceBeta: beta, likedWeight, dislikedWeight }: Settings) => ({
  beta,
  likedWeight,
  dislikedWeight
})

/** What the model says of each answer without its adapter, and how far answers in general have moved. */
async function knownOf(session: EngineSession, batch: RatedBatch): Promise<[readonly number[], number]> {
  const sums = async (of: Batch, adapter: boolean): Promise<number[]> =>
    rowLogs(of, await session.logProbabilities(plain(of), { adapter })).map(({ sum }) => sum)
  const reference = await sums(batch, false)
  // an answer alone has no neighbour
  if (batch.lengths.length < 2) return [reference, 0]
  const others = mismatched(batch)
  const [policy, still] = [await sums(others, true), await sums(others, false)]
  return [reference, divergence(policy.map((sum, i) => ({ policy: sum, reference: still[i] as number })))]
}

/** Each question with the answer of the one before, the first with the last's, as TRL turns them: as many tokens as before. */
export function mismatched({ tokens, labels, lengths }: Batch): Batch {
  const starts = startsOf(lengths)
  const parts = starts.map((start, row) => {
    const end = start + (lengths[row] as number)
    const first = labels.subarray(start, end).findIndex((label) => label >= 0)
    return { start, answer: start + first, end }
  })
  const rows = parts.map(({ start, answer }, row) => {
    const other = parts.at(row - 1) as (typeof parts)[number]
    const cut = (values: Int32Array): number[] => [
      ...values.subarray(start, answer),
      ...values.subarray(other.answer, other.end)
    ]
    return { tokens: cut(tokens), labels: cut(labels) }
  })
  return {
    tokens: Int32Array.from(rows.flatMap((row) => row.tokens)),
    labels: Int32Array.from(rows.flatMap((row) => row.labels)),
    lengths: Int32Array.from(rows, (row) => row.tokens.length)
  }
}

function ratedOf(batch: RatedBatch, logs: ArrayLike<number>, reference: readonly number[]): RatedLogs[] {
  return rowLogs(batch, logs).map(({ sum }, i) => ({
    policy: sum,
    reference: reference[i] as number,
    liked: batch.liked[i] as boolean
  }))
}

function startsOf(lengths: Int32Array): number[] {
  let at = 0
  return Array.from(lengths, (length) => (at += length) - length)
}

class RatedFigures {
  #loss = 0
  #right = 0
  #sums = { liked: { count: 0, reward: 0 }, disliked: { count: 0, reward: 0 } }

  constructor(private readonly beta: number) {}

  add(loss: number, { policy, reference, liked: good }: RatedLogs, kl: number): void {
    const reward = this.beta * (policy - reference)
    const side = this.#sums[good ? 'liked' : 'disliked']
    side.count++
    side.reward += reward
    this.#loss += loss
    const moved = wonOver(reward, this.beta * kl)
    this.#right += good ? moved : 1 - moved
  }

  /** A side of which there was no answer counts as not moved. */
  means(): Readonly<
    Record<'loss' | 'rewardChosen' | 'rewardRejected' | 'rewardMargin' | 'rewardAccuracy', number>
  > {
    const mean = ({ count, reward }: { count: number; reward: number }): number =>
      count === 0 ? 0 : reward / count
    const [chosen, rejected] = [mean(this.#sums.liked), mean(this.#sums.disliked)]
    const all = this.#sums.liked.count + this.#sums.disliked.count
    return {
      loss: this.#loss / all,
      rewardMargin: chosen - rejected,
      rewardAccuracy: this.#right / all,
      rewardChosen: chosen,
      rewardRejected: rejected
    }
  }
}
