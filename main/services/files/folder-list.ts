// A list of folders that lie elsewhere, as one small file of the data folder. Whoever changes it has the turn of that
// folder: another process may have the same list. One that a failing disk tore gives back what can still be read of it,
// and is kept aside as it is when the list is next changed.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { knownError } from '../../files/file-errors'
import { writeFileWhole } from '../../files/whole-file'

interface Read {
  readonly dirs: readonly string[]
  /** as it stands there, when more may have stood in it */
  readonly torn: string | null
}

export class FolderList {
  constructor(private readonly file: string) {}

  /** Those that are remembered; whether they are there, now, is asked by whoever looks. */
  async all(): Promise<readonly string[]> {
    return (await this.#read().catch(() => ({ dirs: [] }))).dirs
  }

  /** Once; where it stood, else at the end. */
  async add(dir: string): Promise<void> {
    await this.#change((dirs) => [...new Set([...dirs, dir])])
  }

  async drop(dir: string): Promise<void> {
    await this.#change((dirs) => dirs.filter((other) => other !== dir))
  }

  /** A list that is there and cannot be read now (a drive, a right) is not written over. */
  async #read(): Promise<Read> {
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]'
      throw knownError(error, this.file)
    })
    try {
      const stored: unknown = JSON.parse(text)
      if (Array.isArray(stored) && stored.every((entry) => typeof entry === 'string'))
        return { dirs: stored, torn: null }
    } catch {
      // see below
    }
    return { dirs: wholeLines(text), torn: text }
  }

  async #change(change: (dirs: readonly string[]) => readonly string[]): Promise<void> {
    const { dirs, torn } = await this.#read()
    if (torn !== null) await writeFileWhole(freeName(this.file), torn)
    await writeFileWhole(this.file, `${JSON.stringify(change(dirs), null, 2)}\n`)
  }
}

/** One folder a line, as they are written: those whose lines are whole. */
function wholeLines(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    try {
      const entry: unknown = JSON.parse(line.trim().replace(/,$/, ''))
      return typeof entry === 'string' ? [entry] : []
    } catch {
      return []
    }
  })
}

/** NAME.torn.json, NAME.torn-2.json ... */
function freeName(file: string): string {
  const stem = file.replace(/\.json$/, '')
  for (let number = 1; ; number++) {
    const name = `${stem}.torn${number === 1 ? '' : `-${number}`}.json`
    if (!existsSync(name)) return name
  }
}
