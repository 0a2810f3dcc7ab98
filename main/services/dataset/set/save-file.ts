// Examples as the bytes of a file: lines of JSON, a table for Excel, or Parquet, each lot by lot.
import { beginning, csvLine } from '../../../files/csv'
import { NeiroError } from '../../../contract/errors'
import type { Example } from '../../../contract/records'
import { elementsOf, fitted, shapeOf, shapeOfBoth, type Shape } from './parquet-columns'
import { saveForms, type Saved, type SaveFormName } from './save-forms'

export interface SavedCount {
  /** records written */
  saved: number
  /** examples that this form has no place for */
  leftOut: number
}

type Lots = () => AsyncIterable<readonly Example[]>

/** What decides between the three ways to write records down. */
const isParquet = (file: string): boolean => /\.parquet$/i.test(file)

/** A table by its ending; otherwise OpenAI's messages. */
export const formOfFile = (file: string): SaveFormName => (/\.csv$/i.test(file) ? 'csv' : 'openai')

/** The content for writeFileWhole, and the count, which is right once the content was taken. `lots` gives all examples anew
 *  at each call; marks: some are synthetic. Throws NOTHING_TO_SAVE {file} while a Parquet file without a record is written: it would have no columns. */
export function savedFile(
  file: string,
  form: SaveFormName,
  lots: Lots,
  marks = false
): { readonly content: AsyncIterable<string | Uint8Array>; readonly count: SavedCount } {
  const count: SavedCount = { saved: 0, leftOut: 0 }
  const records = (): AsyncIterable<readonly Saved[]> => recordsOf(form, lots, count, marks)
  if (isParquet(file)) return { content: parquetOf(file, records, count), count }
  return { content: form === 'csv' ? tableOf(records()) : linesOf(records()), count }
}

async function* recordsOf(
  form: SaveFormName,
  lots: Lots,
  count: SavedCount,
  marks: boolean
): AsyncGenerator<readonly Saved[]> {
  count.saved = 0
  count.leftOut = 0
  for await (const some of lots()) {
    const written = some.map((example) => saveForms[form](example, marks))
    count.leftOut += written.filter((records) => records.length === 0).length
    const records = written.flat()
    count.saved += records.length
    yield records
  }
}

async function* linesOf(records: AsyncIterable<readonly Saved[]>): AsyncGenerator<string> {
  for await (const some of records) yield some.map((record) => `${JSON.stringify(record)}\n`).join('')
}

async function* tableOf(records: AsyncIterable<readonly Saved[]>): AsyncGenerator<string> {
  let isFirst = true
  for await (const some of records) {
    const [record] = some
    if (isFirst && record) yield `${beginning}${csvLine(Object.keys(record))}`
    isFirst &&= !record
    yield some.map((record) => csvLine(Object.values(record).map(String))).join('')
  }
}

/** Rows that readers take in at once. */
const groupRows = 10_000

async function* parquetOf(
  file: string,
  records: () => AsyncIterable<readonly Saved[]>,
  count: SavedCount
): AsyncGenerator<Uint8Array> {
  // the columns stand before the rows, so all rows are looked at first
  let shape: Shape = { kind: 'nothing' }
  for await (const some of records()) for (const record of some) shape = shapeOfBoth(shape, shapeOf(record))
  if (shape.kind !== 'object' || count.saved === 0) throw new NeiroError('NOTHING_TO_SAVE', { file })
  const columns = Object.entries(shape.fields)
  // loaded by whoever saves such a file, not with every command
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({
    writer,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.flatMap(([name, inner]) => elementsOf(name, inner))
    ],
    createdBy: 'neiro'
  })
  // offsets go on counting, the bytes are handed over
  const taken = (): Uint8Array => {
    const bytes = new Uint8Array(writer.buffer.slice(0, writer.index))
    writer.index = 0
    return bytes
  }
  let waiting: Saved[] = []
  const group = (): void => {
    if (waiting.length === 0) return
    void parquet.write({
      columnData: columns.map(([name, inner]) => ({
        name,
        data: waiting.map((record) => fitted(record[name], inner))
      })),
      rowGroupSize: waiting.length
    })
    waiting = []
  }
  for await (const some of records()) {
    for (const record of some) waiting.push(record)
    if (waiting.length < groupRows) continue
    group()
    yield taken()
  }
  group()
  void parquet.finish()
  yield taken()
}
