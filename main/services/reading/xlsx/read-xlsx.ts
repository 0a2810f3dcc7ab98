// An Excel file: every visible sheet with something in it is a table of its own. Hidden sheets are left out,
// and listed.
import { allSheetsLeftOut, emptyData } from '../file-errors'
import { noSheets } from '../packed/office-errors'
import type { PackedFile, PackedOptions, ReadFile } from '../rows'
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

async function* tables(
  book: Workbook,
  path: string,
  { namesAreNumbers, headerRows = {}, leftOutSheets = [], beat }: PackedOptions
): AsyncGenerator<ReadFile> {
  let found = 0
  let used = 0
  for (const sheet of book.sheets.filter(({ hidden }) => !hidden)) {
    const leftOut = leftOutSheets.includes(sheet.name)
    const said = !leftOut && Object.hasOwn(headerRows, sheet.name) ? headerRows[sheet.name] : undefined
    const table = await readGrid(sheetGrid(book, sheet), {
      ...{ file: path, format: 'xlsx', namesAreNumbers, headerRow: said, leftOut, beat }
    })
    if (!table) continue
    found++
    if (!leftOut) used++
    yield table
  }
  if (found === 0) throw book.sheets.some(({ hidden }) => hidden) ? noSheets(path) : emptyData(path)
  if (used === 0) throw allSheetsLeftOut(path)
}
