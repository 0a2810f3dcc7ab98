// What the user's edits mean for the rows that were read: which are left out, which have other words, and which refused
// rows are examples now. Edits name a row of a file, whatever reading has made of it.
import type { Example } from '../../../contract/records'
import { kindOf } from '../kinds'
import { sheetOf, type SheetRuns } from '../kept/kept-index'
import { editKey, type Edit } from '../log/log-state'
import type { PlacedFile } from './placed-file'
import { kindOfRow, putRight } from './put-right'

export interface Changes {
  /** places of examples that the user left out */
  readonly removed: ReadonlySet<number>
  /** examples in the user's words, by place */
  readonly words: ReadonlyMap<number, Example>
  /** places of refused rows that are examples now, in order */
  readonly putRight: readonly number[]
}

export async function changesOf(
  edits: readonly (readonly [string, Edit])[],
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
      const example = kindOf(raw as Example).edited(raw as Example, edit)
      if (example !== raw) words.set(base + at, example)
    }
    for (const [at, edit] of matches(id, rows, index.refusedRows, index.refusedSheets, byKey)) {
      const [row] = await file.refusedOf(at, at + 1, name)
      const example = row ? putRight(row, edit, kindOfRow(tables, row)) : null
      if (!example) continue
      words.set(refusedBase + at, example)
      mended.push(refusedBase + at)
    }
  }
  return { removed, words, putRight: mended }
}

function* matches(
  id: string,
  wanted: ReadonlySet<number>,
  rows: Uint32Array,
  sheets: SheetRuns,
  edits: ReadonlyMap<string, Edit>
): Generator<readonly [number, Edit]> {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number
    if (!wanted.has(row)) continue
    const edit = edits.get(editKey(id, sheetOf(sheets, at), row))
    if (edit) yield [at, edit]
  }
}
