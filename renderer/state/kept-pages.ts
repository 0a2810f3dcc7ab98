// Pages of a long list that are at hand: the newest ones, those that are on their way, and those of the list as it was before.

/** pages that are kept: others are asked for again */
const mostPages = 40

export class KeptPages<T> {
  /** by their number, those that came last at the end */
  readonly #kept = new Map<number, readonly T[]>()
  readonly #asked = new Set<number>()
  readonly #stale = new Set<number>()

  constructor(private readonly size: number) {}

  /** Undefined: it is not at hand. */
  at(place: number): T | undefined {
    return this.#kept.get(Math.floor(place / this.size))?.[place % this.size]
  }

  get all(): readonly T[] {
    return [...this.#kept.values()].flat()
  }

  /** Of these places, the last one not itself: pages that are not there as they are now, and not on their way. */
  wanted(first: number, end: number): readonly number[] {
    const from = Math.floor(first / this.size)
    const to = Math.floor(Math.max(first, end - 1) / this.size)
    const pages = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    return pages.filter((page) => !this.#asked.has(page) && (!this.#kept.has(page) || this.#stale.has(page)))
  }

  asked(page: number): void {
    this.#asked.add(page)
  }

  failed(page: number): void {
    this.#asked.delete(page)
  }

  /** total: of the whole list */
  came(page: number, rows: readonly T[], total: number): void {
    this.#asked.delete(page)
    this.#stale.delete(page)
    this.#kept.delete(page)
    this.#kept.set(page, rows)
    for (const old of [...this.#kept.keys()])
      if (old * this.size >= Math.max(1, total) || this.#kept.size > mostPages) this.#kept.delete(old)
  }

  /** The list has changed: what is at hand stays in sight until it comes anew. */
  renew(): void {
    this.#asked.clear()
    for (const page of this.#kept.keys()) this.#stale.add(page)
  }

  /** It is another list. */
  clear(): void {
    for (const all of [this.#kept, this.#asked, this.#stale]) all.clear()
  }
}
