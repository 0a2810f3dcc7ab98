// The data room of the open project: files as recognised, the preview, rows and refusals, one page at a time.
import type { DataOverrides } from '../../main/contract/records'
import type { Calls } from '../../main/contract/channels'
import type { FileRef } from '../../main/contract/window/app'
import type {
  DataFileView,
  DataView,
  ExamplePreview,
  Normalisation,
  TokenHistogram
} from '../../main/contract/window/data'
import { call, on, onReturn } from '../api.svelte'
import type { Dropped } from '../lib/dropped'
import { HandOver } from './hand-over.svelte'

type Rows = Calls['data.rows']['result']
type Refused = Calls['data.refused']['result']

export const rowsPerPage = 50

class DataRoom {
  /** what is dropped, until main has it */
  readonly handOver = new HandOver()
  #project: string | null = null
  #view = $state.raw<DataView | null>(null)
  #selected = $state<string | null>(null)
  #preview = $state.raw<ExamplePreview | null>(null)
  #rows = $state.raw<Rows | null>(null)
  #refused = $state.raw<Refused | null>(null)
  #histogram = $state.raw<TokenHistogram | null>(null)
  #reading = $state.raw<{ file: string; done: number; total: number } | null>(null)
  #busy = $state(false)
  #failure = $state.raw<unknown>(null)

  constructor() {
    on('data.progress', (progress) => {
      if (progress.project === this.#project && this.#busy) this.#reading = progress
    })
    onReturn(() => void this.#change((project) => call('data.get', { project })))
  }

  get view(): DataView | null {
    return this.#view
  }
  /** a file of which nothing can be used yet can be looked at where it has columns to choose from */
  get selected(): DataFileView | null {
    return (
      this.#view?.files.find(
        (file) => file.id === this.#selected && (!file.error || file.columns.length > 0)
      ) ??
      this.#view?.files.find((file) => !file.error) ??
      null
    )
  }
  get preview(): ExamplePreview | null {
    return this.#preview
  }
  get rows(): Rows | null {
    return this.#rows
  }
  get refused(): Refused | null {
    return this.#refused
  }
  get histogram(): TokenHistogram | null {
    return this.#histogram
  }
  /** the file being read; null when nothing is */
  get reading(): { file: string; done: number; total: number } | null {
    return this.#reading
  }
  get busy(): boolean {
    return this.#busy
  }
  get failure(): unknown {
    return this.#failure
  }

  /** Shows the data of a project, from scratch. */
  async open(project: string): Promise<void> {
    if (project !== this.#project) this.handOver.stop()
    this.handOver.clear()
    this.#project = project
    this.#view = this.#preview = this.#rows = this.#refused = this.#histogram = null
    this.#selected = null
    await this.#change(() => call('data.get', { project }))
  }

  async drop(dropped: Dropped): Promise<void> {
    const project = this.#project
    await this.#attempt(async () => {
      this.#busy = true
      const refs = await this.handOver.take(dropped).finally(() => (this.#busy = false))
      // another project may have been opened meanwhile
      if (this.#project === project) await this.#add(refs)
    })
  }

  async add(refs: readonly FileRef[]): Promise<void> {
    this.handOver.clear()
    await this.#add(refs)
  }

  async #add(refs: readonly FileRef[]): Promise<void> {
    if (refs.length === 0) return
    await this.#change((project) => call('data.add', { project, fileIds: refs.map((ref) => ref.id) }))
  }

  async cancel(): Promise<void> {
    this.handOver.stop()
    if (this.#project) await call('data.cancel', { project: this.#project })
  }

  async select(file: string): Promise<void> {
    this.#selected = file
    await this.showPreview(0)
  }

  async removeFile(file: string): Promise<void> {
    await this.#change((project) => call('data.removeFile', { project, file }))
  }

  async setOverrides(file: string, overrides: DataOverrides): Promise<void> {
    await this.#change((project) => call('data.setOverrides', { project, file, overrides }))
  }

  async setNormalisation(kind: Normalisation, applied: boolean): Promise<void> {
    await this.#change((project) => call('data.setNormalisation', { project, kind, applied }))
  }

  async edit(
    index: number,
    change: { question?: string; answer?: string; removed?: boolean }
  ): Promise<void> {
    await this.#change((project) => call('data.editExample', { project, index, ...change }))
  }

  async undo(): Promise<void> {
    await this.#change((project) => call('data.undo', { project }))
  }

  async showPreview(index: number): Promise<void> {
    await this.#attempt(async () => {
      const file = this.selected
      this.#preview =
        this.#project && file && file.examples > 0
          ? await call('data.preview', { project: this.#project, file: file.id, index })
          : null
    })
  }

  async showRows(offset: number, search: string): Promise<void> {
    await this.#attempt(async () => {
      if (this.#project)
        this.#rows = await call('data.rows', { project: this.#project, offset, limit: rowsPerPage, search })
    })
  }

  async showRefused(offset: number): Promise<void> {
    await this.#attempt(async () => {
      if (this.#project)
        this.#refused = await call('data.refused', { project: this.#project, offset, limit: rowsPerPage })
    })
  }

  async showHistogram(maxSeqLength: number): Promise<void> {
    await this.#attempt(async () => {
      if (this.#project && (this.#view?.examples ?? 0) > 0)
        this.#histogram = await call('data.histogram', { project: this.#project, maxSeqLength })
    })
  }

  async refusedFile(): Promise<{ name: string; text: string } | null> {
    return this.#project ? call('data.refusedFile', { project: this.#project }) : null
  }

  /** Runs a change that answers with the new view, then renews what is shown of it. */
  async #change(change: (project: string) => Promise<DataView>): Promise<void> {
    const project = this.#project
    if (!project) return
    await this.#attempt(async () => {
      this.#busy = true
      try {
        const view = await change(project)
        if (this.#project !== project) return
        this.#view = view
      } finally {
        this.#busy = false
        this.#reading = null
      }
      await this.showPreview(0)
    })
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.#failure = null
    try {
      await work()
    } catch (error) {
      this.#failure = error
    }
  }
}

export const dataRoom = new DataRoom()
