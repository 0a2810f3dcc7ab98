// What came of a training by preferences, in a title and a lead: what moved, what people voted, and how many answers are as
// they were. Pure.
import type { PreferenceResult } from '../../main/contract/evaluation'
import type { Language } from '../../main/contract/language'
import type { TallyResult } from '../../main/contract/votes'
import { windowWords } from '../../main/words/window'
import { votedIn } from './compare-result'
import { count, percent } from './format'

export function preferredResult(
  { accuracy }: PreferenceResult,
  pairs: readonly { readonly base: string; readonly tuned: string }[],
  vote: TallyResult | null,
  language: Language
): { readonly title: string; readonly lead: string } {
  const { title, lead, unchanged } = windowWords[language].preferring.result
  const same = pairs.filter(({ base, tuned }) => base === tuned).length
  const said = same > 0 ? unchanged(count(same, language), count(pairs.length, language)) : ''
  return {
    title: title(percent(accuracy.value)),
    lead: [votedIn(vote, language)?.sentence, said, lead].filter(Boolean).join(' ')
  }
}
