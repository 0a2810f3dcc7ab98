// Learning from one's own answers (GRPO, Shao et al. 2024, with DAPO's and Dr. GRPO's sums; RLOO, Ahmadian et al. 2024): each
// question is answered several times, rules think something of the answers, and those that did better than the others to
// the same question become likelier. Every answer is learnt from once, by the model that gave it.
import type { Settings } from '../../contract/settings'
import { groupAdvantages, leaveOneOut } from '../../losses/advantages'
import { policyLoss, sequenceLoss, type AnswerLoss, type UpdateSize } from '../../losses/policy'
import {
  Divergence,
  endOf,
  figuresOf,
  knownOf,
  lots,
  measureAnswers,
  spreadOf,
  sumOf,
  tokensIn,
  type Known
} from './known-answers'
import type { MethodOf } from './method'
import { answersOfUpdate, batchOfAnswers, layQuestions, ofAnswers, type QuestionBatch } from './own-answers'
import { sft } from './sft'

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
      const said = await answersOfUpdate(session, microBatches, options.step, surroundings)
      if (said === null) return null
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

    evaluate: measureAnswers,

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
        ({ reward, own, reference }) =>
          reward - divergencePrice * sumOf(own) + divergencePrice * sumOf(reference)
      ),
      answersPerQuestion,
      false
    ),
  loss: (logs, _, advantage, { answers }) =>
    sequenceLoss({ logs, old: sumOf(logs), advantage }, answers, { clipLow: 0.2, clipHigh: 0.2 })
})
