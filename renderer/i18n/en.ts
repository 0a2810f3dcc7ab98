// The English dictionary: the same form as the Japanese one, complete by type.
import { common } from './common.en'
import type { Words } from './ja'

export const en: Words = { common }
