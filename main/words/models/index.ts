// What is said of published models in either language.
import type { Language } from '../../contract/language'
import { models as en } from './en'
import { models as ja, type ModelsWords } from './ja'

export type { ModelsWords } from './ja'

export const modelsWords = (language: Language): ModelsWords => (language === 'ja' ? ja : en)
