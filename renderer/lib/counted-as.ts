// What is learnt from, counted: pairs of a question and an answer, or rows that are sorted. Pure.
import { headOf, type GoalKey } from '../../main/contract/goals'
import type { Language } from '../../main/contract/language'
import { windowWords } from '../../main/words/window'

export type Counted = (n: string) => string

export function countedAs(head: 'language' | 'score', language: Language): Counted {
  const { sorting, common } = windowWords[language]
  return head === 'score' ? sorting.counted : common.pairs
}

export const countedFor = (goal: GoalKey, language: Language): Counted => countedAs(headOf(goal), language)
