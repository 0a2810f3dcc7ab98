// Words of a table of sorted texts, which both the window and the command line write.
import type { Language } from '../contract/language'

/** Names of columns. */
interface SortingWords {
  readonly file: string
  readonly sheet: string
  readonly label: string
  readonly probability: string
}

export const sortingWords: Readonly<Record<Language, SortingWords>> = {
  ja: { file: 'ファイル', sheet: 'シート', label: 'ラベル', probability: '確率' },
  en: { file: 'file', sheet: 'sheet', label: 'label', probability: 'probability' }
}
