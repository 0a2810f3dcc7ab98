// One departure of a run's data as rows of an audit sheet: each sentence that was agreed to whole, in a row of its own. Pure.
import type { Departure } from '../../contract/elsewhere'
import type { Language } from '../../contract/language'
import { cardWords } from '../../words/card'
import { placeText } from '../runners/places'
import { cardText } from './card-text'

/** of a sentence with names and addresses in it */
const longest = 3000

export function departureRows(
  { at, place, by, said, personal }: Departure,
  language: Language
): readonly string[] {
  const words = cardWords(language).audit
  const rows: readonly (readonly [string, string])[] = [
    [words.left, `${at} · ${placeText(place)} · ${by === '' ? '–' : by}`],
    ...said.map((sentence) => [words.leftWhat, sentence] as const),
    [words.leftPersonal, String(personal)]
  ]
  return rows.map(([name, value]) => `| ${name} | ${cardText(value, longest)} |`)
}
