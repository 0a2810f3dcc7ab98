// Where models at services answer, what cannot be had of them, and what they refused: wherever scores are shown.
import type { Candidate } from '../../contract/candidates'
import type { CloudKind } from '../../contract/elsewhere'
import type { CandidateResult } from '../../contract/evaluation'
import type { Language } from '../../contract/language'
import { cloudWords } from '../cloud'
import { candidateName } from './candidate-name'
import { evaluationWords } from './index'

export function serviceNotes(
  candidates: readonly Pick<CandidateResult, 'candidate' | 'refused'>[],
  language: Language
): readonly string[] {
  const { asking, place } = cloudWords(language)
  const nameOf = (candidate: Candidate): string => candidateName(candidate, evaluationWords[language])
  const refused = candidates.flatMap(({ candidate, refused = 0 }) =>
    refused > 0 ? asking.refusedOf(nameOf(candidate), String(refused)) : []
  )
  const away = candidates.flatMap(({ candidate }) => {
    if (!candidate.service) return []
    // as it is written behind --on
    const [kind = '', ...where] = candidate.service.place.split(':')
    return asking.answersAt(nameOf(candidate), place(kind as CloudKind, where.join(':')))
  })
  return away.length > 0 ? [...away, asking.unmeasured, ...refused] : refused
}
