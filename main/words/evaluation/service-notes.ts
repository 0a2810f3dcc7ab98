// What cannot be had of models that answer at services, and what they refused: wherever scores are shown.
import type { CandidateResult } from '../../contract/evaluation'
import type { Language } from '../../contract/language'
import { cloudWords } from '../cloud'
import { candidateName } from './candidate-name'
import { evaluationWords } from './index'

export function serviceNotes(
  candidates: readonly Pick<CandidateResult, 'candidate' | 'refused'>[],
  language: Language
): readonly string[] {
  const { asking } = cloudWords(language)
  const refused = candidates.flatMap(({ candidate, refused = 0 }) =>
    refused > 0 ? asking.refusedOf(candidateName(candidate, evaluationWords[language]), String(refused)) : []
  )
  const isAway = candidates.some(({ candidate }) => candidate.kind === 'service')
  return isAway ? [asking.unmeasured, ...refused] : refused
}
