// Proximal policy optimisation (Schulman et al. 2017; of answers, Ziegler et al. 2019): questions are answered, marks come at the
// end of each answer, every token pays for its divergence, and a head beside the language head says what is still to come.
// Each lot of answers is learnt from several times, held by the clipping to what the model was when it gave them.
import type { Batch } from '../../../addon/index'
import { valuesHead } from '../../contract/scores'
import { creditOf, surrogateLoss, valueLoss, whitened, type PpoOptions } from '../../losses/ppo'
import type { EngineSession } from '../engine-session'
import {
  Divergence,
  endOf,
  figuresOf,
  knownOf,
  lots,
  measureAnswers,
  spreadOf,
  tokensIn,
  type Known
} from './known-answers'
import type { MethodOf } from './method'
import {
  answersOfUpdate,
  batchOfAnswers,
  layQuestions,
  ofAnswers,
  type OwnAnswer,
  type QuestionBatch
} from './own-answers'
import { sft } from './sft'

/** An answer with what the value head said of it before it was learnt from. */
interface Valued extends Known {
  readonly old: Float32Array
  readonly oldValues: Float32Array
  readonly advantages: Float64Array
  readonly returns: Float64Array
}

export const ppo: MethodOf<'ppo', QuestionBatch> = {
  lay: layQuestions,

  async update(session, microBatches, options, surroundings) {
    const began = performance.now()
    const { job } = surroundings
    const { settings } = job
    const said = await answersOfUpdate(session, microBatches, options.step, surroundings)
    if (said === null) return null
    const clipping: PpoOptions = {
      divergencePrice: settings.divergencePrice,
      gamma: settings.rewardDiscount,
      lambda: settings.gaeLambda,
      clip: settings.clipRange,
      valueClip: settings.valueClipRange,
      valueCoefficient: settings.valueCoefficient
    }
    const most = job.open.maxTokensPerMicroBatch
    const answers = await valued(session, said, most, clipping)
    const tokens = tokensIn(answers)
    const apart = new Divergence()
    for (const { old, reference } of answers) apart.add(old, reference)
    const losses = { policy: 0, value: 0, clipped: 0 }
    let [read, gradNorm, done] = [0, 0, 0]
    for (let time = 0; time < settings.policyPasses && time === done; time++) {
      // each pass is an update of its own to the optimizer, and to what dropout hides
      const step = (options.step - 1) * settings.policyPasses + time + 1
      Object.assign(losses, { policy: 0, value: 0, clipped: 0 })
      for (const some of lots(answers, most)) {
        const batch = batchOfAnswers(some)
        const values = valuesOf(some, await session.forward(batch, { step, head: valuesHead.name }))
        const byValues = some.map((answer, i) => {
          const { loss, slopes } = valueLoss(values[i] as Float32Array, answer, tokens, clipping)
          losses.value += loss
          return slopes
        })
        await session.backward(laidOut(batch, some, byValues, 1))
        const logs = ofAnswers(some, await session.forward(batch, { step }))
        const byLogs = some.map((answer, i) => {
          const { loss, slopes, clipped } = surrogateLoss(logs[i] as Float32Array, answer, tokens, clipping)
          losses.policy += loss
          losses.clipped += clipped / tokens
          return slopes
        })
        await session.backward(laidOut(batch, some, byLogs, 0))
      }
      const loss = losses.policy + clipping.valueCoefficient * losses.value
      const passed = await session.update(loss, { ...options, step })
      ;[gradNorm, read] = [passed.gradNorm, read + passed.tokens]
      // one that cannot be made ends the passes, and leaves what the earlier ones taught
      if (!passed.skipped) done++
    }
    const figures = {
      ...figuresOf(answers),
      divergence: apart.mean,
      rewardSpread: spreadOf(answers, settings.answersPerQuestion),
      ...{ policyLoss: losses.policy, valueLoss: losses.value, clippedShare: losses.clipped, gradNorm }
    }
    const seconds = (performance.now() - began) / 1000
    return {
      figures,
      tokens: read,
      learntTokens: tokens,
      seconds,
      skipped: done === 0,
      ...endOf(apart.mean, settings)
    }
  },

  evaluate: measureAnswers,

  save: sft.save
}

/** What the answers earned, by what the model and its value head said of them when they were given. */
async function valued(
  session: EngineSession,
  said: readonly OwnAnswer[],
  most: number,
  options: PpoOptions
): Promise<readonly Valued[]> {
  const all: Omit<Valued, 'advantages'>[] = []
  for (const some of lots(said, most)) {
    const known = await knownOf(session, some, true)
    const { tokens, lengths } = batchOfAnswers(some)
    const values = valuesOf(some, await session.headScores({ tokens, lengths }, { head: valuesHead.name }))
    known.forEach((answer, i) => {
      const [old, oldValues] = [answer.own ?? new Float32Array(), values[i] as Float32Array]
      all.push({ ...answer, old, oldValues, returns: new Float64Array() })
    })
  }
  const credits = all.map(({ old, reference, oldValues, reward }) =>
    creditOf({ old, reference, values: oldValues, score: reward }, options)
  )
  const advantages = whitened(credits.map((credit) => credit.advantages))
  return all.map((answer, i) => ({
    ...answer,
    advantages: advantages[i] as Float64Array,
    returns: credits[i]?.returns ?? new Float64Array()
  }))
}

/** Of each answer what the head says is still to come before each of its tokens: it is said at the token before. */
const valuesOf = (answers: readonly OwnAnswer[], said: Float32Array): readonly Float32Array[] =>
  ofAnswers(answers, shifted(said, 1))

/** Numbers of the answers' tokens as those of the whole batch, so many places earlier; 0 elsewhere. */
function laidOut(
  { tokens }: Batch,
  answers: readonly OwnAnswer[],
  numbers: readonly Float64Array[],
  earlier: 0 | 1
): Float32Array {
  const all = new Float32Array(tokens.length)
  let at = 0
  answers.forEach(({ question, tokens: own }, i) => {
    all.set(numbers[i] as Float64Array, at + question.prompt.length - earlier)
    at += question.prompt.length + own.length
  })
  return all
}

function shifted(numbers: Float32Array, by: number): Float32Array {
  const later = new Float32Array(numbers.length)
  later.set(numbers.subarray(0, numbers.length - by), by)
  return later
}
