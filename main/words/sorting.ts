// Words of a table of sorted texts and of how far a share may be believed, which both the window and the command line write.
import type { Language } from '../contract/language'
import { plural } from './plural'

interface SortingWords {
  /** names of columns */
  readonly file: string
  readonly sheet: string
  readonly label: string
  readonly probability: string
  /** of a row without a label */
  readonly why: string
  /** 95 % interval of the share sorted right */
  readonly sure: (low: string, high: string) => string
  /** labels of which too few rows were held out */
  readonly thin: (thin: string, labels: string, fewest: string) => string
}

export const sortingWords: Readonly<Record<Language, SortingWords>> = {
  ja: {
    file: 'ファイル',
    sheet: 'シート',
    label: 'ラベル',
    probability: '確率',
    why: '仕分けられなかった理由',
    sure: (low, high) => `正しく仕分ける割合の 95 % の幅は ${low}〜${high} です。`,
    thin: (thin, labels, fewest) =>
      `検証用の行が ${fewest}行より少ないラベルが、${labels}種類のうち ${thin}種類あります。似た行ばかりのこともあるので、「試す」でほかの文章も確かめてください。`
  },
  en: {
    file: 'file',
    sheet: 'sheet',
    label: 'label',
    probability: 'probability',
    why: 'why not sorted',
    sure: (low, high) => `95 % interval of the share sorted right: ${low} to ${high}.`,
    thin: (thin, labels, fewest) =>
      `${thin} of ${plural(labels, 'label')} have fewer than ${fewest} held-out rows, which may be much alike. Try other texts as well.`
  }
}
