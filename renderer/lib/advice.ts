// The honest adviser: whether training is the right way, by what was measured on the user's own questions, and before that by what
// the user has answered. Pure.
import type { Advice as Measured, AdviceCode } from '../../main/contract/advice'
import type { GoalAnswers } from '../../main/contract/window/projects'

export type Advice = 'none' | 'facts' | 'prompt' | 'few' | 'good'

export function adviceFor(answers: GoalAnswers): Advice {
  if (answers.newFacts === 'yes') return 'facts'
  if (answers.tried === 'no') return 'prompt'
  if (
    answers.useCase === null ||
    answers.tried === null ||
    answers.newFacts === null ||
    answers.volume === null
  )
    return 'none'
  return answers.volume === 'few' ? 'few' : 'good'
}

/** What is said in the end. Few questions say nothing: then the answers are all that is known. */
export type Joint =
  /** isOnlyAnswers: it was measured, on too few questions to say the same */
  | { readonly from: 'answers'; readonly advice: Advice; readonly isOnlyAnswers: boolean }
  /** wantsFacts: it is advised to train, and facts are wanted that training does not bring */
  | { readonly from: 'measured'; readonly code: AdviceCode; readonly wantsFacts: boolean }

export function jointAdvice(answers: GoalAnswers, measured: Pick<Measured, 'code'> | null): Joint {
  if (!measured || measured.code === 'few')
    return { from: 'answers', advice: adviceFor(answers), isOnlyAnswers: measured !== null }
  const { code } = measured
  const trains = code === 'train' || code === 'tuned'
  return { from: 'measured', code, wantsFacts: trains && answers.newFacts === 'yes' }
}

/** Of all ways that were measured, the least and the most; null: not measured. */
export function costsOf({ result, memory }: Pick<Measured, 'result' | 'memory'>): {
  readonly seconds: readonly [least: number, most: number] | null
  readonly bytes: readonly [least: number, most: number] | null
} {
  const range = (values: readonly (number | null | undefined)[]): readonly [number, number] | null => {
    const known = values.filter((value) => value != null)
    return known.length === 0 ? null : [Math.min(...known), Math.max(...known)]
  }
  return {
    seconds: range(result.candidates.map(({ secondsPerAnswer }) => secondsPerAnswer)),
    bytes: range(result.candidates.map(({ candidate }) => memory?.[candidate.id]))
  }
}
