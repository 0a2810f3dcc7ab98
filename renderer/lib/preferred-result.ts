// What came of a training by preferences, in a title and a lead: what moved, what people voted, and how many answers are as
// they were. Pure.
import type { PreferenceResult } from '../../main/contract/evaluation'
import type { Language } from '../../main/contract/language'
import type { TallyResult } from '../../main/contract/votes'
import { isLessOftenLikelier } from '../../main/words/evaluation/preference-note'
import { windowWords } from '../../main/words/window'
import { votedIn } from './compare-result'
import { count, percent } from './format'

export function preferredResult(
  { accuracy, likelier }: PreferenceResult,
  pairs: readonly { readonly base: string; readonly tuned: string }[],
  vote: TallyResult | null,
  language: Language,
  base: string | null = null
): { readonly title: string; readonly lead: string } {
  const { title, titleBut, lead, unchanged } = windowWords[language].preferring.result
  const same = pairs.filter(({ base, tuned }) => base === tuned).length
  const said = same > 0 ? unchanged(count(same, language), count(pairs.length, language)) : ''
  return {
    title:
      likelier && isLessOftenLikelier({ likelier })
        ? titleBut(percent(accuracy.value), percent(likelier.before), percent(likelier.after))
        : title(percent(accuracy.value)),
    lead: [votedIn(vote, language, base)?.sentence, said, lead].filter(Boolean).join(' ')
  }
}
