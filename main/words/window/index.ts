// What the window says. Japanese gives the shape, English must fill it.
import type { Language } from '../../contract/language'
import { en } from './en'
import { ja } from './ja'

export type WindowWords = typeof ja
export const windowWords: Readonly<Record<Language, WindowWords>> = { ja, en }
