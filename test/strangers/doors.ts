// The two doors by which a stranger's file comes in, as real processes: a served window, and the command line. Both say what
// became of the file and of the one beside it, and what it cost.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { FolderListing } from '../../main/contract/window/app'
import type { DataView } from '../../main/contract/window/data'
import { startServed, type Served } from '../e2e/served'
import { until } from '../e2e/until'
import { signedIn, type SignedIn } from '../serve/signed-in'
import { TreeMemory } from './tree-memory'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')

export interface Came {
  /** of each file in turn: its examples, and why it cannot be used */
  readonly files: readonly { readonly examples: number; readonly code: string | null }[]
  readonly ms: number
  /** from the wish to stop to the answer; null: it was over before */
  readonly cancelMs: number | null
  /** most of all processes together, bytes */
  readonly memory: number
  /** longest that the app's own process was busy with one thing, ms; null: nobody waits for it */
  readonly busy: number | null
}

export class WindowDoor {
  private constructor(
    private readonly busyFile: string,
    readonly home: string,
    private readonly served: Served,
    private readonly page: SignedIn
  ) {}

  static async open(home: string): Promise<WindowDoor> {
    mkdirSync(home, { recursive: true })
    const busyFile = join(home, 'busy')
    const served = await startServed(home, {
      language: 'en',
      node: ['--import', resolve(import.meta.dirname, 'monitor.mjs')],
      env: { NEIRO_BUSY_FILE: busyFile }
    })
    return new WindowDoor(busyFile, home, served, await signedIn(served.url))
  }

  call<T>(call: string, args: object): Promise<T> {
    return this.page.call(call, args)
  }

  async project(name: string): Promise<string> {
    const made = { name: name.slice(0, 40), company: '', sample: false }
    return (await this.call<{ id: string }>('projects.create', made)).id
  }

  /** A file or folder in the home, chosen in the window's own browser. */
  async choose(path: string, kind: string): Promise<string> {
    const folder = kind.endsWith('folder') ? path : dirname(path)
    const { here, entries } = await this.call<FolderListing>('files.browse', { id: null, kind, path: folder })
    const found = kind.endsWith('folder') ? here : entries.find(({ name }) => name === basename(path))
    if (!found) throw new Error(`${path} is not shown`)
    return found.id
  }

  /** Longest that the app's process was busy since this was asked last, ms. */
  async busy(): Promise<number> {
    rmSync(this.busyFile, { force: true })
    process.kill(this.served.pid, 'SIGUSR2')
    return until(async () => (existsSync(this.busyFile) ? Number(readFileSync(this.busyFile, 'utf8')) : null))
  }

  /** What some work costs. */
  async measured<T>(
    work: () => Promise<T>
  ): Promise<{ result: T; ms: number; memory: number; busy: number }> {
    await this.busy()
    const memory = new TreeMemory(this.served.pid)
    const begun = performance.now()
    try {
      const result = await work()
      return { result, ms: performance.now() - begun, memory: memory.take(), busy: await this.busy() }
    } finally {
      memory.stop()
    }
  }

  async bring(...paths: string[]): Promise<Came> {
    const fileIds = await Promise.all(paths.map((path) => this.choose(path, 'data-files')))
    const project = await this.project(basename(paths[0] ?? ''))
    const { result, ...cost } = await this.measured(() =>
      this.call<DataView>('data.add', { project, fileIds }).catch((error: Error) => error)
    )
    if (result instanceof Error)
      return { ...cost, files: [{ examples: -1, code: result.message }], cancelMs: null }
    return { ...cost, files: filesOf(result), cancelMs: await this.#cancelled(fileIds, cost.ms) }
  }

  /** The same again, stopped when a third of it is done. */
  async #cancelled(fileIds: readonly string[], ms: number): Promise<number | null> {
    if (ms < 600) return null
    const project = await this.project('stopped')
    let isOver = false
    const adding = this.call<DataView>('data.add', { project, fileIds })
      .catch(() => null)
      .finally(() => (isOver = true))
    await new Promise((later) => setTimeout(later, ms / 3))
    if (isOver) return null
    const begun = performance.now()
    await this.call('data.cancel', { project })
    await adding
    return performance.now() - begun
  }

  async close(): Promise<void> {
    this.page.close()
    await this.served.stop()
  }
}

const filesOf = (view: DataView): Came['files'] =>
  view.files.map(({ examples, error }) => ({ examples, code: error?.code ?? null }))

export interface Said {
  readonly status: number | null
  readonly events: readonly (Readonly<Record<string, unknown>> & { readonly event: string })[]
  readonly stderr: string
  readonly ms: number
  readonly memory: number
  /** from Ctrl-C to its end */
  readonly stopMs: number | null
}

/** `neiro ARGS --json`; after so many ms, Ctrl-C. */
export function commandLine(home: string, args: readonly string[], stopAfter?: number): Promise<Said> {
  const begun = performance.now()
  const child = spawn(process.execPath, [cli, ...args, '--json', '--lang', 'en'], {
    env: { ...process.env, HOME: home, NEIRO_HOME: join(home, 'neiro-cli'), NO_COLOR: '1' }
  })
  const memory = new TreeMemory(child.pid ?? 0)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  let stopped: number | null = null
  const stop =
    stopAfter === undefined
      ? null
      : setTimeout(() => {
          stopped = performance.now()
          child.kill('SIGINT')
        }, stopAfter)
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('close', (status) => {
      if (stop) clearTimeout(stop)
      memory.stop()
      const events = stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Said['events'][number])
      const now = performance.now()
      const stopMs = stopped === null ? null : now - stopped
      done({ status, events, stderr, ms: now - begun, memory: memory.take(), stopMs })
    })
  })
}

export async function byCommandLine(home: string, ...paths: string[]): Promise<Came> {
  const said = await commandLine(home, ['data', ...paths])
  const of = (event: string, path: string) =>
    said.events.find((one) => one.event === event && one['file'] === basename(path))
  const files = paths.map((path) => ({
    examples: Number(of('file', path)?.['examples'] ?? 0),
    code: (of('unusable', path)?.['code'] ?? null) as string | null
  }))
  const again = said.ms < 1500 ? null : await commandLine(home, ['data', ...paths], 300 + said.ms / 3)
  return { files, ms: said.ms, cancelMs: again?.stopMs ?? null, memory: said.memory, busy: null }
}
