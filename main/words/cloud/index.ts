// What is said of services that train, in either language.
import type { Language } from '../../contract/language'
import { cloud as en } from './en'
import { cloud as ja, type CloudWords } from './ja'

export type { CloudWords } from './ja'

export const cloudWords = (language: Language): CloudWords => (language === 'ja' ? ja : en)
