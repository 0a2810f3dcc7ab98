// models-set-aside.json of the data folder: models over whose tokenizer or template a process was lost, as their files were
// then. The app, started again, does not lose another process over them; whoever chooses the model anew tries it again.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { writeFileWhole } from '../../files/whole-file'

const stored = z.array(
  z.object({
    dir: z.string(),
    /** of everything that the processes were given */
    mark: z.string(),
    error: z.object({ code: z.string(), details: z.record(z.string(), z.string()) })
  })
)
type Stored = z.infer<typeof stored>

const lost = ['MODEL_TEXT_SILENT', 'MODEL_TEXT_MEMORY', 'MODEL_TEXT_CRASH']
/** the oldest is forgotten, and found again where it matters */
const most = 50

export class ModelsSetAside {
  #last: Promise<unknown> = Promise.resolve()

  constructor(private readonly file: string) {}

  /** key: all that makes the model's text what it is */
  async why(dir: string, key: string): Promise<NeiroError | null> {
    await this.#last
    const mark = markOf(key)
    const known = (await this.#read()).find((one) => one.dir === dir && one.mark === mark)
    return known ? NeiroError.fromData(known.error) : null
  }

  /** Kept where the error says that a process was lost; any other is found again at once. */
  keep(dir: string, key: string, error: NeiroError): Promise<void> {
    if (!lost.includes(error.code)) return Promise.resolve()
    const data = error.toData()
    return this.#change((all) => [
      ...all.filter((one) => one.dir !== dir).slice(1 - most),
      { dir, mark: markOf(key), error: { ...data, details: { ...data.details } } }
    ])
  }

  /** Asked again, it is tried again. */
  forget(dir: string): Promise<void> {
    return this.#change((all) =>
      all.some((one) => one.dir === dir) ? all.filter((one) => one.dir !== dir) : all
    )
  }

  #change(change: (all: Stored) => Stored): Promise<void> {
    const changed = this.#last.then(async () => {
      const all = await this.#read()
      const next = change(all)
      // only a convenience: a data folder that cannot be written is lived with
      if (next !== all) await writeFileWhole(this.file, `${JSON.stringify(next)}\n`).catch(() => undefined)
    })
    this.#last = changed
    return changed
  }

  #read(): Promise<Stored> {
    return readFile(this.file, 'utf8')
      .then((text) => stored.parse(JSON.parse(text)))
      .catch(() => [])
  }
}

const markOf = (key: string): string => createHash('sha256').update(key).digest('hex')
