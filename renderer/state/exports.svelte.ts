// What was written of a run: being written, being read back, verified or failed.
import type { Calls } from '../../main/contract/channels'
import type { ExportRecord } from '../../main/contract/window/results'
import { call, on, onReturn } from '../api.svelte'

class Exports {
  #run: string | null = null
  #list = $state.raw<readonly ExportRecord[]>([])
  #failure = $state.raw<unknown>(null)

  constructor() {
    on('export.changed', (record) => {
      if (record.run === this.#run) this.#keep(record)
    })
    onReturn(() => {
      if (this.#run !== null) void this.open(this.#run)
    })
  }

  get list(): readonly ExportRecord[] {
    return this.#list
  }
  get failure(): unknown {
    return this.#failure
  }
  get busy(): boolean {
    return this.#list.some((record) => record.state === 'writing' || record.state === 'checking')
  }
  /** The newest verified one of a kind; and what came after it: being written, cancelled or failed. */
  of(kind: ExportRecord['kind']): {
    readonly done: ExportRecord | null
    readonly later: ExportRecord | null
  } {
    const own = this.#list.filter((record) => record.kind === kind)
    const [newest = null] = own
    return {
      done: own.find(({ state }) => state === 'done') ?? null,
      later: newest?.state === 'done' ? null : newest
    }
  }

  async open(run: string): Promise<void> {
    if (this.#run !== run) this.#list = []
    this.#run = run
    await this.#attempt(async () => {
      const list = await call('exports.list', { run })
      if (this.#run === run) this.#list = list
    })
  }

  async start(args: Calls['exports.start']['args']): Promise<void> {
    await this.#attempt(async () => this.#keep(await call('exports.start', args)))
  }

  async cancel(id: string): Promise<void> {
    await this.#attempt(() => call('exports.cancel', { id }))
  }

  /** Opens the folder in the file manager; false where there is none. */
  async show(record: ExportRecord): Promise<boolean> {
    return (await call('files.show', { id: record.fileId }).catch(() => null))?.shown ?? false
  }

  #keep(record: ExportRecord): void {
    this.#list = this.#list.some((other) => other.id === record.id)
      ? this.#list.map((other) => (other.id === record.id ? record : other))
      : [record, ...this.#list]
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    this.#failure = null
    try {
      await work()
    } catch (error) {
      this.#failure = error
    }
  }
}

export const exportsState = new Exports()
