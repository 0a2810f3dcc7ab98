// A file whose rows are sorted: chosen, looked at, its column said, sorted with progress until it is done or stopped, saved.
import { NeiroError } from '../../main/contract/errors'
import type { FileRef } from '../../main/contract/window/app'
import type { SortingCalls } from '../../main/contract/window/sorting'
import { call, on } from '../api.svelte'
import { pickFiles } from '../lib/pick-files'
import { saveText } from '../lib/save-text'
import { app } from './app.svelte'
import { chooser } from './chooser.svelte'
import { HandOver } from './hand-over.svelte'
import { troubles } from './troubles.svelte'

type Looked = SortingCalls['sorting.look']['result'] & { readonly id: string; readonly name: string }

export class FileSorting {
  #looked = $state.raw<Looked | null>(null)
  #looking = $state(false)
  #working = $state.raw<{ readonly run: string; readonly done: number; readonly total: number } | null>(null)
  #done = $state.raw<{ readonly name: string; readonly rows: number; readonly unread: number } | null>(null)
  #stopped = $state(false)
  readonly handOver = new HandOver()
  column = $state('')

  constructor() {
    on('sorting.progress', (progress) => {
      if (this.#working?.run === progress.run) this.#working = progress
    })
  }

  /** the file that is chosen; null: none yet */
  get looked(): Looked | null {
    return this.#looked
  }
  get looking(): boolean {
    return this.#looking
  }
  get working(): { readonly done: number; readonly total: number } | null {
    return this.#working
  }
  get done(): { readonly name: string; readonly rows: number; readonly unread: number } | null {
    return this.#done
  }
  get stopped(): boolean {
    return this.#stopped
  }

  clear(): void {
    this.#looked = this.#done = null
    this.#stopped = false
  }

  async choose(): Promise<void> {
    await troubles.attempt(async () => {
      const [chosen] = await this.#chosen()
      if (!chosen) return
      this.clear()
      this.#looking = true
      try {
        const looked = await call('sorting.look', { fileId: chosen.id })
        this.#looked = { ...looked, id: chosen.id, name: chosen.name }
        this.column = looked.column
      } finally {
        this.#looking = false
      }
    })
  }

  async sort(run: string, threshold: number): Promise<void> {
    const { looked, column } = { looked: this.#looked, column: this.column }
    if (!looked || this.#working) return
    this.#done = null
    this.#stopped = false
    this.#working = { run, done: 0, total: looked.rows }
    await troubles.attempt(async () => {
      try {
        const { text, ...file } = await call('sorting.file', { run, fileId: looked.id, column, threshold })
        saveText(file.name, text)
        this.#done = file
      } catch (error) {
        // what the user has ended is no error
        if (!(error instanceof NeiroError) || error.code !== 'CANCELLED') throw error
        this.#stopped = true
      } finally {
        this.#working = null
      }
    })
  }

  async stop(): Promise<void> {
    const run = this.#working?.run
    if (run !== undefined) await troubles.attempt(() => call('sorting.stop', { run }))
  }

  /** A browser has a chooser of files of its own. */
  async #chosen(): Promise<readonly FileRef[]> {
    if (app.info?.dialogs !== 'page') return chooser.choose('data-files')
    const picked = await pickFiles()
    return picked.files.length > 0 ? this.handOver.take(picked) : []
  }
}
