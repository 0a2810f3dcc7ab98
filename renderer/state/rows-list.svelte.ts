// The rows of the open project as a list of any length: only those around what is seen are asked for, and kept a while.
import type { ExampleRow, RowOrder, RowsAmong } from '../../main/contract/window/data'
import { call } from '../api.svelte'
import { rowsPerPage } from './row-pages'

/** what is listed, and in which order */
export interface Listed extends RowsAmong {
  readonly project: string
  readonly order: RowOrder
  /** of the set as it is now */
  readonly fingerprint: string
}

/** pages that are kept: others are asked for again */
const mostPages = 40

export class RowsList {
  /** null: not known yet */
  #total = $state.raw<number | null>(null)
  /** by their number, those seen last at the end; replaced whenever one comes */
  #pages = $state.raw<ReadonlyMap<number, readonly ExampleRow[]>>(new Map())
  #failure = $state.raw<unknown>(null)
  #listed: Listed | null = null
  /** pages that are on their way, or of the set as it was before */
  #asked = new Set<number>()
  #stale = new Set<number>()

  get total(): number | null {
    return this.#total
  }
  get failure(): unknown {
    return this.#failure
  }
  /** some rows that are at hand */
  get some(): readonly ExampleRow[] {
    return [...this.#pages.values()].flat()
  }

  /** Undefined: it is on its way. */
  at(place: number): ExampleRow | undefined {
    return this.#pages.get(Math.floor(place / rowsPerPage))?.[place % rowsPerPage]
  }

  /** What is listed from now on. Of the same list with other rows in it, the old ones stay in sight until the new ones come. */
  show(listed: Listed): void {
    const before = this.#listed
    if (JSON.stringify(before) === JSON.stringify(listed)) return
    this.#listed = listed
    this.#asked = new Set()
    this.#failure = null
    if (before?.project === listed.project) this.#stale = new Set(this.#pages.keys())
    else {
      this.#stale = new Set()
      this.#pages = new Map()
      this.#total = null
    }
    void this.#ask(0)
  }

  /** Rows from `first`, and not `end` itself, are seen. */
  see(first: number, end: number): void {
    const last = Math.floor(Math.max(first, end - 1) / rowsPerPage)
    for (let page = Math.floor(first / rowsPerPage); page <= last; page++)
      if (!this.#pages.has(page) || this.#stale.has(page)) void this.#ask(page)
  }

  async #ask(page: number): Promise<void> {
    const listed = this.#listed
    if (!listed || this.#asked.has(page)) return
    this.#asked.add(page)
    const { fingerprint: _, ...asked } = listed
    try {
      const found = await call('data.rows', { ...asked, offset: page * rowsPerPage, limit: rowsPerPage })
      if (this.#listed === listed) this.#take(page, found)
    } catch (error) {
      if (this.#listed === listed) this.#failure = error
    }
    if (this.#listed === listed) this.#asked.delete(page)
  }

  #take(
    page: number,
    { total, rows }: { readonly total: number; readonly rows: readonly ExampleRow[] }
  ): void {
    const last = Math.max(0, Math.ceil(total / rowsPerPage) - 1)
    const kept = [...this.#pages].filter(([at]) => at !== page && at <= last)
    this.#stale.delete(page)
    this.#pages = new Map([...kept, [page, rows] as const].slice(-mostPages))
    this.#total = total
  }
}
