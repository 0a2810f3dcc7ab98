// A document has no columns: its pairs are found by its layout, and come with names that only the reader knows. What
// those are called. Pure.
import type { DataFileView } from '../../main/contract/window/data'
import type { DataWords } from '../../main/words/window/ja/data'

type Shaped = Pick<DataFileView, 'format' | 'columns' | 'shape'>

const documents: readonly string[] = ['docx', 'odt', 'txt', 'md', 'html', 'mail']
const parts = ['question', 'answer', 'text'] as const

/** Read by its layout, and not by the columns of a table in it. */
export const isByLayout = ({ format, columns }: Omit<Shaped, 'shape'>): boolean =>
  documents.includes(format) && columns.every(({ name }) => parts.some((part) => part === name))

/** What a column is called. */
export function columnName(file: Omit<Shaped, 'shape'>, column: string, words: DataWords): string {
  const part = isByLayout(file) ? parts.find((one) => one === column) : undefined
  return part ? words.columns[part] : column
}

/** From where what stands there was read: of a document that stays a text nothing was made into questions and answers. */
export const readFrom = (file: Shaped & Pick<DataFileView, 'file'>, words: DataWords): string =>
  file.shape === 'question-answer' && isByLayout(file) ? words.noColumns : words.mapFrom(file.file)

export const shapeName = (file: Shaped, words: DataWords): string =>
  file.shape === 'question-answer' && isByLayout(file) ? words.pairsByLayout : words.shapes[file.shape]
