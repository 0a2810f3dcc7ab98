// What is said beside every result whose held-out examples stand in what was learnt, too, or where nobody knows.
import { evaluationWords } from '.'
import { mostSeen, type Seen } from '../../contract/evaluation'
import type { Language } from '../../contract/language'

/** '': there is nothing to say. */
export function seenNote(seen: Seen | null, language: Language): string {
  const { seen: words } = evaluationWords[language]
  if (seen === null) return words.unknown
  const among = seen.exact + seen.near
  const written = (value: number): string => value.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-US')
  // a stock answer or two prove nothing of the rest
  const answers = seen.answers !== undefined && seen.answers > mostSeen * seen.of ? seen.answers : 0
  return [
    among === 0 ? '' : words.some(written(among), written(seen.of), among === 1),
    answers === 0 ? '' : words.answers(written(answers), written(seen.of))
  ]
    .filter(Boolean)
    .join(language === 'en' ? ' ' : '')
}
