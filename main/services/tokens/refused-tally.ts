// Refused rows counted, of which only the first are kept: there may be as many as a file has rows.
import type { RefusedRow } from '../../contract/records'

/** more than anybody is shown at once */
const mostKept = 200

export class RefusedTally {
  readonly first: RefusedRow[] = []
  readonly #byReason = new Map<string, { count: number; readonly row: RefusedRow }>()
  #count = 0

  static of(...rows: readonly (readonly RefusedRow[])[]): RefusedTally {
    const tally = new RefusedTally()
    for (const some of rows) tally.add(some)
    return tally
  }

  get count(): number {
    return this.#count
  }

  add(rows: readonly RefusedRow[]): void {
    this.#count += rows.length
    for (const row of rows) {
      if (this.first.length < mostKept) this.first.push(row)
      const known = this.#byReason.get(row.reason)
      if (known) known.count++
      else this.#byReason.set(row.reason, { count: 1, row })
    }
  }

  /** The first row that was refused for the reason that most of them have. */
  get mostCommon(): RefusedRow | null {
    const [most] = [...this.#byReason.values()].sort((a, b) => b.count - a.count)
    return most?.row ?? null
  }
}
