// Merged areas while rows go by from top to bottom: the value in the upper left corner fills the whole area,
// as the eye reads it. Only the areas of the present row are looked at.
import type { Area } from './sheet-cells'

/** A cell as the eye sees it. */
export interface SeenCell<T> {
  readonly value: T
  /** the area whose value it shows; null for a cell that is not merged */
  readonly area: Area | null
  /** false where the value stands in another cell of the area */
  readonly own: boolean
}

export class MergedCells<T> {
  private readonly areas: readonly Area[]
  private next = 0
  private active: { readonly area: Area; value: T | undefined }[] = []

  constructor(areas: readonly Area[]) {
    this.areas = [...areas].sort((a, b) => a.top - b.top)
  }

  /** The cells of a row with the areas filled in, by column; asked for in ascending order of rows. */
  fill(row: number, own: ReadonlyMap<number, T>, columns: readonly number[]): Map<number, SeenCell<T>> {
    this.moveTo(row)
    const seen = new Map<number, SeenCell<T>>()
    for (const [column, value] of own) seen.set(column, { value, area: null, own: true })
    for (const entry of this.active) {
      const { area } = entry
      if (area.top === row) entry.value = own.get(area.left)
      if (entry.value === undefined) continue
      for (const column of columns) {
        if (column < area.left || column > area.right) continue
        // Excel keeps no other values inside an area; other programs do, and do not show them
        seen.set(column, { value: entry.value, area, own: column === area.left && row === area.top })
      }
    }
    return seen
  }

  private moveTo(row: number): void {
    this.active = this.active.filter(({ area }) => area.bottom >= row)
    for (let area = this.areas[this.next]; area && area.top <= row; area = this.areas[++this.next]) {
      if (area.bottom >= row) this.active.push({ area, value: undefined })
    }
  }
}
