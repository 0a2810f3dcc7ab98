// A file that cannot be used at all, as an error that names it and says the way out. Single rows that cannot
// be used are refusals.ts' matter.
import { basename } from 'node:path'
import { NeiroError } from '../../contract/errors'

type Details = Readonly<Record<string, string>>

export function fileError(
  code: string,
  file: string,
  message: string,
  hint: string,
  details: Details = {}
): NeiroError {
  return new NeiroError(code, `${basename(file)}: ${message}`, hint, { ...details, file: basename(file) })
}

export const noSuchFile = (file: string): NeiroError =>
  fileError(
    'DATA_NOT_FOUND',
    file,
    'there is no such file or folder',
    'Check the name and the place of the file.'
  )

export const unreadableFile = (file: string, reason: string): NeiroError =>
  fileError('DATA_NOT_READABLE', file, `cannot be read (${reason})`, 'Check that the file may be read.', {
    reason
  })

export const emptyData = (file: string): NeiroError =>
  fileError('EMPTY_DATA', file, 'the file is empty', 'Choose a file with questions and answers in it.')

export const unknownFormat = (file: string, known: string): NeiroError =>
  fileError('UNKNOWN_FORMAT', file, 'files of this kind cannot be read', `Save it as one of: ${known}.`, {
    known
  })

export const compressedFile = (file: string, packed: string): NeiroError =>
  fileError(
    'COMPRESSED_FILE',
    file,
    `the file is packed (${packed})`,
    'Unpack it first, then choose what was in it.',
    {
      packed
    }
  )

export const lfsPointer = (file: string): NeiroError =>
  fileError(
    'LFS_POINTER',
    file,
    'this is a Git LFS pointer, not the file itself',
    'Fetch the file itself (git lfs pull), or download it from the page of the data set.'
  )

export const binaryFile = (file: string): NeiroError =>
  fileError('BINARY_FILE', file, 'the file holds no text', 'Choose a text file, or save the table as CSV.')

export const wrongEncoding = (file: string, encoding = ''): NeiroError =>
  fileError(
    'WRONG_ENCODING',
    file,
    encoding ? `the text is not written in ${encoding}` : 'the encoding of the text cannot be recognised',
    'Name the encoding yourself, or save the file as UTF-8.',
    { encoding: encoding || '?' }
  )

export const unknownEncoding = (encoding: string): NeiroError =>
  new NeiroError(
    'UNKNOWN_ENCODING',
    `no encoding is called ${encoding}`,
    'Use one of: utf-8, utf-16le, utf-16be, cp932, euc-jp, iso-2022-jp.',
    { encoding }
  )

export const brokenJson = (file: string, line: number, reason: string): NeiroError =>
  fileError(
    'BROKEN_JSON_FILE',
    file,
    `the JSON breaks off or is not valid near line ${line} (${reason})`,
    'Save the file again with the program that made it; the end may be missing.',
    { line: String(line), reason }
  )

export const tooLarge = (file: string, megabytes: number): NeiroError =>
  fileError(
    'JSON_TOO_LARGE',
    file,
    `one JSON value of more than ${megabytes} MB cannot be read at once`,
    'Save the data as JSONL: one row a line.',
    { megabytes: String(megabytes) }
  )

export const openQuote = (file: string, line: number): NeiroError =>
  fileError(
    'OPEN_QUOTE',
    file,
    `the quotation mark opened in the row of line ${line} is never closed`,
    'Close it in that row, or save the table again as CSV.',
    { line: String(line) }
  )

export const noHeader = (file: string, columns: number): NeiroError =>
  fileError(
    'NO_HEADER',
    file,
    `the table of ${columns} columns has no row of column names`,
    'Put a first row above it that names the columns, for example: question, answer.',
    { columns: String(columns) }
  )

export const noSuchRow = (file: string, row: number): NeiroError =>
  fileError(
    'NO_SUCH_ROW',
    file,
    `nothing stands in or below row ${row}`,
    'Name a row of the file as the row of column names.',
    { row: String(row) }
  )

export const allSheetsLeftOut = (file: string): NeiroError =>
  fileError(
    'ALL_SHEETS_LEFT_OUT',
    file,
    'every sheet would be left out',
    'Keep at least one sheet, or remove the file from the list.'
  )

export const unknownShape = (file: string, columns: readonly string[]): NeiroError =>
  fileError(
    'UNKNOWN_SHAPE',
    file,
    `no question and answer, messages or text found among: ${columns.join(', ') || '(nothing)'}`,
    'Name the columns question and answer, or say which column is which.',
    { columns: columns.slice(0, 12).join(', ') || '—' }
  )

export const labelData = (file: string, column: string): NeiroError =>
  fileError(
    'LABEL_DATA',
    file,
    `the column ${column} holds labels, and no column holds written answers`,
    'Sorting texts by label cannot be learnt yet; to learn answers, add a column answer.',
    { column }
  )

export const missingAnswer = (file: string, columns: readonly string[]): NeiroError =>
  fileError(
    'NO_ANSWER_COLUMN',
    file,
    `there are questions, but no column of answers among: ${columns.join(', ')}`,
    'Add a column answer, or say which column holds the answers.',
    { columns: columns.slice(0, 12).join(', ') }
  )

export const noSuchColumn = (file: string, column: string, columns: readonly string[]): NeiroError =>
  fileError(
    'NO_SUCH_COLUMN',
    file,
    `there is no column ${column}`,
    `The columns are: ${columns.join(', ')}.`,
    {
      column,
      columns: columns.slice(0, 12).join(', ')
    }
  )

export const mappingIncomplete = (file: string, role: string): NeiroError =>
  fileError(
    'MAPPING_INCOMPLETE',
    file,
    `no column is given for: ${role}`,
    `Say which column plays the role ${role}.`,
    {
      role
    }
  )

export const noUsableRow = (file: string, rows: number, reason: string): NeiroError =>
  fileError(
    'NO_USABLE_ROW',
    file,
    `none of its ${rows} rows can be used; the most common reason is ${reason}`,
    'Look at the reason, correct the rows, or choose another file.',
    { rows: String(rows), reason }
  )

export const noData = (): NeiroError =>
  new NeiroError(
    'NO_DATA',
    'there is nothing to learn in what was chosen',
    'Choose at least one file with questions and answers.'
  )
