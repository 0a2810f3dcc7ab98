// One sheet of an Excel file as a grid: its cells with the values that the user sees.
import { limits } from '../limits'
import type { CellValue, Grid, GridRow, UnseenText } from '../table/grid'
import { SheetCells, type RawRow } from './sheet-cells'
import type { Sheet, Workbook } from './workbook'

export function sheetGrid(book: Workbook, sheet: Sheet): Grid {
  let cells = new SheetCells()
  return {
    name: sheet.name,
    async *rows() {
      cells = new SheetCells()
      for await (const row of book.file.collect(sheet.part, cells)) yield gridRow(book, row)
    },
    areas: () => cells.merged,
    isHiddenColumn: (column) => cells.hiddenColumns[column] === 1
  }
}

function gridRow(book: Workbook, { row, cells: raw, hidden }: RawRow): GridRow {
  const cells = new Map<number, CellValue>()
  let struck = ''
  let unseen: UnseenText | null = null
  let tooLong = false
  for (const cell of raw) {
    const { value, struck: out, unseen: hiddenText } = book.seenOf(cell)
    if (value !== null) cells.set(cell.column, value)
    if (typeof value === 'string' && value.length > limits.cell) tooLong = true
    unseen ??= hiddenText
    if (out !== '' && struck.length < 200) struck += (struck === '' ? '' : ' ') + out
  }
  return {
    row,
    cells,
    ...(hidden && { hidden }),
    ...(struck !== '' && { struck }),
    ...(unseen && { unseen }),
    ...(tooLong && { broken: 'CELL_TOO_LONG' as const })
  }
}
