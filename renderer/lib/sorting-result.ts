// The title and the sentences of how well texts are sorted: the share, how far it may be believed, and where rows are few. Pure.
import { fewestItems } from '../../main/contract/evaluation'
import type { Language } from '../../main/contract/language'
import type { SortingView } from '../../main/contract/window/sorting'
import { sortingWords } from '../../main/words/sorting'
import { windowWords } from '../../main/words/window'
import { count, percent } from './format'

/** view: null: not sorted yet */
export function sortingResult(
  view: Pick<SortingView, 'rows' | 'figures' | 'sureness'> | null,
  language: Language
): { readonly title: string; readonly lead: string } {
  const { title, lead, resultTitle, fewRows } = windowWords[language].sorting
  if (view?.figures.accuracy === undefined) return { title, lead }
  const number = (value: number): string => count(value, language)
  const { sure, thin } = sortingWords[language]
  const { sureness } = view
  const said = [
    sureness && sure(percent(sureness.low), percent(sureness.high)),
    view.rows < fewestItems ? fewRows(number(view.rows)) : '',
    sureness && sureness.thin > 0
      ? thin(number(sureness.thin), number(sureness.labels), number(sureness.fewest))
      : ''
  ].filter(Boolean)
  return {
    title: resultTitle(percent(view.figures.accuracy), number(view.rows)),
    lead: (said.length > 0 ? said : [lead]).join(language === 'en' ? ' ' : '')
  }
}
