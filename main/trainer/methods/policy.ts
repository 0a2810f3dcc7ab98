// Learning from one's own answers (GRPO, Shao et al. 2024, with DAPO's and Dr. GRPO's sums; RLOO, Ahmadian et al. 2024): each
// question is answered several times, rules think something of the answers, and those that did better than the others to
// the same question become likelier. Every answer is learnt from once, by the model that gave it.
import { packRows } from '../../batches/pack-rows'
import type { Settings } from '../../contract/settings'
import { groupAdvantages, leaveOneOut } from '../../losses/advantages'
import { policyLoss, sequenceLoss, type AnswerLoss, type UpdateSize } from '../../losses/policy'
import type { EngineSession } from '../engine-session'
import type { Warning } from '../warnings'
import type { MethodOf } from './method'
import {
  batchOfAnswers,
  layQuestions,
  ofAnswers,
  ownAnswers,
  questionOf,
  type OwnAnswer,
  type QuestionBatch
} from './own-answers'
import { sft } from './sft'

/** An answer with what is known of it before it is learnt from. */
interface Known extends OwnAnswer {
  /** of its tokens, by the reference */
  readonly reference: Float32Array
  /** the same by the model itself, without dropout; only where the way asks for it */
  readonly own: Float32Array | null
}

/** How a method makes losses of answers. */
interface Way {
  /** the model's own numbers are needed before anything is learnt */
  readonly asksItself: boolean
  readonly advantages: (answers: readonly Known[], settings: Settings) => readonly number[]
  readonly loss: (
    logs: Float32Array,
    answer: Known,
    advantage: number,
    size: UpdateSize,
    settings: Settings
  ) => AnswerLoss
}

type Policy = 'grpo' | 'rloo'

function policyMethod(way: Way): MethodOf<Policy, QuestionBatch> {
  return {
    lay: layQuestions,

    async update(session, microBatches, options, surroundings) {
      const began = performance.now()
      const { job } = surroundings
      const { settings } = job
      // all before anything is learnt: given up in the middle of it, nothing has changed
      const said: OwnAnswer[] = []
      for (const { questions } of microBatches) {
        const some = await ownAnswers(
          session,
          questions,
          settings.answersPerQuestion,
          options.step,
          surroundings
        )
        if (some === null) return null
        said.push(...some)
      }
      const known: Known[] = []
      for (const some of lots(said, job.open.maxTokensPerMicroBatch))
        known.push(...(await knownOf(session, some, way.asksItself)))
      const size = { answers: known.length, tokens: tokensIn(known) }
      const advantages = way.advantages(known, settings)
      const apart = new Divergence()
      let [loss, first] = [0, 0]
      for (const some of lots(known, job.open.maxTokensPerMicroBatch)) {
        const batch = batchOfAnswers(some)
        const logs = ofAnswers(some, await session.forward(batch, { step: options.step }))
        const gradient = new Float32Array(batch.tokens.length)
        let at = 0
        some.forEach((answer, i) => {
          const own = logs[i] as Float32Array
          const one = way.loss(own, answer, advantages[first + i] as number, size, settings)
          loss += one.loss
          apart.add(own, answer.reference)
          gradient.set(one.gradient, at + answer.question.prompt.length)
          at += answer.question.prompt.length + answer.tokens.length
        })
        first += some.length
        await session.backward(gradient)
      }
      const { gradNorm, tokens, skipped } = await session.update(loss, options)
      const figures = {
        ...figuresOf(known),
        divergence: apart.mean,
        rewardSpread: spreadOf(known, settings.answersPerQuestion),
        policyLoss: loss,
        gradNorm
      }
      const seconds = (performance.now() - began) / 1000
      return { figures, tokens, learntTokens: size.tokens, seconds, skipped, ...endOf(apart.mean, settings) }
    },

    async evaluate(session, heldOut, surroundings) {
      const { open } = surroundings.job
      const questions = heldOut.lengths.map((_, example) => questionOf(heldOut, example))
      const said = await ownAnswers(session, questions, 1, 0, surroundings)
      if (said === null) return null
      const apart = new Divergence()
      for (const some of lots(said, open.maxTokensPerMicroBatch)) {
        if (surroundings.givenUp()) return null
        for (const { own, reference } of await knownOf(session, some, true))
          apart.add(own ?? new Float32Array(), reference)
      }
      return { ...figuresOf(said), divergence: apart.mean }
    },

    save: sft.save
  }
}

