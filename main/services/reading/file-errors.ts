// A file that cannot be used at all, as an error that names it and says the way out. Single rows that cannot
// be used are refusals.ts' matter.
import { basename } from 'node:path'
import { NeiroError, type Details } from '../../contract/errors'
import type { RefusedRow } from '../../contract/records'
import { shownPlace } from '../../files/file-errors'
import { limits } from './limits'
import type { OtherKind } from './other-kinds'

export function fileError(code: string, file: string, details: Details = {}): NeiroError {
  return new NeiroError(code, { ...details, file: basename(file) })
}

export const noSuchFile = (file: string): NeiroError => fileError('DATA_NOT_FOUND', file)

export const unreadableFile = (file: string, reason: string): NeiroError =>
  reason === 'ENAMETOOLONG'
    ? new NeiroError('PATH_TOO_LONG', { place: shownPlace(file) })
    : fileError('DATA_NOT_READABLE', file, { reason })

/** A pipe, a device: nothing that lies anywhere. */
export const noFile = (file: string): NeiroError => fileError('NOT_A_FILE', file)

export const changedFile = (file: string): NeiroError => fileError('CHANGED_WHILE_READ', file)

export const emptyData = (file: string): NeiroError => fileError('EMPTY_DATA', file)

export const unknownFormat = (file: string, known: string): NeiroError =>
  fileError('UNKNOWN_FORMAT', file, {
    known
  })

export const compressedFile = (file: string, packed: string): NeiroError =>
  fileError('COMPRESSED_FILE', file, {
    packed
  })

export const sqlFile = (file: string): NeiroError => fileError('SQL_FILE', file)

export const lfsPointer = (file: string): NeiroError => fileError('LFS_POINTER', file)

/** A file of a kind that everybody knows, and that holds no text to learn from. */
export const otherKind = (file: string, kind: OtherKind): NeiroError =>
  fileError('OTHER_KIND', file, { kind })

export const binaryFile = (file: string): NeiroError => fileError('BINARY_FILE', file)

export const wrongEncoding = (file: string, encoding = ''): NeiroError =>
  fileError('WRONG_ENCODING', file, { encoding: encoding || '?' })

export const unknownEncoding = (encoding: string): NeiroError =>
  new NeiroError('UNKNOWN_ENCODING', { encoding })

export const brokenJson = (file: string, line: number, reason: string): NeiroError =>
  fileError('BROKEN_JSON_FILE', file, { line: String(line), reason })

export const tooManyColumns = (file: string, columns: number): NeiroError =>
  fileError('TOO_MANY_COLUMNS', file, { columns: String(columns), most: String(limits.columns) })

export const noHeader = (file: string, columns: number): NeiroError =>
  fileError('NO_HEADER', file, { columns: String(columns) })

export const noSuchRow = (file: string, row: number): NeiroError =>
  fileError('NO_SUCH_ROW', file, { row: String(row) })

export const allSheetsLeftOut = (file: string): NeiroError => fileError('ALL_SHEETS_LEFT_OUT', file)

export const unknownShape = (file: string, columns: readonly string[]): NeiroError =>
  fileError('UNKNOWN_SHAPE', file, { columns: columns.slice(0, 12).join(', ') || '—' })

export const labelData = (file: string, column: string): NeiroError =>
  fileError('LABEL_DATA', file, { column })

export const missingAnswer = (file: string, columns: readonly string[]): NeiroError =>
  fileError('NO_ANSWER_COLUMN', file, { columns: columns.slice(0, 12).join(', ') })

export const noSuchColumn = (file: string, column: string, columns: readonly string[]): NeiroError =>
  fileError('NO_SUCH_COLUMN', file, {
    column,
    columns: columns.slice(0, 12).join(', ')
  })

export const mappingIncomplete = (file: string, role: string): NeiroError =>
  fileError('MAPPING_INCOMPLETE', file, {
    role
  })

/** The reason is that of one row, with its details. */
export const noUsableRow = (file: string, rows: number, row: RefusedRow): NeiroError =>
  fileError('NO_USABLE_ROW', file, { ...row.details, rows: String(rows), reason: row.reason })

export const noData = (): NeiroError => new NeiroError('NO_DATA')
