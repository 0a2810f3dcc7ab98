// Where the models of this machine came from: the hub's name and commit of each folder that was fetched, and the licence
// that was agreed to (origins.json of the data folder). Model cards of exports say it.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { inFolderTurn } from '../../files/folder-turn'
import { writeFileWhole } from '../../files/whole-file'

const originSchema = z.object({
  /** owner/name on the hub */
  model: z.string(),
  revision: z.string(),
  /** the hub's host */
  from: z.string(),
  licence: z.object({
    key: z.string().nullable(),
    name: z.string(),
    url: z.string().nullable(),
    duties: z.array(z.string()),
    agreedOn: z.string().nullable()
  })
})
export type Origin = z.infer<typeof originSchema>

export class Origins {
  constructor(private readonly file: string) {}

  async all(): Promise<ReadonlyMap<string, Origin>> {
    try {
      const stored: unknown = JSON.parse(await readFile(this.file, 'utf8'))
      const entries = Object.entries((stored ?? {}) as Record<string, unknown>)
      return new Map(
        entries.flatMap(([dir, value]) => {
          const origin = originSchema.safeParse(value)
          return origin.success ? [[dir, origin.data] as const] : []
        })
      )
    } catch {
      return new Map()
    }
  }

  /** Of a model's folder; null: it was not fetched here. */
  async of(modelDir: string): Promise<Origin | null> {
    return (await this.all()).get(modelDir) ?? null
  }

  change(change: (origins: Map<string, Origin>) => void): Promise<void> {
    return inFolderTurn(dirname(this.file), async () => {
      const origins = new Map(await this.all())
      change(origins)
      await writeFileWhole(this.file, `${JSON.stringify(Object.fromEntries(origins), null, 2)}\n`)
    })
  }
}

/** Of the data folder. */
export const originsIn = (home: string): Origins => new Origins(join(home, 'origins.json'))

/** Of a model's folder, as the page said from which it was fetched; null: it was not fetched here, or the page said none. */
export async function fetchedLicence(home: string, modelDir: string): Promise<string | null> {
  const origin = await originsIn(home).of(modelDir)
  return origin && (origin.licence.key ?? (origin.licence.name || null))
}
