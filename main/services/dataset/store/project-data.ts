// The data of one project: its log, the files as read, and the set that both make. Changes come one after
// another; each is on the disk before it is answered.
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { DataOverrides } from '../../../contract/records'
import type { DataView } from '../../../contract/window/data'
import { DataLog, type Change, type Entry, type Source } from '../log/data-log'
import { fingerprintOf, stateOf, type LogState } from '../log/log-state'
import type { FileReader } from '../read/file-reader'
import { unreadSource } from '../read/read-source'
import type { ReadHead } from '../kept/kept-head'
import type { Keeper, KeptSet, SetSource } from '../set/kept-set'
import { removedCopies } from './removed-copies'
import { KeptFolders, type KeptRead } from './kept-folders'
import { SetAside } from './set-aside'
import { SourceFiles } from './source-files'

export interface Snapshot {
  readonly state: LogState
  readonly fingerprint: string
  readonly files: readonly ReadHead[]
  readonly set: KeptSet
  readonly source: SetSource
  /** where the copy of a file lies */
  readonly pathOf: (source: Source) => string
  /** copies of files that are not in the set any more, as they are at this moment */
  readonly removedCopies: () => Promise<DataView['removedCopies']>
}

/** Told of files while they are read; throws where the reading must stop, and stops it at once by its signal. */
export interface Watch {
  readonly signal?: AbortSignal | undefined
  file(name: string): void
  rows(count: number): void
}

export interface DataProcesses {
  readonly reader: FileReader
  readonly keeper: Keeper
  /** what is read of projects that lie where nothing can be written */
  readonly spareDir: string
}

export class ProjectData {
  readonly reader: FileReader
  private readonly keeper: Keeper
  private readonly log: DataLog
  readonly sources: SourceFiles
  private readonly setAside: SetAside
  private readonly folders: KeptFolders
  private readonly read = new Map<string, { readonly key: string; readonly file: KeptRead }>()
  private made: Snapshot | null = null
  private summed: { readonly entries: readonly Entry[]; readonly state: LogState } | null = null

