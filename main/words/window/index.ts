// What the window says. Japanese gives the shape, English must fill it.
import type { Language } from '../../contract/language'
import { en } from './en'
import { ja, type WindowWords } from './ja'

export type { WindowWords } from './ja'
export const windowWords: Readonly<Record<Language, WindowWords>> = { ja, en }
