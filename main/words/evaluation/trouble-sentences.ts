// What is to be looked at in an answer, each a sentence: beside the answer in the window, and in a report. Pure.
import type { Troubles } from '../../contract/answer-troubles'
import type { Language } from '../../contract/language'
import { windowWords } from '../window'

/** the first of them say enough */
const most = 5

export function troubleSentences(troubles: Troubles, language: Language): readonly string[] {
  const words = windowWords[language].compare.troubles
  const { broken, repeated, lost, invented, foreign, otherTopic, missed } = troubles
  const list = (all: readonly string[]): string =>
    `${all.slice(0, most).join(words.and)}${all.length > most ? '…' : ''}`
  return [
    ...(broken ? [words.broken] : []),
    ...(repeated === null ? [] : [words.repeated(repeated)]),
    ...(lost.length === 0 ? [] : [words.lost(list(lost))]),
    ...(invented.length === 0 ? [] : [words.invented(list(invented))]),
    ...(foreign === null ? [] : [words.foreign(foreign)]),
    ...(otherTopic ? [words.otherTopic(list(otherTopic.lacks), list(otherTopic.says))] : []),
    ...missed.map((what) => words.missed[what])
  ]
}
