// What is learnt from, counted: pairs of a question and an answer, rows that are sorted, or parts of documents. Pure.
import { keepChoices, type KeepChoice } from '../../main/contract/check-up'
import { headOf, type GoalKey } from '../../main/contract/goals'
import type { Language } from '../../main/contract/language'
import { windowWords } from '../../main/words/window'

export type Counted = (n: string) => string

export function countedFor(goal: GoalKey, language: Language): Counted {
  const { sorting, documents, common } = windowWords[language]
  if (goal === 'documents') return documents.counted
  return headOf(goal) === 'score' ? sorting.counted : common.pairs
}

/** By what one of several that are alike is chosen to stay: where texts are sorted there are no answers of any length. */
export const keptOf = (goal: GoalKey): readonly KeepChoice[] =>
  keepChoices.filter((choice) => choice !== 'longest' || headOf(goal) === 'language')
