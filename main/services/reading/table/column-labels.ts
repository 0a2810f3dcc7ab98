// The names of a table's columns as they stand in it: each its own, and found again where a joined file says them once
// more. What they mean is recognise-shape's matter.
import { knownColumn } from '../recognise/column-names'
import { limits } from '../limits'

/** Names that are missing are numbers; what is there twice is numbered. */
export function uniqueNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, i) => {
    const name = cell.trim().slice(0, limits.name) || String(i + 1)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

/** For a row that says the names again: from which of its places each column comes from now on (they may have changed
 *  their order); null for a row of data. */
export function repeatedNames(cells: readonly string[], names: readonly string[]): readonly number[] | null {
  const first = cells.find((cell) => cell !== '')?.trim()
  // nearly every row of a table ends here
  if (first === undefined || first.length > 80) return null
  if (!names.includes(first) && knownColumn(first) === null) return null
  const said = cells.map((cell) => cell.trim())
  const filled = said.filter((cell) => cell !== '')
  if (filled.length < Math.min(2, names.length)) return null
  const asIs = names.map((_, i) => i)
  if (said.every((cell, i) => cell === '' || cell === names[i])) return asIs
  if (filled.every((cell) => names.includes(cell)) && new Set(filled).size === filled.length)
    return names.map((name) => said.indexOf(name))
  return otherNames(said, names)
}

/** Other words for the same columns: a table of question and answer joined to one of 質問 and 回答. */
function otherNames(said: readonly string[], names: readonly string[]): readonly number[] | null {
  // a single letter may well be data
  const roles = said.map((cell) => (cell.length > 1 && cell.length <= 80 ? knownColumn(cell) : null))
  if (said.length < 2 || roles.some((role) => role === null) || new Set(roles).size < roles.length)
    return null
  const wanted = names.map((name) => knownColumn(name))
  const places = wanted.map((role, i) => (role === null ? i : roles.indexOf(role)))
  return places.some((place) => place < 0) ? null : places
}
