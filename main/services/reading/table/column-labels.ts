// The names of a table's columns as they stand in it: each its own, and found again where a joined file says them once
// more. What they mean is recognise-shape's matter.
import { isRefusedList } from '../../../files/refused-list'
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

/** Columns up to which every row has all of them, empty ones too; in a wider table only those with something in them,
 *  so that many short rows below many names cost no more than they are long. */
const widest = 64

/** Rows of cells as rows of named values. */
export class ColumnLabels {
  /** a joined file may have its columns in another order from here on */
  private places: readonly number[] | null = null
  private readonly known: ReadonlySet<string>
  /** a list of ours, whose texts are kept from being taken for formulas */
  readonly areGuarded: boolean

  /** `hasNames`: they stand in the table, and may stand there again. */
  constructor(
    readonly names: readonly string[],
    private readonly hasNames: boolean
  ) {
    this.known = new Set(names)
    this.areGuarded = isRefusedList(names)
  }

  /** Cells that are missing at the end are empty. */
  valuesOf<T>(cells: readonly (T | undefined)[]): Readonly<Record<string, T | ''>> {
    const { names, places } = this
    const length = Math.min(names.length, Math.max(cells.length, widest))
    if (places || this.known.has('__proto__')) {
      // assigning to __proto__ would not make a value of that name
      return Object.fromEntries(
        names.slice(0, length).map((name, i) => [name, cells[places?.[i] ?? i] ?? ''])
      )
    }
    const values: Record<string, T | ''> = {}
    for (let i = 0; i < length; i++) values[names[i] as string] = cells[i] ?? ''
    return values
  }

  /** The same for cells by their place: a wide table may have rows of few. */
  valuesAt<T>(cells: ReadonlyMap<number, T>): Readonly<Record<string, T | ''>> {
    const { names } = this
    if (names.length <= widest || this.places) return this.valuesOf(dense(cells, names.length))
    return Object.fromEntries([...cells].map(([i, value]) => [names[i] as string, value]))
  }

  isRepeatedAt(cells: ReadonlyMap<number, string>): boolean {
    const { length } = this.names
    return (length <= widest || cells.size * 2 > length) && this.isRepeated(dense(cells, length, ''))
  }

  /** Does the row say the names again? The rows below it then come in the order that it names. */
  isRepeated(cells: readonly string[]): boolean {
    const places = this.hasNames ? this.repeated(cells) : null
    if (places) this.places = places.every((place, i) => place === i) ? null : places
    return places !== null
  }

  private repeated(cells: readonly string[]): readonly number[] | null {
    const { names } = this
    const first = cells.find((cell) => cell !== '')?.trim()
    // nearly every row of a table ends here
    if (first === undefined || first.length > limits.name) return null
    if (!this.known.has(first) && (first.length > 80 || knownColumn(first) === null)) return null
    const said = cells.map((cell) => cell.trim())
    const filled = said.filter((cell) => cell !== '')
    if (filled.length < Math.min(2, names.length)) return null
    if (said.every((cell, i) => cell === '' || cell === names[i])) return names.map((_, i) => i)
    if (filled.every((cell) => this.known.has(cell)) && new Set(filled).size === filled.length)
      return names.map((name) => said.indexOf(name))
    return otherNames(said, names)
  }
}

function dense<T>(cells: ReadonlyMap<number, T>, length: number): (T | undefined)[]
function dense<T>(cells: ReadonlyMap<number, T>, length: number, empty: T): T[]
function dense<T>(cells: ReadonlyMap<number, T>, length: number, empty?: T): (T | undefined)[] {
  return Array.from({ length }, (_, i) => cells.get(i) ?? empty)
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