  constructor(
    private readonly dir: string,
    { reader, keeper, spareDir }: DataProcesses
  ) {
    this.reader = reader
    this.keeper = keeper
    const spare = join(spareDir, createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 32))
    this.folders = new KeptFolders(join(dir, 'data', 'read'), spare, reader, keeper)
    this.log = new DataLog(logOf(dir))
    this.sources = new SourceFiles(join(dir, 'data', 'sources'))
    this.setAside = new SetAside(dir)
  }

  async state(): Promise<LogState> {
    return this.stateOf(await this.log.read())
  }

  /** Has anything ever been done to it? */
  async isNew(): Promise<boolean> {
    return (await this.log.read()).length === 0
  }

  /** The set as it stands. Only what has changed since the last time is read. */
  async snapshot(watchOf: (files: number) => Watch): Promise<Snapshot> {
    const state = await this.state()
    const fingerprint = fingerprintOf(state)
    if (this.made?.fingerprint === fingerprint && this.made.state.last?.n === state.last?.n) {
      return (this.made = { ...this.made, state, removedCopies: this.copies(state) })
    }
    const watch = watchOf(state.files.length)
    for (;;) {
      try {
        return (this.made = await this.make(state, fingerprint, watch))
      } catch (error) {
        // as long as something is read again, it may still come to be whole
        if (!(await this.mends(error))) throw error
      }
    }
  }

  /** Takes away what was found to be broken, so that it is made again; false where that is not the fault. */
  async mends(error: unknown): Promise<boolean> {
    if (!(error instanceof NeiroError) || error.code !== 'KEPT_BROKEN') return false
    const broken = [...this.read.values()].find(({ file }) => file.kept === error.details['dir'])?.file.kept
    if (!broken) return false
    this.forget()
    await this.folders.forget(broken)
    return true
  }

  private async make(state: LogState, fingerprint: string, watch: Watch): Promise<Snapshot> {
    const files: { readonly head: ReadHead; readonly kept: string | null }[] = []
    for (const file of state.files) {
      if (file.kind === 'problem') files.push(unread(file.problem, NeiroError.fromData(file.problem.error)))
      else files.push(await this.readFile(file.source, file.overrides, watch))
    }
    const known = new Set(files.map(({ head }) => head.id))
    for (const id of this.read.keys()) if (!known.has(id)) this.read.delete(id)
    const source: SetSource = {
      // a file that was added anew is another file of the same set
      id: JSON.stringify([this.dir, fingerprint, files.map(({ head, kept }) => [head.id, kept])]),
      files: files.flatMap(({ head: { id, recognised, tables, heldOutRows }, kept }) =>
        kept === null
          ? []
          : [{ id, name: recognised.file, kept, tables, heldOutRows: heldOutRows && [...heldOutRows] }]
      ),
      edits: [...state.edits],
      normalisations: state.normalisations,
      repairs: state.repairs
    }
    const set = await this.keeper.open(source)
    await this.folders.tidy(new Set(source.files.map(({ kept }) => kept)))
    const pathOf = (source: Source): string => this.sources.pathOf(source)
    const heads = files.map(({ head }) => head)
    return { state, fingerprint, files: heads, set, source, pathOf, removedCopies: this.copies(state) }
  }

  /** Reads a file as it would be with these overrides; the set is not changed. */
  async readFile(source: Source, overrides: DataOverrides, watch: Watch): Promise<KeptRead> {
    const key = keyOf(source, overrides)
    const known = this.read.get(source.id)
    if (known?.key === key) return known.file
    const path = this.sources.pathOf(source)
    const found = await this.folders.find(source, overrides, path)
    if (!found) watch.file(source.name)
    const { head, kept } = found ?? (await this.readAnew(source, overrides, watch))
    const file = { head: { ...head, id: source.id }, kept }
    this.remember(source, overrides, file)
    return file
  }

  /** Reads a file that has no number yet. */
  readNew(
    source: Omit<Source, 'id'>,
    path: string,
    { signal, rows }: Pick<Watch, 'signal' | 'rows'>
  ): Promise<KeptRead> {
    return this.folders.read({ id: '', ...source }, {}, path, { beat: rows, signal })
  }

  /** A file that was read while it was added need not be read again. */
  remember(source: Source, overrides: DataOverrides, file: KeptRead): void {
    this.read.set(source.id, { key: keyOf(source, overrides), file })
  }

  /** What was read of a file that finds no place in the project after all. */
  async forgetNew({ kept }: KeptRead): Promise<void> {
    if (kept !== null) await this.folders.forget(kept)
  }

  /** Nothing stays of what was read of files that are not in the set any more. */
  async emptyKept(): Promise<void> {
    const used = [...this.read.values()].flatMap(({ file }) => file.kept ?? [])
    await this.folders.tidy(new Set(used), 0)
  }

  private copies(state: LogState): Snapshot['removedCopies'] {
    return () => removedCopies({ sources: this.sources, state })
  }

  /** Lets go of what can be read again. */
  forget(): void {
    this.read.clear()
    this.made = null
  }

  /** Writes what is decided from the state as it is on the disk at that moment; nobody else writes meanwhile. */
  async change(decide: (state: LogState) => Change | null | Promise<Change | null>): Promise<void> {
    await this.log.add(async (entries) => decide(this.stateOf(entries)))
  }

  /** The log gives the same list as long as nobody writes to it. */
  private stateOf(entries: readonly Entry[]): LogState {
    if (this.summed?.entries !== entries) this.summed = { entries, state: stateOf(entries) }
    return this.summed.state
  }

  private async readAnew(source: Source, overrides: DataOverrides, watch: Watch): Promise<KeptRead> {
    try {
      await this.sources.verify(source, () => watch.rows(0))
    } catch (error) {
      if (!(error instanceof NeiroError)) throw error
      return unread(source, error, overrides)
    }
    const { signal } = watch
    const key = `${source.id} ${keyOf(source, overrides)}`
    const lost = await this.setAside.why(key)
    if (lost) return unread(source, lost, overrides)
    const beat = (rows: number): void => watch.rows(rows)
    try {
      return await this.folders.read(source, overrides, this.sources.pathOf(source), { beat, signal })
    } catch (error) {
      // a file that is too much for its reader is set aside under its name; the others are read on
      if (!(error instanceof NeiroError) || signal?.aborted || isNoFault(error)) throw error
      await this.setAside.keep(key, error)
      return unread(source, error, overrides)
    }
  }
}

/** A file of which there is nothing. */
function unread(
  source: Pick<Source, 'id' | 'name'>,
  error: NeiroError,
  overrides: DataOverrides = {}
): KeptRead {
  const { examples: _, refused, ...head } = unreadSource(source, error, overrides)
  return { head: { ...head, refused: refused.length }, kept: null }
}

const noFaults: ReadonlySet<string> = new Set([
  ...['DISK_FULL', 'READ_ONLY', 'WORKSHOP_KILLED', 'WORKSHOP_NOT_STARTED', 'KEEPER_LOST', 'KEPT_BROKEN']
])

/** What would be the same for any other file. */
export function isNoFault({ code }: NeiroError): boolean {
  return noFaults.has(code)
}

function keyOf({ sha256 }: Source, overrides: DataOverrides): string {
  return JSON.stringify([sha256, overrides])
}

const logOf = (dir: string): string => join(dir, 'data', 'log.jsonl')

/** When anything was last chosen or changed of the data of a project; null: there is none. */
export const dataChangedAt = (dir: string): Promise<string | null> =>
  stat(logOf(dir)).then(
    ({ mtime }) => mtime.toISOString(),
    () => null
  )
