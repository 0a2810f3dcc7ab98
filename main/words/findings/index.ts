// The words of a check-up, in the language that is asked for.
import type { Finding } from '../../contract/check-up'
import { leavesOut, type PersonalKind } from '../../contract/findings'
import type { Language } from '../../contract/language'
import { en } from './en'
import type { CheckUpWords } from './form'
import { ja } from './ja'

export const checkUpWords: Readonly<Record<Language, CheckUpWords>> = { ja, en }

/** Which of the sentences says what a repair of it does. */
export function changeOf({
  kind,
  repair
}: Pick<Finding, 'kind' | 'repair'>): 'willChange' | 'willDrop' | 'willDropLearnt' {
  if (repair === null || !leavesOut(repair)) return 'willChange'
  return kind === 'leakage' ? 'willDropLearnt' : 'willDrop'
}

/** What a finding is made of, most first, in one line; '' where that says no more than its count. Of personal data every
 *  kind is named: the rarest may be the one that hurts most. */
export function partsOf(
  { kind, parts }: Finding,
  language: Language,
  count: (n: number) => string,
  most = 4
): string {
  const words = checkUpWords[language]
  const name = (part: string, times: number): string => {
    if (kind !== 'personal-data') return words.parts[part] ?? part
    return ((times === 1 && words.personalOne) || words.personal)[part as PersonalKind]
  }
  return parts
    .slice(0, kind === 'personal-data' ? undefined : most)
    .map((part) => words.part(name(part.name, part.count), count(part.count)))
    .join(words.between)
}
