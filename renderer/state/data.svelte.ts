// The data room of the open project: files as recognised, the preview, rows and refusals, one page at a time.
import type { OverridesChange } from '../../main/contract/records'
import type { Calls } from '../../main/contract/channels'
import type { FileRef } from '../../main/contract/window/app'
import type {
  DataChange,
  DataFileView,
  DataView,
  ExamplePreview,
  Normalisation,
  RefusedView,
  TokenHistogram
} from '../../main/contract/window/data'
import { call, on, onReturn } from '../api.svelte'
import type { Dropped } from '../lib/dropped'
import { firstShown } from '../lib/used-file'
import { awaitedFiles } from './awaited-files'
import { HandOver } from './hand-over.svelte'
import { projects } from './projects.svelte'
import { paged, rowsPerPage } from './row-pages'

/** a page of a list, and where it begins: not where it was asked for when the list has become shorter */
type Page<C extends 'data.refused' | 'data.source'> = Calls[C]['result'] & {
  readonly offset: number
}

/** A change that can be taken back as long as nothing else was changed since. */
export interface Undoable extends DataChange {
  readonly project: string
}
/** What came of a change; null where nothing of it can be taken back. */
export type Outcome =
  { readonly ok: true; readonly change: Undoable | null } | { readonly ok: false; readonly error: unknown }

class DataRoom {
  /** what is dropped, until main has it */
  readonly handOver = new HandOver()
  #project: string | null = null
  #view = $state.raw<DataView | null>(null)
  #selected = $state<string | null>(null)
  #preview = $state.raw<ExamplePreview | null>(null)
  #source = $state.raw<Page<'data.source'> | null>(null)
  #refused = $state.raw<Page<'data.refused'> | null>(null)
  #histogram = $state.raw<TokenHistogram | null>(null)
  #reading = $state.raw<{ file: string; done: number; total: number } | null>(null)
  #opening = $state(false)
  #counting = $state(false)
  /** changes under way, and those of them that can be stopped; counted apart from what is shown of them, so that
   *  whoever begins one does not depend on it */
  #working = 0
  #stoppable = 0
  #busy = $state(false)
  #canStop = $state(false)
  /** the newest question of each kind: an answer to an older one is not shown any more */
  readonly #newest = new Map<string, symbol>()
  /** how often the set was changed, as was told: by another window where it is more than this one knows of */
  #told = 0
  #failure = $state.raw<unknown>(null)

