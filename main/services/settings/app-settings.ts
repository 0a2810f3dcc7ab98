// The user's own choices (language, theme, processors) as settings.json of the data folder. What is torn or
// from the future falls back to its default, choice by choice; writing is atomic.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AppSettings } from '../../contract/window/app'
import type { Language } from '../../contract/language'
import { dirname } from 'node:path'
import { inFolderTurn } from '../../files/folder-turn'
import { writeFileWhole } from '../../files/whole-file'

const schema = z.object({
  language: z.enum(['ja', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  threads: z.number().int().min(0).max(1024)
})

export class AppSettingsStore {
  readonly #file: string
  #settings: AppSettings
  /** one after the other, so that the last choice is the one on disk */
  #written: Promise<unknown> = Promise.resolve()

  private constructor(file: string, settings: AppSettings) {
    this.#file = file
    this.#settings = settings
  }

  static async open(file: string, language: Language): Promise<AppSettingsStore> {
    const defaults: AppSettings = { language, theme: 'system', threads: 0 }
    return new AppSettingsStore(file, { ...defaults, ...(await stored(file)) })
  }

  get current(): AppSettings {
    return this.#settings
  }

  async change(change: Partial<AppSettings>): Promise<AppSettings> {
    // what a window leaves open may arrive as undefined: it changes nothing
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined)
    ) as Partial<AppSettings>
    this.#settings = { ...this.#settings, ...given }
    const written = this.#written.then(() => inFolderTurn(dirname(this.#file), () => this.#write(given)))
    this.#written = written.catch(() => undefined)
    return written
  }

  /** On what is there: another Neiro with the same data folder may have chosen something else meanwhile. */
  async #write(given: Partial<AppSettings>): Promise<AppSettings> {
    const changed = { ...this.#settings, ...(await stored(this.#file)), ...given }
    await writeFileWhole(this.#file, `${JSON.stringify(changed, null, 2)}\n`)
    return (this.#settings = changed)
  }
}

/** The choices in the file that can be read; none at the first start, or of a torn file. */
async function stored(file: string): Promise<Partial<AppSettings>> {
  let found: unknown = {}
  try {
    found = JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return {}
  }
  const of = (key: string): unknown => (found as Record<string, unknown> | null)?.[key]
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([key, choice]) => {
      const parsed = choice.safeParse(of(key))
      return parsed.success ? [[key, parsed.data]] : []
    })
  )
}
