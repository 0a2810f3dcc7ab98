// Conditions of licences that were agreed to on this machine: each once, with its day (licences.json of the data folder).
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { inFolderTurn } from '../../files/folder-turn'
import { writeFileWhole } from '../../files/whole-file'

type Days = Readonly<Record<string, string>>

export class Agreements {
  constructor(private readonly file: string) {}

  /** day by key of the licence */
  async days(): Promise<Days> {
    try {
      const stored: unknown = JSON.parse(await readFile(this.file, 'utf8'))
      const entries = Object.entries((stored ?? {}) as Record<string, unknown>)
      return Object.fromEntries(
        entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      )
    } catch {
      return {}
    }
  }

  async agree(key: string, now = new Date()): Promise<void> {
    await inFolderTurn(dirname(this.file), async () => {
      const days = { [key]: now.toISOString().slice(0, 10), ...(await this.days()) }
      await writeFileWhole(this.file, `${JSON.stringify(days, null, 2)}\n`)
    })
  }
}
