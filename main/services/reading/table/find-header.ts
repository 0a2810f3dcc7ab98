// Which row of a sheet or of a table of text holds the names of its columns: titles, dates of print and the like
// often stand above it. Looks at the first rows only, as the eye sees them; what the names mean is recognise-shape's
// matter.
import type { Certainty } from '../../../contract/records'
import { certain, fairly, hardly } from '../recognise/certainty'
import { hintedColumn, knownColumn, type Role } from '../recognise/column-names'

/** Filled rows in which the header is looked for. */
export const lookedAt = 60
const mostTitles = 5

/** A row as the eye sees it: one text for each column in use, '' where there is none. */
export interface SeenRow {
  readonly row: number
  readonly cells: readonly string[]
  /** for each column the area that its text fills, where cells are merged */
  readonly areas?: readonly ({ readonly bottom: number } | null)[]
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
  const named = byNames(rows, 2) ?? byNames(rows, 1) ?? firstNamed(rows)
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
    // two known names say so much that others beside them may be long, and may stand anywhere; in the first row of several
    // cells the others may be whatever they like
    const mayBe = isNames(cells, 80) || rows.slice(0, i).every((above) => filled(above.cells).length < 2)
    if (roles > 1 && mayBe && rolesOf(cells, knownColumn).size >= roles) return true
    // words that only hint at a role stand in sentences too: not below a table, where people write them
    if (roles > 1 ? !isNames(cells, 80) : !isLabels(cells)) return false
    return (
      !isBelowTable(rows, i) &&
      rolesOf(cells, (cell) => knownColumn(cell) ?? hintedColumn(cell)).size >= roles
    )
  })
  return at < 0 ? null : at
}

/** The first row of several cells, where it has one name that is known beside whatever others. */
function firstNamed(rows: readonly SeenRow[]): number | null {
  const at = rows.findIndex(({ cells }) => filled(cells).length > 1 || cells.length === 1)
  return rows[at]?.cells.some((cell) => cell.length <= 80 && knownColumn(cell) !== null) ? at : null
}

function rolesOf(cells: readonly string[], roleOf: (cell: string) => Role | null): ReadonlySet<Role | null> {
  const found = new Set(cells.map((cell) => (cell.length <= 80 ? roleOf(cell) : null)))
  found.delete(null)
  return found
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
  const bottom = (header.areas ?? []).reduce((lowest, area) => Math.max(lowest, area?.bottom ?? 0), 0)
  const last = rows.findLastIndex(({ row }) => row <= bottom)
  const depth = last - index
  return depth > 0 && depth < deepestHeader && isLabels(rows[last]?.cells ?? []) ? last : index
}

/** Without names: single cells above the first row with more are a title. */
function firstWide(rows: readonly SeenRow[]): number {
  const width = rows.reduce((widest, { cells }) => Math.max(widest, new Set(filled(cells)).size), 0)
  return width < 2 ? 0 : rows.findIndex(({ cells }) => new Set(filled(cells)).size > 1)
}

/** What stands above the table, for the user to see that it was left out. */
export function titlesOf(rows: readonly SeenRow[], { start }: Pick<Header, 'start'>): string[] {
  return rows
    .slice(0, start)
    .map(({ cells }) => [...new Set(cells.filter((cell) => cell.trim() !== ''))].join(' ').slice(0, 80))
    .slice(0, mostTitles)
}

/** Short words, none of them a sentence or a figure; letters take more of them to say as much. */
function isLabels(cells: readonly string[]): boolean {
  const isShort = (word: string): boolean => word.length <= (isAscii(word) ? 40 : 24)
  return isNames(cells, 40) && filled(cells).every((word) => isShort(word) && !isSentence(word))
}

/** Several different words, none of them a figure. */
function isNames(cells: readonly string[], longest: number): boolean {
  const words = filled(cells)
  if (words.length === 0 || new Set(words).size < Math.min(2, cells.length)) return false
  return words.every((word) => word.length <= longest && !isFigure(word))
}

const sentenceEnds = ['です', 'ます', 'ました', 'ません', 'ですか', 'ますか', 'ください', '?', '？']

function isSentence(word: string): boolean {
  return /[。！!]/.test(word) || sentenceEnds.some((end) => word.endsWith(end))
}

const isFigure = (word: string): boolean => /^[\d.,:/年月日%¥$()\s-]+$/.test(word)
const isAscii = (word: string): boolean => /^[\x20-\x7e]*$/.test(word)

const filled = (cells: readonly string[]): string[] =>
  cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
