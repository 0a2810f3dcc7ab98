// What is learnt from, counted: pairs of a question and an answer, rows that are sorted, or parts of documents. Pure.
import { headOf, type GoalKey } from '../../main/contract/goals'
import type { Language } from '../../main/contract/language'
import { windowWords } from '../../main/words/window'

export type Counted = (n: string) => string

export function countedFor(goal: GoalKey, language: Language): Counted {
  const { sorting, documents, common } = windowWords[language]
  if (goal === 'documents') return documents.counted
  return headOf(goal) === 'score' ? sorting.counted : common.pairs
}