export const grpo: MethodOf<'grpo', QuestionBatch> = policyMethod({
  asksItself: false,
  advantages: (answers, { answersPerQuestion, rewardScale }) =>
    groupAdvantages(
      answers.map(({ reward }) => reward),
      answersPerQuestion,
      rewardScale
    ),
  loss: (logs, { reference }, advantage, size, settings) =>
    policyLoss({ logs, old: logs, reference, advantage }, size, {
      loss: settings.policyLoss,
      // an answer that is learnt from once, by who gave it, is never far enough to be clipped
      ...{ clipLow: 0.2, clipHigh: 0.2, ratioOf: 'token', correctedDivergence: true },
      beta: settings.divergencePrice,
      mostTokens: settings.answerTokens
    })
})

export const rloo: MethodOf<'rloo', QuestionBatch> = policyMethod({
  // the divergence is a part of the reward
  asksItself: true,
  advantages: (answers, { answersPerQuestion, divergencePrice }) =>
    leaveOneOut(
      answers.map(
        ({ reward, own, reference }) => reward - divergencePrice * sum(own) + divergencePrice * sum(reference)
      ),
      answersPerQuestion,
      false
    ),
  loss: (logs, _, advantage, { answers }) =>
    sequenceLoss({ logs, old: sum(logs), advantage }, answers, { clipLow: 0.2, clipHigh: 0.2 })
})

/** As many as are read at once, in their order. */
function lots<T extends OwnAnswer>(answers: readonly T[], most: number): readonly (readonly T[])[] {
  const lengths = answers.map(({ question, tokens }) => question.prompt.length + tokens.length)
  return packRows(answers.keys(), lengths, most).map((some) => some.map((at) => answers[at] as T))
}

async function knownOf(
  session: EngineSession,
  answers: readonly OwnAnswer[],
  asksItself: boolean
): Promise<readonly Known[]> {
  const batch = batchOfAnswers(answers)
  const said = async (adapter: boolean): Promise<readonly Float32Array[]> =>
    ofAnswers(answers, await session.logProbabilities(batch, { adapter }))
  const reference = await said(false)
  const own = asksItself ? await said(true) : null
  return answers.map((answer, i) => ({
    ...answer,
    reference: reference[i] as Float32Array,
    own: own?.[i] ?? null
  }))
}

/** Mean over all tokens of the estimate of how far they are from the reference. */
class Divergence {
  #sum = 0
  #tokens = 0

  add(own: Float32Array, reference: Float32Array): void {
    own.forEach((log, t) => {
      const apart = (reference[t] as number) - log
      this.#sum += Math.expm1(apart) - apart
      this.#tokens++
    })
  }

  get mean(): number {
    return this.#tokens > 0 ? this.#sum / this.#tokens : 0
  }
}

function figuresOf(answers: readonly OwnAnswer[]): {
  readonly reward: number
  readonly answerTokens: number
} {
  const reward = answers.reduce((all, answer) => all + answer.reward, 0) / answers.length
  return { reward, answerTokens: tokensIn(answers) / answers.length }
}

/** How far the answers to one question lie apart, on the mean: where all are alike, nothing is learnt. */
function spreadOf(answers: readonly OwnAnswer[], group: number): number {
  const groups = answers.length / group
  let total = 0
  for (let g = 0; g < groups; g++) {
    const own = answers.slice(g * group, (g + 1) * group).map(({ reward }) => reward)
    const mean = own.reduce((all, one) => all + one, 0) / group
    total += Math.sqrt(own.reduce((all, one) => all + (one - mean) ** 2, 0) / (group - 1))
  }
  return total / groups
}

/** Far from what it was, a model often pleases the rules and nobody else. */
function endOf(divergence: number, { divergenceLimit: limit }: Settings): { readonly end?: Warning } {
  if (limit === 0 || divergence <= limit) return {}
  const end: Warning = {
    code: 'TOO_FAR',
    details: { divergence: divergence.toFixed(3), limit: String(limit) }
  }
  return { end }
}

const tokensIn = (answers: readonly OwnAnswer[]): number =>
  answers.reduce((all, { tokens }) => all + tokens.length, 0)

const sum = (logs: Float32Array | null): number => logs?.reduce((all, log) => all + log, 0) ?? 0
