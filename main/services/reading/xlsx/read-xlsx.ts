// An Excel file: every visible sheet with something in it is a table of its own. Hidden sheets are left out,
// and listed.
import { allSheetsLeftOut, emptyData } from '../file-errors'
import { withComments } from '../packed/comments'
import { noSheets } from '../packed/office-errors'
import { saidOf, type PackedFile, type PackedOptions, type ReadFile } from '../rows'
import { readGrid } from '../table/read-grid'
import { sheetGrid } from './sheet-grid'
import { Workbook } from './workbook'

export async function readXlsx(path: string, options: PackedOptions): Promise<PackedFile> {
  const book = await Workbook.open(path)
  return {
    tables: tables(book, path, options),
    leftOut: book.sheets
      .filter(({ hidden }) => hidden)
      .map(({ name }) => ({ sheet: name, reason: 'HIDDEN_SHEET' })),
    close: () => book.close()
  }
}

async function* tables(book: Workbook, path: string, said: PackedOptions): AsyncGenerator<ReadFile> {
  const { namesAreNumbers, beat } = said
  let found = 0
  let used = 0
  for (const sheet of book.sheets.filter(({ hidden }) => !hidden)) {
    const { leftOut, headerRow } = saidOf(sheet.name, said)
    const table = await readGrid(sheetGrid(book, sheet), {
      ...{ file: path, format: 'xlsx', namesAreNumbers, headerRow, leftOut, beat }
    })
    if (!table) continue
    found++
    if (!leftOut) used++
    yield withComments(table, await book.commentsOf(sheet))
  }
  if (found === 0) throw book.sheets.some(({ hidden }) => hidden) ? noSheets(path) : emptyData(path)
  if (used === 0) throw allSheetsLeftOut(path)
}
