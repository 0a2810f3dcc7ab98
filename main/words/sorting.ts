// Words of a table of sorted texts, which both the window and the command line write.
import type { Language } from '../contract/language'

interface SortingWords {
  readonly columns: readonly string[]
}

export const sortingWords: Readonly<Record<Language, SortingWords>> = {
  ja: { columns: ['ファイル', '行', '文章', 'ラベル', '確率'] },
  en: { columns: ['file', 'row', 'text', 'label', 'probability'] }
}
