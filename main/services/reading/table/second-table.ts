// A table may be followed by another one of other columns in the same sheet or file: behind an empty row, what looks like
// names. Its rows are read as those of the first one; that it seems to begin there is said. Pure.
import type { FieldNote } from '../../../contract/records'

/** Rows of the first table that show how its cells look. */
const looked = 50
const fewest = 3
const longestName = 14
const longestShown = 40

export class SecondTable {
  #rows = 0
  #likeNames = 0
  #begins: { readonly row: number; readonly shown: string } | null = null
  #behind = 0

  /** cells: as they are seen; behindEmpty: does an empty row stand above? */
  row(row: number, cells: readonly string[], behindEmpty: boolean): void {
    if (this.#begins) {
      this.#behind++
      return
    }
    if (behindEmpty && this.#rows >= fewest && this.#likeNames * 2 < this.#rows && areLikeNames(cells)) {
      const shown = cells.filter((cell) => cell.trim() !== '').join(' | ')
      this.#begins = { row, shown: shown.slice(0, longestShown) }
      return
    }
    if (this.#rows >= looked) return
    this.#rows++
    if (areLikeNames(cells)) this.#likeNames++
  }

  /** None where nothing stands below the names. */
  notes(): readonly FieldNote[] {
    if (!this.#begins || this.#behind === 0) return []
    const { row, shown } = this.#begins
    return [{ kind: 'second-table', field: `${row}: ${shown}`, count: this.#behind }]
  }
}

/** Short words in two cells and more, and nothing of a sentence. */
function areLikeNames(cells: readonly string[]): boolean {
  let filled = 0
  for (const cell of cells) {
    if (cell.length > longestName || /[。、，.?？!！\d:：\n]/.test(cell)) return false
    if (cell.trim() !== '') filled++
  }
  return filled >= 2
}
