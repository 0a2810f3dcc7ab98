// What was written of a run: finished exports (exports.json in its folder), and what was begun (exports-begun.json): what
// a killed one left is found again and cleared away, and stays noted as cut off until one of its kind is begun anew.
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type {
  ExportFormat,
  ExportKind,
  GgufValues,
  SecondNumbers,
  TextCut
} from '../../contract/window/results'
import { isProcessAlive } from '../../files/process-alive'
import { tidyBeside } from '../../files/whole-folder'
import { writeFileWhole } from '../../files/whole-file'
import { liesIn } from '../../files/within'

/** A finished export as it is kept. */
export interface KeptExport {
  readonly id: string
  readonly kind: ExportKind
  /** absent in older exports */
  readonly dtype?: ExportFormat
  readonly dir: string
  readonly sizeBytes: number
  readonly finishedAt: string
  /** what was exported, as runs/result-mark.ts tells it, after so many updates; absent in older exports */
  readonly mark?: string
  readonly step?: number
  readonly check: {
    readonly prompts: number
    readonly largest: number
    readonly answers?: { readonly asked: number; readonly changed: number }
    readonly second?: SecondNumbers
    readonly values?: GgufValues
    readonly text?: TextCut
  }
}

/** One that was begun; no more than its folder in older ledgers. */
export interface BegunExport {
  readonly dir: string
  readonly id?: string
  readonly kind?: ExportKind
  readonly dtype?: ExportFormat
  /** process that writes it */
  readonly by?: number
  /** what it is once its folder, told by its number on the disk, has been renamed into its place */
  readonly whole?: { readonly kept: KeptExport; readonly folder: string }
  /** who wrote it is gone, and what it left was cleared away */
  readonly cutOff?: true
}

/** One that the process which wrote it did not live to end. */
export type CutOffExport = Required<Pick<BegunExport, 'dir' | 'id' | 'kind' | 'dtype'>>

const keptFile = 'exports.json'
const begunFile = 'exports-begun.json'

export class ExportLedger {
  /** folders that are being written now */
  readonly #now = new Set<string>()
  /** one change of a file at a time */
  #change: Promise<unknown> = Promise.resolve()

  /** Finished ones whose folder is there, oldest first; leftovers are put right first. */
  async kept(runDir: string): Promise<readonly KeptExport[]> {
    await this.#tidy(runDir)
    return keptExports(runDir)
  }

  /** Those that nobody ended, each newer than all that are kept of its kind. */
  async cutOff(runDir: string): Promise<readonly CutOffExport[]> {
    await this.#tidy(runDir)
    return (await readBegun(runDir)).filter(isCutOff)
  }

  async keep(runDir: string, kept: KeptExport): Promise<void> {
    await this.#edit<KeptExport>(runDir, keptFile, (all) => [
      ...all.filter(({ dir }) => dir !== kept.dir),
      kept
    ])
    const isNews = (one: BegunExport): boolean => !one.cutOff || one.kind !== kept.kind
    if (!(await readBegun(runDir)).every(isNews)) await this.#editBegun(runDir, (all) => all.filter(isNews))
  }

  /** Before anything is written into or beside its folder. */
  async begin(runDir: string, begun: CutOffExport): Promise<void> {
    this.#now.add(begun.dir)
    await this.#tidy(runDir)
    await this.#editBegun(runDir, (all) => [
      ...all.filter((other) => other.dir !== begun.dir && !(other.cutOff && other.kind === begun.kind)),
      { ...begun, by: process.pid }
    ])
  }

  /** The folder `staging` is all that it has to be, and goes into its place next: from then on it is kept. */
  async whole(runDir: string, staging: string, kept: KeptExport): Promise<void> {
    const folder = await numberOnDisk(staging)
    await this.#editBegun(runDir, (all) =>
      all.map((one) => (one.dir === kept.dir ? { ...one, whole: { kept, folder } } : one))
    )
  }

  /** However it ended. A run that was put away meanwhile has nothing to note. */
  async end(runDir: string, dir: string): Promise<void> {
    if (!this.#now.delete(dir) || !existsSync(runDir)) return
    await this.#editBegun(runDir, (all) => all.filter((other) => other.dir !== dir))
  }

  async #tidy(runDir: string): Promise<void> {
    await tidyOwn(runDir)
    const begun = (await readBegun(runDir)).filter((one) => !one.cutOff && !this.#isWritten(one))
    // one that is missing may have been moved aside by another program of ours
    const missing = (await read<KeptExport>(runDir, keptFile)).filter(({ dir }) => !existsSync(dir))
    const tidied = new Set<string>()
    for (const dir of new Set([...begun, ...missing].map((one) => one.dir)))
      // a disk that is not there, a file that is held: the next look tries again
      if (!this.#now.has(dir) && (await tidyBeside(dir).catch(() => false))) tidied.add(dir)
    const over = begun.filter(({ dir }) => tidied.has(dir))
    for (const { dir, whole } of over)
      if (whole?.folder === (await numberOnDisk(dir).catch(() => null)) && whole)
        await this.keep(runDir, whole.kept)
    if (over.length === 0) return
    const kept = new Set((await keptExports(runDir)).map(({ id }) => id))
    await this.#editBegun(runDir, (all) =>
      all.flatMap((one) => {
        if (one.cutOff || this.#isWritten(one) || !tidied.has(one.dir)) return [one]
        const cut: BegunExport = { ...one, cutOff: true }
        return isCutOff(cut) && !kept.has(cut.id) ? [cut] : []
      })
    )
  }

  /** By this process or by another: then whoever comes later looks again. */
  #isWritten({ dir, by }: BegunExport): boolean {
    return this.#now.has(dir) || (by !== undefined && by !== process.pid && isProcessAlive(by))
  }

  #editBegun(runDir: string, change: (all: readonly BegunExport[]) => readonly BegunExport[]): Promise<void> {
    return this.#edit<string | BegunExport>(runDir, begunFile, (all) => change(all.map(asBegun)))
  }

  #edit<T>(runDir: string, name: string, change: (all: readonly T[]) => readonly T[]): Promise<void> {
    const edited = this.#change.then(async () => {
      const all = change(await read<T>(runDir, name)).map((one) => asKept(runDir, one))
      await writeFileWhole(join(runDir, name), `${JSON.stringify(all, null, 2)}\n`)
    })
    this.#change = edited.catch(() => undefined)
    return edited
  }
}

