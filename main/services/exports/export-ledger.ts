// What was written of a run: finished exports (exports.json in its folder), and where one was begun
// (exports-begun.json), so that what a killed one left there is found again.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  ExportFormat,
  ExportKind,
  GgufValues,
  SecondNumbers,
  TextCut
} from '../../contract/window/results'
import { tidyBeside } from '../../files/whole-folder'
import { writeFileWhole } from '../../files/whole-file'

/** A finished export as it is kept. */
export interface KeptExport {
  readonly id: string
  readonly kind: ExportKind
  /** absent in older exports */
  readonly dtype?: ExportFormat
  readonly dir: string
  readonly sizeBytes: number
  readonly finishedAt: string
  readonly check: {
    readonly prompts: number
    readonly largest: number
    readonly answers?: { readonly asked: number; readonly changed: number }
    readonly second?: SecondNumbers
    readonly values?: GgufValues
    readonly text?: TextCut
  }
}

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

  async keep(runDir: string, kept: KeptExport): Promise<void> {
    await this.#edit<KeptExport>(runDir, keptFile, (all) => [
      ...all.filter(({ dir }) => dir !== kept.dir),
      kept
    ])
  }

  /** Before anything is written into or beside `dir`. */
  async begin(runDir: string, dir: string): Promise<void> {
    this.#now.add(dir)
    await tidyOwn(runDir)
    await this.#edit<string>(runDir, begunFile, (all) => [...all.filter((other) => other !== dir), dir])
  }

  /** However it ended. A run that was put away meanwhile has nothing to note. */
  async end(runDir: string, dir: string): Promise<void> {
    this.#now.delete(dir)
    if (!existsSync(runDir)) return
    await this.#edit<string>(runDir, begunFile, (all) => all.filter((other) => other !== dir))
  }

  async #tidy(runDir: string): Promise<void> {
    await tidyOwn(runDir)
    const begun = await read<string>(runDir, begunFile)
    // one that is missing may have been moved aside by another program of ours
    const missing = (await read<KeptExport>(runDir, keptFile))
      .map(({ dir }) => dir)
      .filter((dir) => !existsSync(dir))
    const tidied = new Set<string>()
    for (const dir of new Set([...begun, ...missing]))
      // a disk that is not there, a file that is held: the next look tries again
      if (!this.#now.has(dir) && (await tidyBeside(dir).catch(() => false))) tidied.add(dir)
    if (!begun.some((dir) => tidied.has(dir))) return
    await this.#edit<string>(runDir, begunFile, (all) =>
      all.filter((dir) => this.#now.has(dir) || !tidied.has(dir))
    )
  }

  #edit<T>(runDir: string, name: string, change: (all: readonly T[]) => readonly T[]): Promise<void> {
    const edited = this.#change.then(async () => {
      const all = change(await read<T>(runDir, name))
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

async function read<T>(runDir: string, name: string): Promise<readonly T[]> {
  try {
    const stored: unknown = JSON.parse(await readFile(join(runDir, name), 'utf8'))
    return Array.isArray(stored) ? (stored as T[]) : []
  } catch {
    return []
  }
}
