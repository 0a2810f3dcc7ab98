// A list of folders that lie elsewhere, as one small file of the data folder. Whoever changes it has the turn of that
// folder: another process may have the same list.
import { readFile } from 'node:fs/promises'
import { writeFileWhole } from '../../files/whole-file'

export class FolderList {
  constructor(private readonly file: string) {}

  /** Those that are remembered; whether they are there, now, is asked by whoever looks. */
  async all(): Promise<readonly string[]> {
    try {
      const stored: unknown = JSON.parse(await readFile(this.file, 'utf8'))
      return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : []
    } catch {
      return []
    }
  }

  /** Once; where it stood, else at the end. */
  async add(dir: string): Promise<void> {
    await this.#write([...new Set([...(await this.all()), dir])])
  }

  async drop(dir: string): Promise<void> {
    await this.#write((await this.all()).filter((other) => other !== dir))
  }

  async #write(dirs: readonly string[]): Promise<void> {
    await writeFileWhole(this.file, `${JSON.stringify(dirs, null, 2)}\n`)
  }
}
