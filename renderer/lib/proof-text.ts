// What the comparison of an export with the tuned model proved: the same computation, or one that differs by what the rounding
// of its form makes. Pure.
import type { Language } from '../../main/contract/language'
import type { ExportRecord } from '../../main/contract/window/results'
import { windowWords } from '../../main/words/window'
import { count } from './format'

/** of the largest logit: so much comes of adding the same numbers in another order */
const otherOrder = 1e-4

/** sorts: it is given texts, and asked nothing */
export function proofText(
  { prompts, largest }: Pick<NonNullable<ExportRecord['check']>, 'prompts' | 'largest'>,
  sorts: boolean,
  language: Language
): string {
  const { same, sameRounded, comparedOn } = windowWords[language].exporting
  const counted = comparedOn[sorts ? 'texts' : 'prompts'](count(prompts, language))
  return (largest <= otherOrder ? same : sameRounded)(counted)
}
