// What was written of the runs of a project: of the one that is chosen being written, being read back, verified or
// failed; and whatever was verified before, of it and of the others.
import type { Calls } from '../../main/contract/channels'
import type { ExportRecord } from '../../main/contract/window/results'
import { call, on, onReturn } from '../api.svelte'
import { Attempts } from './attempts.svelte'

type Lists = Readonly<Record<string, readonly ExportRecord[]>>

class Exports {
  #run: string | null = $state(null)
  /** newest first, by run */
  #lists = $state.raw<Lists>({})
  readonly #attempts = new Attempts()

  constructor() {
    on('export.changed', (record) => {
      if (record.run in this.#lists) this.#keep(record)
    })
    onReturn(() => {
      const shown = Object.keys(this.#lists)
      if (shown.length > 0) void this.open(this.#run, shown)
    })
  }

  get list(): readonly ExportRecord[] {
    return this.#lists[this.#run ?? ''] ?? []
  }
  get failure(): unknown {
    return this.#attempts.failure
  }
  get busy(): boolean {
    return Object.values(this.#lists)
      .flat()
      .some((record) => record.state === 'writing' || record.state === 'checking')
  }
  /** The newest verified one of a kind that is what the run has learnt now; and what came after it: being written, cancelled
   *  or failed. */
  of(kind: ExportRecord['kind']): {
    readonly done: ExportRecord | null
    readonly later: ExportRecord | null
    /** the newest verified one of what the run was before it went on, where there is none of now */
    readonly before: ExportRecord | null
  } {
    const own = this.list.filter((record) => record.kind === kind)
    const [newest = null] = own
    const done = own.find(({ state, older }) => state === 'done' && !older) ?? null
    return {
      done,
      before: done ? null : (own.find(({ state }) => state === 'done') ?? null),
      later: newest?.state === 'done' ? null : newest
    }
  }
  /** Verified ones that are not the newest of the chosen run, newest first. */
  get earlier(): readonly ExportRecord[] {
    const shown = new Set(this.list.flatMap(({ kind }) => this.of(kind).done?.shownPath ?? []))
    const done = Object.values(this.#lists)
      .flat()
      .filter(({ state, shownPath }) => state === 'done' && !shown.has(shownPath))
      .sort((a, b) => (b.finishedAt ?? '').localeCompare(a.finishedAt ?? ''))
    // a run whose folder was copied knows of the same ones: each folder stands there once
    return done.filter(({ shownPath }, at) => done.findIndex((other) => other.shownPath === shownPath) === at)
  }

  /** `runs`: those of the project, this one among them or not. null: none is chosen, and what was verified before is told of. */
  async open(run: string | null, runs: readonly string[] = []): Promise<void> {
    const wanted = [...new Set([...(run === null ? [] : [run]), ...runs])]
    this.#run = run
    this.#lists = Object.fromEntries(wanted.map((one) => [one, this.#lists[one] ?? []]))
    await this.#attempts.make(async () => {
      const lists = await Promise.all(
        wanted.map(async (one) => [one, await call('exports.list', { run: one })] as const)
      )
      // others may be shown by now
      if (this.#run !== run) return
      this.#lists = { ...this.#lists, ...Object.fromEntries(lists) }
    })
  }

  async start(args: Calls['exports.start']['args']): Promise<void> {
    await this.#attempts.make(async () => this.#keep(await call('exports.start', args)))
  }

  async cancel(id: string): Promise<void> {
    await this.#attempts.make(() => call('exports.cancel', { id }))
  }

  /** Opens the folder in the file manager; false where there is none. */
  async show(record: ExportRecord): Promise<boolean> {
    return (await call('files.show', { id: record.fileId }).catch(() => null))?.shown ?? false
  }

  #keep(record: ExportRecord): void {
    const list = this.#lists[record.run] ?? []
    const kept = list.some(({ id }) => id === record.id)
      ? list.map((other) => (other.id === record.id ? record : other))
      : [record, ...list]
    this.#lists = { ...this.#lists, [record.run]: kept }
  }
}

export const exportsState = new Exports()