  constructor() {
    on('data.progress', (progress) => {
      if (progress.project === this.#project && this.busy) this.#reading = progress
    })
    on('data.changed', ({ project, changes }) => {
      if (project !== this.#project) return
      this.#told = changes
      this.#catchUp()
    })
    onReturn(() => void this.#change((project) => call('data.get', { project })))
  }

  get view(): DataView | null {
    return this.#view
  }
  /** a file of which nothing can be used yet can be looked at where it has columns to choose from */
  get selected(): DataFileView | null {
    const files = this.#view?.files ?? []
    const chosen = files.find(
      (file) => file.id === this.#selected && (!file.error || file.columns.length > 0)
    )
    return chosen ?? firstShown(files, projects.current?.goal ?? 'tone')
  }
  get preview(): ExamplePreview | null {
    return this.#preview
  }
  /** rows of the selected file as they stand in it */
  get source(): Page<'data.source'> | null {
    return this.#source
  }
  get refused(): Page<'data.refused'> | null {
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
  /** what is being read just now can be given up, and the set stays as it was */
  get canStop(): boolean {
    return this.#canStop
  }
  /** nothing is known of the project yet */
  get loading(): boolean {
    return this.#opening && this.#view === null
  }
  /** lengths are being counted */
  get counting(): boolean {
    return this.#counting
  }
  /** what can be taken back last */
  get lastChange(): Undoable | null {
    const change = this.#view?.lastChange
    return change && this.#project ? { ...change, project: this.#project } : null
  }
  /** what was taken back last and can be done again */
  get takenBack(): Undoable | null {
    const change = this.#view?.takenBack
    return change && this.#project ? { ...change, project: this.#project } : null
  }
  /** Nothing of its set was changed since, as far as this window knows; of another project nobody takes it back here. */
  isLast({ project, entry }: Undoable): boolean {
    return this.#project === project && (this.#view === null || this.#view.lastChange?.entry === entry)
  }
  get failure(): unknown {
    return this.#failure
  }
  /** the one whose data are shown */
  get project(): string | null {
    return this.#project
  }

  /** Shows the data of a project, from scratch. */
  async open(project: string): Promise<void> {
    if (project !== this.#project) this.handOver.stop()
    this.handOver.clear()
    this.#project = project
    this.#view = this.#preview = this.#source = this.#refused = this.#histogram = null
    this.#selected = null
    this.#newest.clear()
    this.#told = 0
    this.#opening = true
    this.#counting = false
    await this.#change(() => call('data.get', { project }))
    if (this.#project !== project) return
    this.#opening = false
    await this.#add(awaitedFiles.take(project))
  }

  /** Once more, after a failure. */
  async reopen(): Promise<void> {
    if (this.#project) await this.open(this.#project)
  }

  async drop(dropped: Dropped): Promise<void> {
    const project = this.#project
    await this.#attempt(async () => {
      this.#count(1, false)
      const refs = await this.handOver.take(dropped).finally(() => this.#count(-1, false))
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
    const fileIds = refs.map((ref) => ref.id)
    await this.#change((project) => call('data.add', { project, fileIds }), { canStop: true })
  }

  async cancel(): Promise<void> {
    this.handOver.stop()
    if (this.#project) await call('data.cancel', { project: this.#project })
  }

  async select(file: string): Promise<void> {
    this.#selected = file
    await this.showPreview(0)
  }

  async removeFile(file: string): Promise<Outcome> {
    return this.#change((project) => call('data.removeFile', { project, file }))
  }

  async setOverrides(file: string, overrides: OverridesChange): Promise<Outcome> {
    // the list of its columns stays in sight, also where nothing can be read any more
    this.#selected = file
    return this.#change((project) => call('data.setOverrides', { project, file, overrides }), {
      canStop: true
    })
  }

  async setNormalisation(kind: Normalisation, applied: boolean): Promise<Outcome> {
    return this.#change((project) => call('data.setNormalisation', { project, kind, applied }))
  }

  /** The caller says what went wrong: it stands where the text was typed. */
  async edit(
    index: number,
    change: { question?: string; answer?: string; other?: string; removed?: boolean }
  ): Promise<Outcome> {
    return this.#change((project) => call('data.editExample', { project, index, ...change }), { quiet: true })
  }

  /** Makes an example of a refused row. The caller says what went wrong: it stands where the text was typed. */
  async putRight(
    { mendable, source }: RefusedView,
    pair: { readonly question: string; readonly answer: string }
  ): Promise<Outcome> {
    const file = mendable?.file ?? ''
    const { row } = source
    const sheet = source.sheet ?? null
    return this.#change((project) => call('data.putRight', { project, file, sheet, row, ...pair }), {
      quiet: true
    })
  }

  /** Throws away the copies of removed files. */
  async emptyCopies(): Promise<Outcome> {
    return this.#change((project) => call('data.emptyCopies', { project }), { same: true })
  }

  /** Takes back that very change, or does again what was taken back last, in its own project, whatever is open by now. The
   *  caller says what went wrong. */
  undo({ project, entry }: Undoable, how: 'data.undo' | 'data.redo' = 'data.undo'): Promise<Outcome> {
    return this.#change(() => call(how, { project, entry }), { project, quiet: true })
  }

  /** A change that another part of the room makes. */
  by(change: (project: string) => Promise<DataView>): Promise<Outcome> {
    return this.#change(change, { same: true, quiet: true })
  }

  async showPreview(index: number): Promise<void> {
    const file = this.selected
    if (!file || file.examples === 0) {
      this.#newest.delete('preview')
      this.#preview = null
      return
    }
    const at = Math.min(index, file.examples - 1)
    await this.#show(
      'preview',
      (project) => call('data.preview', { project, file: file.id, index: at }),
      (preview) => (this.#preview = preview)
    )
  }

  async showSource(offset: number): Promise<void> {
    const file = this.selected
    if (!file) return
    await this.#show(
      'source',
      (project) =>
        paged(offset, (from) =>
          call('data.source', { project, file: file.id, offset: from, limit: rowsPerPage })
        ),
      (source) => (this.#source = source)
    )
  }

  async showRefused(offset: number): Promise<void> {
    await this.#show(
      'refused',
      (project) =>
        paged(offset, (from) => call('data.refused', { project, offset: from, limit: rowsPerPage })),
      (refused) => (this.#refused = refused)
    )
  }

  async showHistogram(maxSeqLength: number): Promise<void> {
    if ((this.#view?.examples ?? 0) === 0) {
      this.#newest.delete('histogram')
      this.#histogram = null
      this.#counting = false
      return
    }
    this.#counting = true
    await this.#show(
      'histogram',
      (project) => call('data.histogram', { project, maxSeqLength }),
      (histogram) => (this.#histogram = histogram),
      () => (this.#counting = false)
    )
  }

  async refusedFile(): Promise<{ name: string; text: string } | null> {
    return this.#project ? call('data.refusedFile', { project: this.#project }) : null
  }

  /** Runs a change that answers with the new view, then renews what is shown of it. */
  async #change(
    change: (project: string) => Promise<DataView>,
    {
      project = this.#project,
      canStop = false,
      quiet = false,
      same = false,
      unasked = false
    }: {
      readonly project?: string | null
      readonly canStop?: boolean
      readonly quiet?: boolean
      /** the preview stays where it is */
      readonly same?: boolean
      /** nobody did anything: what went wrong before is still what went wrong last */
      readonly unasked?: boolean
    } = {}
  ): Promise<Outcome> {
    if (!project) return { ok: true, change: null }
    let lastChange: DataChange | null = null
    const work = async (): Promise<void> => {
      this.#count(1, canStop)
      try {
        const view = await change(project)
        lastChange = view.lastChange
        if (this.#project !== project) return
        const before = this.selected?.id
        this.#view = view
        // no example of one file stands under the name of another
        if (this.selected?.id !== before) this.#preview = null
      } finally {
        this.#count(-1, canStop)
        this.#reading = null
      }
      await this.showPreview(same ? (this.#preview?.index ?? 0) : 0)
    }
    const error = await this.#attempt(work, { quiet, unasked })
    this.#catchUp()
    if (error !== null) return { ok: false, error }
    return { ok: true, change: lastChange && { ...(lastChange as DataChange), project } }
  }

  /** Shows what another window has changed; what this one changes comes back as its own answer. */
  #catchUp(): void {
    if (this.#working > 0 || this.#told <= (this.#view?.changes ?? this.#told)) return
    // asked for once
    this.#told = 0
    void this.#change((project) => call('data.get', { project }), { same: true, unasked: true })
  }

  #count(step: 1 | -1, canStop: boolean): void {
    this.#working += step
    if (canStop) this.#stoppable += step
    this.#busy = this.#working > 0
    this.#canStop = this.#stoppable > 0
  }

  /** Shows an answer unless something newer was asked for or another project was opened meanwhile. */
  async #show<T>(
    kind: string,
    ask: (project: string) => Promise<T>,
    take: (answer: T) => void,
    done?: () => void
  ): Promise<void> {
    const project = this.#project
    if (!project) return
    const own = Symbol(kind)
    this.#newest.set(kind, own)
    try {
      const answer = await ask(project)
      if (this.#newest.get(kind) === own) take(answer)
    } catch (error) {
      if (this.#newest.get(kind) === own) this.#failure = error
    } finally {
      if (this.#newest.get(kind) === own) done?.()
    }
  }

  /** Answers with what went wrong; null: nothing did. */
  async #attempt(
    work: () => Promise<void>,
    { quiet = false, unasked = false }: { readonly quiet?: boolean; readonly unasked?: boolean } = {}
  ): Promise<unknown> {
    const project = this.#project
    if (!unasked) this.#failure = null
    try {
      await work()
      return null
    } catch (error) {
      if (!quiet && this.#project === project) this.#failure = error
      return error
    }
  }
}

export const dataRoom = new DataRoom()
