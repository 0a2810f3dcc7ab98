// What a training from documents came to, in one sentence: between how many next words it hesitates on pages that it has not
// seen, before and after. Pure.
import type { Evaluation } from '../../main/contract/window/results'
import type { Language } from '../../main/contract/language'
import { windowWords } from '../../main/words/window'
import { count, decimal } from './format'

/** so few pages say little */
export const fewPages = 10

/** null until both are measured */
export function documentsResult(
  { basePerplexity, tunedPerplexity }: Pick<Evaluation, 'basePerplexity' | 'tunedPerplexity'>,
  heldOut: number,
  language: Language
): { readonly title: string; readonly lead: string } | null {
  if (basePerplexity === null || tunedPerplexity === null) return null
  const { result, honest } = windowWords[language].documents
  const text = (value: number): string => decimal(value, value < 100 ? 1 : 0, language)
  const [before, after] = [text(basePerplexity), text(tunedPerplexity)]
  const title =
    before === after
      ? result.same(after)
      : tunedPerplexity < basePerplexity
        ? result.better(before, after)
        : result.worse(before, after)
  const few = heldOut < fewPages ? result.few(count(heldOut, language)) : ''
  return { title, lead: [few, honest].filter(Boolean).join(language === 'en' ? ' ' : '') }
}
