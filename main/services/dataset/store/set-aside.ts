// data/set-aside.json of a project: files over which a reader's process was lost, as they were read then. Opened again,
// the project does not lose another process over them; read in another way, or added anew, they are tried again.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileWhole } from '../../../files/whole-file'
import { NeiroError } from '../../../contract/errors'

const stored = z.record(z.string(), z.object({ code: z.string(), details: z.record(z.string(), z.string()) }))
type Stored = z.infer<typeof stored>

export class SetAside {
  readonly #file: string
  #known: Stored | null = null

  constructor(dir: string) {
    this.#file = join(dir, 'data', 'set-aside.json')
  }

  /** key: the file and how it was read */
  async why(key: string): Promise<NeiroError | null> {
    const known = (await this.#read())[key]
    return known ? NeiroError.fromData(known) : null
  }

  /** Kept where the error says that a process was lost; any other is found again at once. */
  async keep(key: string, error: NeiroError): Promise<void> {
    if (!['FILE_SILENT', 'FILE_MEMORY', 'FILE_CRASH'].includes(error.code)) return
    const known = { ...(await this.#read()), [key]: error.toData() }
    this.#known = known
    // only a convenience: a project on a read-only disk is looked at without it
    await writeFileWhole(this.#file, `${JSON.stringify(known)}\n`).catch(() => undefined)
  }

  async #read(): Promise<Stored> {
    this.#known ??= await readFile(this.#file, 'utf8')
      .then((text) => stored.parse(JSON.parse(text)))
      .catch(() => ({}))
    return this.#known
  }
}
