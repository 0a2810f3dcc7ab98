// What stands beside an export, in either language.
import type { Language } from '../../contract/language'
import { card as en } from './en'
import { card as ja, type CardWords } from './ja'

export type { CardWords } from './ja'

export const cardWords = (language: Language): CardWords => (language === 'ja' ? ja : en)
