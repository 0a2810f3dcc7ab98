// What a reader gives: rows as they stand in the file, before anybody knows what they mean.
import type {
  Certainties,
  DataShape,
  Delimiter,
  FieldNote,
  MendedRow,
  RecognisedFile,
  TextSplit
} from '../../contract/records'
import type { BrokenRow } from './refusals'

/** How a row was read that does not work out as it stands, and its beginning before and after. */
export type Mended = Omit<MendedRow, 'source'>

/** A row of named values, or one that could not be read and says why. */
export type RawRow =
  | {
      readonly kind: 'row'
      readonly row: number
      readonly values: Readonly<Record<string, unknown>>
      /** a part of a document whose next part is the next row */
      readonly goesOn?: true
      /** it does not work out as it stands; it was read in the way that keeps the number of columns */
      readonly mended?: Mended
    }
  | { readonly kind: 'broken'; readonly row: number; readonly reason: BrokenRow; readonly excerpt: string }

/** Rows as they come, many at once: a turn of the queue for each single one would cost more than its reading. */
export type RowBatches = AsyncIterable<readonly RawRow[]>

/** A table being read: a file, or one sheet of it; its rows, and what the reader learnt on the way. */
export interface ReadFile {
  readonly format: RecognisedFile['format']
  /** false for a table whose first row is data already; its columns are called 1, 2, 3 ... */
  readonly hasNames: boolean
  readonly rows: RowBatches
  readonly sheet?: string
  /** true for a sheet that the user left out: its rows are only counted */
  readonly leftOut?: true
  readonly delimiter?: Delimiter
  /** row of the column names; 0: it has none */
  readonly headerRow?: number
  /** what stands above the column names and is no data */
  readonly titles?: readonly string[]
  /** how a plain text could be split into questions and answers, with how many pairs each way gives */
  readonly splits?: NonNullable<RecognisedFile['splits']>
  /** 0..1, where the reader itself had to guess what a row is */
  readonly confidence?: number
  /** what the reader has to say of the table once its rows are read */
  readonly notes?: () => readonly FieldNote[]
  /** how sure the reader is of what it found itself */
  readonly certainty?: Certainties
}

/** An Excel or Word file being read. Its tables are read one after another; close when done. */
export interface PackedFile {
  readonly tables: AsyncIterable<ReadFile>
  readonly leftOut: readonly { readonly sheet: string; readonly reason: 'HIDDEN_SHEET' | 'BINARY_COLUMN' }[]
  close(): Promise<void>
}

export interface PackedOptions {
  /** the columns are called by their numbers, whatever the first row says */
  readonly namesAreNumbers: boolean
  /** by sheet: row of its column names as the user says, 0: none; under '' for every sheet that is not named */
  readonly headerRows?: Readonly<Record<string, number>>
  readonly leftOutSheets?: readonly string[]
  /** the shape that the user wants */
  readonly shape: DataShape | undefined
  /** how a document is split into questions and answers, as the user says */
  readonly split?: TextSplit | undefined
  /** called while rows go by, with how many were read for good; throws where reading must stop */
  readonly beat: (rows: number) => void
}

/** What the user says of one sheet: whether it is left out, and which row holds its names. */
export function saidOf(
  name: string,
  { headerRows = {}, leftOutSheets = [] }: PackedOptions
): { readonly leftOut: boolean; readonly headerRow: number | undefined } {
  const leftOut = leftOutSheets.includes(name)
  const own = Object.hasOwn(headerRows, name) ? headerRows[name] : headerRows['']
  return { leftOut, headerRow: leftOut ? undefined : own }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** { chosen: [turns], rejected: [turns] }: one row, and no list of rows. */
export function isRowOfTurns(value: Readonly<Record<string, unknown>>): boolean {
  const isTurn = (one: unknown): boolean =>
    isObject(one) && (typeof one['role'] === 'string' || typeof one['from'] === 'string')
  const values = Object.values(value)
  return (
    values.length > 1 && values.some((list) => Array.isArray(list) && list.length > 0 && list.every(isTurn))
  )
}
