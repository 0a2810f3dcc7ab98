// What is said beside every result whose held-out examples stand in what was learnt, too, or where nobody knows.
import { evaluationWords } from '.'
import type { Seen } from '../../contract/evaluation'
import type { Language } from '../../contract/language'

/** '': there is nothing to say. */
export function seenNote(seen: Seen | null, language: Language): string {
  const { seen: words } = evaluationWords[language]
  if (seen === null) return words.unknown
  const among = seen.exact + seen.near
  const written = (value: number): string => value.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-US')
  return among === 0 ? '' : words.some(written(among), written(seen.of), among === 1)
}
