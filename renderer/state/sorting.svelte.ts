// Texts that are sorted: labels of the data, how well a run sorts, rows behind a cell, a text that is tried.
import type { LabelsView, SaidLabel, SortedRow, SortingView } from '../../main/contract/window/sorting'
import { call } from '../api.svelte'
import { FileSorting } from './file-sorting.svelte'
import { troubles } from './troubles.svelte'

/** Rows that are looked at; labels by their number, null: any. */
export interface Behind {
  readonly is: number | null
  readonly said: number | null
  readonly wrong: boolean
}

const usual = 0.5
export const rowsPage = 20
const wrongOnes: Behind = { is: null, said: null, wrong: true }

class SortingRoom {
  #labels = $state.raw<LabelsView | null>(null)
  #view = $state.raw<SortingView | null>(null)
  #failure = $state.raw<unknown>(null)
  #behind = $state.raw<Behind>(wrongOnes)
  #rows = $state.raw<{ total: number; offset: number; rows: readonly SortedRow[] } | null>(null)
  #tried = $state.raw<readonly SaidLabel[] | null>(null)
  readonly file = new FileSorting()
  #busy = $state(false)
  #threshold = $state(usual)
  /** what stands in the box */
  draft = $state('')
  /** counts questions: an answer that comes late is nobody's */
  #turn = 0

  /** of the data that are open; null: nothing is sorted, or nobody knows yet */
  get labels(): LabelsView | null {
    return this.#labels
  }
  get view(): SortingView | null {
    return this.#view
  }
  get failure(): unknown {
    return this.#failure
  }
  get behind(): Behind {
    return this.#behind
  }
  get rows(): { total: number; offset: number; rows: readonly SortedRow[] } | null {
    return this.#rows
  }
  get tried(): readonly SaidLabel[] | null {
    return this.#tried
  }
  get busy(): boolean {
    return this.#busy
  }
  get threshold(): number {
    return this.#threshold
  }

  async count(project: string): Promise<void> {
    const turn = ++this.#turn
    const labels = await call('sorting.labels', { project }).catch(() => null)
    if (turn === this.#turn) this.#labels = labels
  }

  async open(run: string): Promise<void> {
    if (this.#view?.run !== run) {
      this.#view = null
      this.#tried = null
      this.file.clear()
      this.#threshold = usual
      this.#behind = wrongOnes
    }
    await this.#read(run)
  }

  async setThreshold(run: string, threshold: number): Promise<void> {
    this.#threshold = threshold
    await this.#read(run)
  }

  async look(run: string, behind: Partial<Behind> = wrongOnes, offset = 0): Promise<void> {
    this.#behind = { is: null, said: null, wrong: false, ...behind }
    const asked = { run, threshold: this.#threshold, ...this.#behind, offset, limit: rowsPage }
    await troubles.attempt(async () => {
      this.#rows = { offset, ...(await call('sorting.rows', asked)) }
    })
  }

  async try(run: string): Promise<void> {
    const text = this.draft.trim()
    if (text === '') return
    await this.#work(async () => {
      this.#tried = await call('sorting.try', { run, text, threshold: this.#threshold })
    })
  }

  async #read(run: string): Promise<void> {
    const turn = ++this.#turn
    this.#failure = null
    try {
      const view = await call('sorting.report', { run, threshold: this.#threshold })
      if (turn !== this.#turn) return
      this.#view = view
      await this.look(run, this.#behind)
    } catch (error) {
      if (turn === this.#turn) this.#failure = error
    }
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.#busy = true
    try {
      await troubles.attempt(work)
    } finally {
      this.#busy = false
    }
  }
}

export const sortingRoom = new SortingRoom()
