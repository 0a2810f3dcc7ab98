// What the user's edits mean for the rows that were read: which are left out, which have other words, and which refused
// rows are examples now. Edits name a row of a file, whatever reading has made of it.
import type { Example } from '../../../contract/records'
import { kindOf } from '../kinds'
import { sheetOf, type SheetRuns } from '../kept/kept-index'
import { editKey, editOf, type RowEdit } from '../log/log-state'
import { mendOf, rowsOf, type RowsRepair } from '../../doctor/repairs'
import type { PlacedFile } from './placed-file'
import { kindOfRow, putRight } from './put-right'

export interface Mend {
  readonly change: (example: Example) => Example
  /** the same is the same repair */
  readonly mark: string
}

export interface Changes {
  /** places of examples that the user left out */
  readonly removed: ReadonlySet<number>
  /** examples in the user's words, by place */
  readonly words: ReadonlyMap<number, Example>
  /** what repairs make of examples, by place */
  readonly mends: ReadonlyMap<number, readonly Mend[]>
  /** places of refused rows that are examples now, in order */
  readonly putRight: readonly number[]
}

export async function changesOf(
  edits: readonly (readonly [string, RowEdit])[],
  repairs: readonly RowsRepair[],
  files: readonly PlacedFile[]
): Promise<Changes> {
  const removed = new Set<number>()
  const words = new Map<number, Example>()
  const byKey = new Map(edits)
  const rowsOfFiles = new Map<string, Set<number>>()
  for (const [key] of edits) {
    const [file, , row] = JSON.parse(key) as [string, string | null, number]
    const rows = rowsOfFiles.get(file) ?? new Set()
    rowsOfFiles.set(file, rows.add(row))
  }
  const mended: number[] = []
  for (const { id, name, file, base, refusedBase, tables } of files) {
    const rows = rowsOfFiles.get(id)
    if (!rows) continue
    const { index } = file
    for (const [at, edit] of matches(id, rows, index.rows, index.sheets, byKey)) {
      if (edit.removed) {
        removed.add(base + at)
        continue
      }
      const [raw] = await file.examplesOf(at, at + 1, name)
      const read = raw as Example
      const example = kindOf(read).edited(read, editOf(edit, read.kind))
      if (example !== raw) words.set(base + at, example)
    }
    for (const [at, edit] of matches(id, rows, index.refusedRows, index.refusedSheets, byKey)) {
      const [row] = await file.refusedOf(at, at + 1, name)
      const kind = row && kindOfRow(tables, row)
      const example = row && kind ? putRight(row, editOf(edit, kind), kind) : null
      if (!example) continue
      words.set(refusedBase + at, example)
      mended.push(refusedBase + at)
    }
  }
  const mends = repaired(repairs, files, removed)
  return { removed, words, mends, putRight: mended }
}

/** Leaves out and mends by the rows that repairs name. */
function repaired(
  repairs: readonly RowsRepair[],
  files: readonly PlacedFile[],
  removed: Set<number>
): ReadonlyMap<number, readonly Mend[]> {
  const mends = new Map<number, Mend[]>()
  for (const { repair, rows } of repairs) {
    const change = mendOf(repair)
    const mark = JSON.stringify(repair)
    const mend = change && { change, mark }
    for (const { file: id, sheet, runs } of rows) {
      const placed = files.find((file) => file.id === id)
      if (!placed) continue
      const { index } = placed.file
      const wanted = new Set(rowsOf(runs))
      const at = (rows: Uint32Array, sheets: SheetRuns, base: number): void => {
        for (let line = 0; line < rows.length; line++) {
          if (!wanted.has(rows[line] as number) || (sheetOf(sheets, line) ?? null) !== (sheet ?? null))
            continue
          const place = base + line
          if (!mend) removed.add(place)
          else mends.set(place, [...(mends.get(place) ?? []), mend])
        }
      }
      at(index.rows, index.sheets, placed.base)
      at(index.refusedRows, index.refusedSheets, placed.refusedBase)
    }
  }
  return mends
}

function* matches(
  id: string,
  wanted: ReadonlySet<number>,
  rows: Uint32Array,
  sheets: SheetRuns,
  edits: ReadonlyMap<string, RowEdit>
): Generator<readonly [number, RowEdit]> {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number
    if (!wanted.has(row)) continue
    const edit = edits.get(editKey(id, sheetOf(sheets, at), row))
    if (edit) yield [at, edit]
  }
}
