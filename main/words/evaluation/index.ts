// The words of evaluation in either language.
import type { Language } from '../../contract/language'
import { en } from './en'
import { ja, type EvaluationWords } from './ja'

export type { EvaluationWords }
export const evaluationWords: Readonly<Record<Language, EvaluationWords>> = { ja, en }