/** A writer of the ledger itself may have been killed; a run may lie where nobody looks at the start. */
async function tidyOwn(runDir: string): Promise<void> {
  for (const name of [keptFile, begunFile]) await tidyBeside(join(runDir, name)).catch(() => false)
}

/** As they are, whatever was left beside them. */
export const keptExports = async (runDir: string): Promise<readonly KeptExport[]> =>
  (await read<KeptExport>(runDir, keptFile)).filter(({ dir }) => existsSync(dir))

const asBegun = (stored: string | BegunExport): BegunExport =>
  typeof stored === 'string' ? { dir: stored } : stored

const readBegun = async (runDir: string): Promise<readonly BegunExport[]> =>
  (await read<string | BegunExport>(runDir, begunFile)).map(asBegun)

const isCutOff = (one: BegunExport): one is BegunExport & CutOffExport =>
  one.cutOff === true && one.id !== undefined && one.kind !== undefined && one.dtype !== undefined

/** A folder keeps it when it is renamed, and no other has it meanwhile. */
const numberOnDisk = async (dir: string): Promise<string> => String((await stat(dir, { bigint: true })).ino)

/** What lies in the project of the run is kept by its way from there: it comes along where the project is moved. */
function asKept<T>(runDir: string, one: T): T {
  const dir = dirOf(one)
  return liesIn(projectOf(runDir), dir) ? withDir(one, relative(runDir, dir)) : one
}

/** An older ledger has whole ways: where nothing is there any more, the project was moved. */
function asFound<T>(runDir: string, one: T): T {
  const dir = resolve(runDir, dirOf(one))
  if (existsSync(dir)) return withDir(one, dir)
  const moved = join(projectOf(runDir), 'exports', basename(dir))
  return withDir(one, basename(dirname(dir)) === 'exports' && existsSync(moved) ? moved : dir)
}

/** PROJECT/runs/RUN */
const projectOf = (runDir: string): string => dirname(dirname(runDir))

const dirOf = (one: unknown): string =>
  typeof one === 'string' ? one : (one as { readonly dir: string }).dir

function withDir<T>(one: T, dir: string): T {
  if (typeof one === 'string') return dir as T
  const { whole } = one as { readonly whole?: { readonly kept: KeptExport } }
  return { ...one, dir, ...(whole && { whole: { ...whole, kept: { ...whole.kept, dir } } }) }
}

async function read<T>(runDir: string, name: string): Promise<readonly T[]> {
  try {
    const stored: unknown = JSON.parse(await readFile(join(runDir, name), 'utf8'))
    return Array.isArray(stored) ? stored.map((one) => asFound(runDir, one as T)) : []
  } catch {
    return []
  }
}
