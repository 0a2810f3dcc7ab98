// Which row of a sheet holds the names of its columns: titles, dates of print and the like often stand above
// it. Looks at the first rows only, as the eye sees them; what the names mean is recognise-shape's matter.
import type { Certainty } from '../../../contract/records'
import { certain, fairly, hardly } from '../recognise/certainty'
import { hintedColumn, knownColumn } from '../recognise/column-names'
import type { Area } from './sheet-cells'

/** A row as the eye sees it: one text for each column in use, '' where there is none. */
export interface SeenRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly areas: readonly (Area | null)[]
}

export interface Header {
  /** index of the last row of the header; -1 where there are no names */
  readonly index: number
  /** index of the first row below the titles */
  readonly start: number
  readonly certainty: Certainty
}

const deepestHeader = 4

export function findHeader(rows: readonly SeenRow[]): Header {
  const named = byNames(rows, 2) ?? byNames(rows, 1)
  const index = named ?? byLook(rows)
  if (index === null) return { index: -1, start: firstWide(rows), certainty: hardly('no-names') }
  const certainty = named === null ? fairly('unknown-names') : certain
  return { index: bottomOf(rows, index), start: index, certainty }
}

/** The header that the user names: the first filled row from there on; null where nothing is left. */
export function headerAt(rows: readonly SeenRow[], row: number): Header | null {
  if (row === 0) return { index: -1, start: 0, certainty: certain }
  const index = rows.findIndex((seen) => seen.row >= row)
  return index < 0 ? null : { index, start: index, certainty: certain }
}

/** The first row of labels with at least so many different roles among its names. */
function byNames(rows: readonly SeenRow[], roles: number): number | null {
  const at = rows.findIndex(({ cells }, i) => {
    // two known names say so much that others beside them may be long
    if (roles > 1 ? !isNames(cells, 80) : !isLabels(cells) || isBelowTable(rows, i)) return false
    const found = new Set(cells.map((cell) => knownColumn(cell) ?? hintedColumn(cell)))
    found.delete(null)
    return found.size >= roles
  })
  return at < 0 ? null : at
}

/** The first row of labels that is as wide as the rows below it, with no table above it. */
function byLook(rows: readonly SeenRow[]): number | null {
  const at = rows.findIndex(({ cells }, i) => {
    const below = rows.slice(i + 1, i + 11)
    if (!isLabels(cells) || below.length === 0 || isBelowTable(rows, i)) return false
    const width = filled(cells).length
    return width >= Math.min(2, cells.length) && below.every((row) => filled(row.cells).length <= width)
  })
  return at < 0 ? null : at
}

/** Does a row above have as many different cells? Then this one is in the middle of something. */
function isBelowTable(rows: readonly SeenRow[], index: number): boolean {
  const width = filled(rows[index]?.cells ?? []).length
  return rows.slice(0, index).some(({ cells }) => width > 1 && new Set(filled(cells)).size >= width)
}

/** Names that reach over several rows: 「お客様」 merged above 「氏名」 and 「質問」. */
function bottomOf(rows: readonly SeenRow[], index: number): number {
  const header = rows[index] as SeenRow
  const bottom = header.areas.reduce((lowest, area) => Math.max(lowest, area?.bottom ?? 0), 0)
  const last = rows.findLastIndex(({ row }) => row <= bottom)
  const depth = last - index
  return depth > 0 && depth < deepestHeader && isLabels(rows[last]?.cells ?? []) ? last : index
}

/** Without names: single cells above the first row with more are a title. */
function firstWide(rows: readonly SeenRow[]): number {
  const width = rows.reduce((widest, { cells }) => Math.max(widest, new Set(filled(cells)).size), 0)
  return width < 2 ? 0 : rows.findIndex(({ cells }) => new Set(filled(cells)).size > 1)
}

/** Short words, none of them a sentence or a figure. */
function isLabels(cells: readonly string[]): boolean {
  return isNames(cells, 24) && filled(cells).every((word) => !sentence.test(word))
}

/** Several different words, none of them a figure. */
function isNames(cells: readonly string[], longest: number): boolean {
  const words = filled(cells)
  if (words.length === 0 || new Set(words).size < Math.min(2, cells.length)) return false
  return words.every((word) => word.length <= longest && !/^[\d.,:/年月日%¥$()\s-]+$/.test(word))
}

const sentence = /[。！!]|[？?]$|(です|ます|ました|ません|ですか|ますか|ください)$/

const filled = (cells: readonly string[]): string[] =>
  cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
