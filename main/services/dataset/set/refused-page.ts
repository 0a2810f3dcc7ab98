// The rows of a set that are still refused, file after file, a page at a time; and one of them by its place in the file.
import { sheetOf, type SheetRuns } from '../kept/kept-index'
import type { FoundRow, ListedRow } from './kept-set'
import { mendableAs } from './put-right'
import type { PlacedSet } from './placed-set'

export async function refusedPage(
  { files, changes }: PlacedSet,
  { offset, limit }: { readonly offset: number; readonly limit: number }
): Promise<{ readonly total: number; readonly rows: readonly ListedRow[] }> {
  const rows: ListedRow[] = []
  let total = 0
  for (const { id, file, name, refusedBase, end, tables } of files) {
    const mended = changes.putRight.filter((place) => place >= refusedBase && place < end)
    const still = file.refused - mended.length
    const from = Math.min(still, Math.max(0, offset - total))
    const to = Math.min(still, Math.max(from, offset + limit - total))
    total += still
    if (from === to) continue
    // those that were put right in between are read and left out
    const isMended = new Set(mended.map((place) => place - refusedBase))
    const first = lineOf(from, isMended)
    const last = lineOf(to - 1, isMended)
    const some = await file.refusedOf(first, last + 1, name)
    for (const [i, row] of some.entries())
      if (!isMended.has(first + i)) rows.push({ file: id, row, mendable: mendableAs(tables, row) })
  }
  return { total, rows }
}

/** The line of the so-manyth row that is still refused. */
function lineOf(nth: number, isMended: ReadonlySet<number>): number {
  let line = nth
  for (const mended of [...isMended].sort((a, b) => a - b)) if (mended <= line) line++
  return line
}

/** Null where no such row was refused. */
export async function refusedRow(
  set: PlacedSet,
  wanted: { readonly file: string; readonly sheet: string | null; readonly row: number }
): Promise<FoundRow | null> {
  const placed = set.files.find(({ id }) => id === wanted.file)
  if (!placed) return null
  const { file, name, base, refusedBase, tables } = placed
  const { rows, sheets, refusedRows, refusedSheets } = file.index
  const isIt = (row: number, runs: SheetRuns, line: number): boolean =>
    row === wanted.row && (sheetOf(runs, line) ?? null) === wanted.sheet
  const line = refusedRows.findIndex((row, at) => isIt(row, refusedSheets, at))
  const [row] = line < 0 ? [] : await file.refusedOf(line, line + 1, name)
  if (!row) return null
  const isExample =
    set.changes.putRight.includes(refusedBase + line) ||
    rows.some((row, at) => isIt(row, sheets, at) && !set.changes.removed.has(base + at))
  return { file: placed.id, row, mendable: mendableAs(tables, row), isExample }
}
