// The data of one project: its log, the files as read, and the set that both make. Changes come one after
// another; each is on the disk before it is answered.
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { DataOverrides } from '../../../contract/records'
import type { DataView } from '../../../contract/window/data'
import { DataLog, type Change, type Entry, type Source } from '../log/data-log'
import { findPlaces, makeDataSet, type DataSet } from '../set/data-set'
import type { AllPlaces } from '../set/normalise'
import { fingerprintOf, stateOf, type LogState } from '../log/log-state'
import type { FileReader } from '../read/file-reader'
import { unreadSource, type ReadSource } from '../read/read-source'
import { removedCopies } from './removed-copies'
import { SetAside } from './set-aside'
import { SourceFiles } from './source-files'

export interface Snapshot {
  readonly state: LogState
  readonly fingerprint: string
  readonly files: readonly ReadSource[]
  readonly set: DataSet
  /** where the copy of a file lies */
  readonly pathOf: (source: Source) => string
  /** copies of files that are not in the set any more, as they are at this moment */
  readonly removedCopies: () => Promise<DataView['removedCopies']>
  /** where the texts differ in writing; looked for when somebody asks */
  readonly places: () => Promise<AllPlaces>
}

/** Told of files while they are read; throws where the reading must stop, and stops it at once by its signal. */
export interface Watch {
  readonly signal?: AbortSignal | undefined
  file(name: string): void
  rows(count: number): void
}

export class ProjectData {
  private readonly log: DataLog
  readonly sources: SourceFiles
  private readonly setAside: SetAside
  private readonly read = new Map<string, { readonly key: string; readonly file: ReadSource }>()
  private made: Snapshot | null = null
  private summed: { readonly entries: readonly Entry[]; readonly state: LogState } | null = null

  constructor(
    dir: string,
    readonly reader: FileReader
  ) {
    this.log = new DataLog(join(dir, 'data', 'log.jsonl'))
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
    const copies = (): Promise<DataView['removedCopies']> => removedCopies({ sources: this.sources, state })
    if (this.made?.fingerprint === fingerprint && this.made.state.last?.n === state.last?.n) {
      return (this.made = { ...this.made, state, removedCopies: copies })
    }
    const watch = watchOf(state.files.length)
    const files: ReadSource[] = []
    for (const file of state.files) {
      if (file.kind === 'problem') {
        files.push(unreadSource(file.problem, NeiroError.fromData(file.problem.error)))
      } else files.push(await this.readFile(file.source, file.overrides, watch))
    }
    const known = new Set(files.map(({ id }) => id))
    for (const id of this.read.keys()) if (!known.has(id)) this.read.delete(id)
    const set = await makeDataSet(files, state.edits, state.normalisations)
    let places: Promise<AllPlaces> | null = null
    const find = (): Promise<AllPlaces> => (places ??= findPlaces(files, state.edits))
    const pathOf = (source: Source): string => this.sources.pathOf(source)
    return (this.made = { state, fingerprint, files, set, pathOf, removedCopies: copies, places: find })
  }

  /** Reads a file as it would be with these overrides; the set is not changed. */
  async readFile(source: Source, overrides: DataOverrides, watch: Watch): Promise<ReadSource> {
    const key = keyOf(source, overrides)
    const known = this.read.get(source.id)
    if (known?.key === key) return known.file
    watch.file(source.name)
    const file = await this.readAnew(source, overrides, watch)
    this.remember(source, overrides, file)
    return file
  }

  /** A file that was read while it was added need not be read again. */
  remember(source: Source, overrides: DataOverrides, file: ReadSource): void {
    this.read.set(source.id, { key: keyOf(source, overrides), file })
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

  private async readAnew(source: Source, overrides: DataOverrides, watch: Watch): Promise<ReadSource> {
    try {
      await this.sources.verify(source, () => watch.rows(0))
    } catch (error) {
      if (!(error instanceof NeiroError)) throw error
      return unreadSource(source, error, overrides)
    }
    const { signal } = watch
    const key = `${source.id} ${keyOf(source, overrides)}`
    const lost = await this.setAside.why(key)
    if (lost) return unreadSource(source, lost, overrides)
    const beat = (rows: number): void => watch.rows(rows)
    try {
      return await this.reader.readSource(source, this.sources.pathOf(source), overrides, { beat, signal })
    } catch (error) {
      // a file that is too much for its reader is set aside under its name; the others are read on
      if (!(error instanceof NeiroError) || signal?.aborted || isNoFault(error)) throw error
      await this.setAside.keep(key, error)
      return unreadSource(source, error, overrides)
    }
  }
}

/** What would be the same for any other file. */
export function isNoFault({ code }: NeiroError): boolean {
  return ['DISK_FULL', 'READ_ONLY', 'WORKSHOP_KILLED', 'WORKSHOP_NOT_STARTED'].includes(code)
}

function keyOf({ sha256 }: Source, overrides: DataOverrides): string {
  return JSON.stringify([sha256, overrides])
}
