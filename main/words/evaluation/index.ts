// The words of evaluation in either language.
import type { Language } from '../../contract/language'
import { en } from './en'
import { ja, type EvaluationWords } from './ja'

export type { EvaluationWords }
export const evaluationWords: Readonly<Record<Language, EvaluationWords>> = { ja: ja(null), en: en(null) }

/** Where what is compared is held against something else than the model that somebody chose: a run, by its name. */
export const evaluationWordsOn = (base: string | null, language: Language): EvaluationWords =>
  base === null ? evaluationWords[language] : { ja, en }[language](base)
