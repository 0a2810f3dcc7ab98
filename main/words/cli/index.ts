// The dictionary of the command line. Japanese gives the shape, English must fill it.
import type { Language } from '../../contract/language'
import { en } from './en'
import { ja, type Words } from './ja'

export type { Words } from './ja'

export function wordsFor(language: Language): Words {
  return language === 'ja' ? ja : en
}
