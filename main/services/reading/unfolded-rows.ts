// The rows of a file, as long as they are not far more than a file of its size can honestly hold: one text that ten thousand cells
// share, merge or repeat is written out for each of them, and a few kilobytes would fill the disk.
import { limits } from './limits'
import { officeFileTooLarge } from './packed/office-errors'
import type { RawRow, RowBatches, ReadFile } from './rows'

/** Their rows stand in the file word for word. */
const plain: ReadonlySet<ReadFile['format']> = new Set(['csv', 'tsv', 'json', 'jsonl'])

const eachRow = 16
const eachCell = 16

/** What all tables of one file may weigh, in characters. */
export class Unfolding {
  #left: number

  constructor(
    private readonly path: string,
    size: number
  ) {
    this.#left = limits.freeCharacters + limits.unfoldedTimes * size
  }

  /** Throws OFFICE_FILE_TOO_LARGE with the row that is too much. */
  of(table: ReadFile): ReadFile {
    return plain.has(table.format) ? table : { ...table, rows: this.#counted(table.rows) }
  }

  async *#counted(rows: RowBatches): RowBatches {
    for await (const batch of rows) {
      for (const row of batch) this.#left -= weightOf(row)
      if (this.#left < 0) throw officeFileTooLarge(this.path)
      yield batch
    }
  }
}

function weightOf(row: RawRow): number {
  if (row.kind === 'broken') return eachRow + row.excerpt.length
  let sum = eachRow
  for (const name in row.values) sum += cellWeight(row.values[name])
  return sum
}

function cellWeight(value: unknown): number {
  if (typeof value === 'string') return eachCell + value.length
  if (typeof value !== 'object' || value === null) return eachCell
  return Object.values(value).reduce((sum: number, one) => sum + cellWeight(one), eachCell)
}
