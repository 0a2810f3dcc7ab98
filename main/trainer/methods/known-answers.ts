// What is known of answers that a model gave itself before it learns from them, and what is measured of them: for every method that
// learns so.
import { packRows } from '../../batches/pack-rows'
import { questionOf } from '../../batches/question'
import type { ExampleSet } from '../../batches/example-set'
import type { Settings } from '../../contract/settings'
import type { EngineSession } from '../engine-session'
import type { Warning } from '../warnings'
import type { Surroundings } from './method'
import { batchOfAnswers, ofAnswers, ownAnswers, type OwnAnswer } from './own-answers'

/** An answer with what is known of it before it is learnt from. */
export interface Known extends OwnAnswer {
  /** of its tokens, by the reference */
  readonly reference: Float32Array
  /** the same by the model itself, without dropout; only where the way asks for it */
  readonly own: Float32Array | null
}

/** Figures of the answers to what is held out, one to each question; null: given up. */
export async function measureAnswers(
  session: EngineSession,
  heldOut: ExampleSet,
  surroundings: Surroundings
): Promise<{ readonly reward: number; readonly answerTokens: number; readonly divergence: number } | null> {
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
}

/** As many as are read at once, in their order. */
export function lots<T extends OwnAnswer>(answers: readonly T[], most: number): readonly (readonly T[])[] {
  const lengths = answers.map(({ question, tokens }) => question.prompt.length + tokens.length)
  return packRows(answers.keys(), lengths, most).map((some) => some.map((at) => answers[at] as T))
}

export async function knownOf(
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
export class Divergence {
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

export function figuresOf(answers: readonly OwnAnswer[]): {
  readonly reward: number
  readonly answerTokens: number
} {
  const reward = answers.reduce((all, answer) => all + answer.reward, 0) / answers.length
  return { reward, answerTokens: tokensIn(answers) / answers.length }
}

/** How far the answers to one question lie apart, on the mean: where all are alike, nothing is learnt. */
export function spreadOf(answers: readonly OwnAnswer[], group: number): number {
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
export function endOf(divergence: number, { divergenceLimit: limit }: Settings): { readonly end?: Warning } {
  if (limit === 0 || divergence <= limit) return {}
  const end: Warning = {
    code: 'TOO_FAR',
    details: { divergence: divergence.toFixed(3), limit: String(limit) }
  }
  return { end }
}

export const tokensIn = (answers: readonly OwnAnswer[]): number =>
  answers.reduce((all, { tokens }) => all + tokens.length, 0)

export const sumOf = (logs: Float32Array | null): number => logs?.reduce((all, log) => all + log, 0) ?? 0
