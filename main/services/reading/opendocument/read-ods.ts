// An OpenDocument sheet (LibreOffice, Google): every table that is seen is one of its own, as in an Excel file.
import { allSheetsLeftOut, emptyData } from '../file-errors'
import { withComments } from '../packed/comments'
import { noSheets } from '../packed/office-errors'
import { OfficePackage } from '../packed/office-package'
import { saidOf, type PackedFile, type PackedOptions, type ReadFile } from '../rows'
import type { Grid } from '../table/grid'
import { readGrid } from '../table/read-grid'
import { refuseProtected } from './protection'
import { TableCells, type TableFacts } from './table-cells'

export async function readOds(path: string, options: PackedOptions): Promise<PackedFile> {
  const file = await OfficePackage.open(path)
  try {
    await refuseProtected(file)
    const all = new TableCells()
    const filled = new Set<number>()
    for await (const { table } of file.collect('content.xml', all)) {
      options.beat(0)
      filled.add(table)
    }
    const shown = all.tables.flatMap((facts, i) => (facts.hidden || !filled.has(i) ? [] : [{ facts, i }]))
    const hidden = all.tables.filter((facts) => facts.hidden)
    if (shown.length === 0) throw hidden.length > 0 ? noSheets(path) : emptyData(path)
    return {
      tables: tables(file, shown, options),
      leftOut: hidden.map(({ name }) => ({ sheet: name, reason: 'HIDDEN_SHEET' })),
      close: () => file.close()
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function* tables(
  file: OfficePackage,
  shown: readonly { readonly facts: TableFacts; readonly i: number }[],
  said: PackedOptions
): AsyncGenerator<ReadFile> {
  const { namesAreNumbers, beat } = said
  let used = 0
  for (const { facts, i } of shown) {
    const { name } = facts
    const { leftOut, headerRow } = saidOf(name, said)
    const options = {
      file: file.path,
      format: 'ods',
      namesAreNumbers,
      headerRow,
      leftOut,
      beat
    } as const
    const table = await readGrid(gridOf(file, facts, i), options)
    if (!table) continue
    if (!leftOut) used++
    yield withComments(table, facts.comments)
  }
  if (used === 0) throw allSheetsLeftOut(file.path)
}

function gridOf(file: OfficePackage, { name, areas, hiddenColumns }: TableFacts, table: number): Grid {
  return {
    name,
    async *rows() {
      for await (const row of file.collect('content.xml', new TableCells()))
        if (row.table === table) yield row
    },
    areas: () => areas,
    isHiddenColumn: (column) => hiddenColumns.has(column)
  }
}
