// The words about synthetic examples, in the language that is asked for.
import type { Language } from '../../contract/language'
import { en } from './en'
import type { AugmentWords } from './form'
import { ja } from './ja'

export const augmentWords: Readonly<Record<Language, AugmentWords>> = { ja, en }
