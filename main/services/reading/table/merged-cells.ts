// Merged areas while rows go by from top to bottom: the value in the upper left corner fills the whole area,
// as the eye reads it. Only the areas of the present row are looked at; over each column lies one at most.
import { limits } from '../limits'
import type { Area } from './grid'

/** A cell as the eye sees it. */
export interface SeenCell<T> {
  readonly value: T
  /** the area whose value it shows; null for a cell that is not merged */
  readonly area: Area | null
  /** false where the value stands in another cell of the area */
  readonly own: boolean
}

interface Open<T> {
  readonly area: Area
  value: T | undefined
}

export class MergedCells<T> {
  private readonly areas: readonly Area[]
  private next = 0
  /** the area over a column; of areas that lie over one another, as no program writes them, the first */
  private readonly open = new Map<number, Open<T>>()

  constructor(areas: readonly Area[]) {
    this.areas = [...areas].sort((a, b) => a.top - b.top)
  }

  /** The cells of a row with the areas filled in, by column; asked for in ascending order of rows. `columns` are those in
   *  use, in order. */
  fill(row: number, own: ReadonlyMap<number, T>, columns: readonly number[]): Map<number, SeenCell<T>> {
    this.moveTo(row, columns)
    const seen = new Map<number, SeenCell<T>>()
    for (const [column, value] of own) seen.set(column, { value, area: null, own: true })
    for (const [column, open] of this.open) {
      const { area } = open
      if (area.top === row) open.value = own.get(area.left)
      if (open.value === undefined) continue
      // Excel keeps no other values inside an area; other programs do, and do not show them
      seen.set(column, { value: open.value, area, own: column === area.left && row === area.top })
    }
    return seen
  }

  private moveTo(row: number, columns: readonly number[]): void {
    for (const [column, { area }] of this.open) if (area.bottom < row) this.open.delete(column)
    for (let area = this.areas[this.next]; area && area.top <= row; area = this.areas[++this.next]) {
      if (area.bottom >= row) this.begin(area, columns)
    }
  }

  private begin(area: Area, columns: readonly number[]): void {
    const open: Open<T> = { area, value: undefined }
    for (let i = firstFrom(columns, area.left); i < columns.length; i++) {
      const column = columns[i] as number
      if (column > area.right || this.open.has(column) || this.open.size >= limits.mergedColumns) return
      this.open.set(column, open)
    }
  }
}

/** Index of the first column that is not left of a place. */
function firstFrom(columns: readonly number[], left: number): number {
  let [low, high] = [0, columns.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((columns[middle] as number) < left) low = middle + 1
    else high = middle
  }
  return low
}
