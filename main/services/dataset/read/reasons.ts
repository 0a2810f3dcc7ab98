// Why the rows of a table were refused: what is said of it where none could be used.
import type { RefusedRow } from '../../../contract/records'

/** Why rows were refused: how often, and a row of each. */
export class Reasons {
  private readonly seen = new Map<string, { count: number; readonly row: RefusedRow }>()

  add(row: RefusedRow): void {
    const known = this.seen.get(row.reason)
    if (known) known.count++
    else this.seen.set(row.reason, { count: 1, row })
  }

  /** A row of the most common; null where none was refused. */
  mostCommon(): RefusedRow | null {
    return [...this.seen.values()].sort((a, b) => b.count - a.count)[0]?.row ?? null
  }
}
