// The rows of the open project as a list of any length: only those around what is seen are asked for, and kept a while.
import type { ExampleRow, RowOrder, RowsAmong } from '../../main/contract/window/data'
import { call } from '../api.svelte'
import { KeptPages } from './kept-pages'
import { rowsPerPage } from './row-pages'

/** what is listed, and in which order */
export interface Listed extends RowsAmong {
  readonly project: string
  readonly order: RowOrder
  /** of the set as it is now */
  readonly fingerprint: string
}

export class RowsList {
  /** null: not known yet */
  #total = $state.raw<number | null>(null)
  #failure = $state.raw<unknown>(null)
  #listed: Listed | null = null
  readonly #pages = new KeptPages<ExampleRow>(rowsPerPage)
  /** another one whenever a page comes */
  #come = $state.raw(0)

  get total(): number | null {
    return this.#total
  }
  get failure(): unknown {
    return this.#failure
  }
  /** some rows that are at hand */
  get some(): readonly ExampleRow[] {
    void this.#come
    return this.#pages.all
  }

  /** Undefined: it is on its way. */
  at(place: number): ExampleRow | undefined {
    void this.#come
    return this.#pages.at(place)
  }

  /** What is listed from now on. Of the same project the old rows stay in sight until the new ones come. */
  show(listed: Listed): void {
    const before = this.#listed
    if (JSON.stringify(before) === JSON.stringify(listed)) return
    this.#listed = listed
    this.#failure = null
    if (before?.project === listed.project) this.#pages.renew()
    else {
      this.#pages.clear()
      this.#total = null
    }
    void this.#ask(0)
  }

  /** Rows from `first`, and not `end` itself, are seen. */
  see(first: number, end: number): void {
    void this.#come
    for (const page of this.#pages.wanted(first, end)) void this.#ask(page)
  }

  async #ask(page: number): Promise<void> {
    const listed = this.#listed
    if (!listed) return
    this.#pages.asked(page)
    const { fingerprint: _, ...asked } = listed
    try {
      const { total, rows } = await call('data.rows', {
        ...asked,
        offset: page * rowsPerPage,
        limit: rowsPerPage
      })
      if (this.#listed !== listed) return
      this.#pages.came(page, rows, total)
      this.#total = total
      this.#come++
    } catch (error) {
      if (this.#listed !== listed) return
      this.#pages.failed(page)
      this.#failure = error
    }
  }
}
