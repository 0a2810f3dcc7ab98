// What the desktop app says outside its page. Japanese gives the shape, English must fill it.
import type { Language } from '../../contract/language'
import { en } from './en'
import { ja, type ShellWords } from './ja'

export const shellWords: Readonly<Record<Language, ShellWords>> = { ja, en }
