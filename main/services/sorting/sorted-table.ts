// Sorted texts as a table for spreadsheets: where each came from, its label, and how sure that is.
import { NeiroError } from '../../contract/errors'
import type { Language } from '../../contract/language'
import type { Example } from '../../contract/records'
import { beginning, csvLine } from '../../files/csv'
import { wordsOf } from '../../words/errors'
import { sortingWords } from '../../words/sorting'
import { kindOf } from '../dataset/kinds'
import type { Sorted, Verdict } from './sorting'

export interface Asked {
  readonly text: string
  /** null: of no file */
  readonly source: Example['source'] | null
}

/** Texts of rows, whatever else is known of them: of a conversation what is asked first. */
export const askedOf = (examples: readonly Example[]): readonly Asked[] =>
  examples.map((example) => ({ text: kindOf(example).opening(example), source: example.source }))

export function sortedTable(
  asked: readonly Asked[],
  sorted: readonly Sorted[],
  labels: readonly string[],
  language: Language
): string {
  const lines = asked.map(({ text, source }, at) =>
    csvLine([
      source?.file ?? '',
      String(source?.row ?? at + 1),
      text,
      ...cellsOf(sorted[at] as Sorted, labels, language)
    ])
  )
  return [beginning, csvLine(sortingWords[language].columns), ...lines].join('')
}

/** Its label, or labels, or number; and how sure each is. A text that could not be read says why. */
function cellsOf(one: Sorted, labels: readonly string[], language: Language): readonly [string, string] {
  if (one instanceof NeiroError) return ['', wordsOf(one, language).message]
  if (isNumber(one, labels)) return [String(one.probabilities[0]), '']
  const sure = one.said.map((label) => (one.probabilities[label] ?? 0).toFixed(4))
  return [namesOf(one, labels).join('; '), sure.join('; ')]
}

/** Of one label whose score is what is said. */
const isNumber = ({ said, probabilities }: Verdict, labels: readonly string[]): boolean =>
  said.length === 0 && labels.length === 1 && probabilities.length === 1

/** What is said in words. */
export const namesOf = ({ said }: Verdict, labels: readonly string[]): readonly string[] =>
  said.map((label) => labels[label] ?? '')
