// The user's own choices (language, theme, processors) as settings.json of the data folder. A file that is
// torn or from the future falls back to the defaults; writing is atomic.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { AppSettings } from '../../contract/window/app'
import type { Language } from '../../contract/words/language'

const schema = z.object({
  language: z.enum(['ja', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  threads: z.number().int().min(0).max(1024)
})

export class AppSettingsStore {
  readonly #file: string
  #settings: AppSettings

  private constructor(file: string, settings: AppSettings) {
    this.#file = file
    this.#settings = settings
  }

  static async open(file: string, language: Language): Promise<AppSettingsStore> {
    const defaults: AppSettings = { language, theme: 'system', threads: 0 }
    let stored: unknown = {}
    try {
      stored = JSON.parse(await readFile(file, 'utf8'))
    } catch {
      // first start, or a torn file: the defaults
    }
    const parsed = schema.partial().safeParse(stored)
    return new AppSettingsStore(file, { ...defaults, ...(parsed.success ? parsed.data : {}) })
  }

  get current(): AppSettings {
    return this.#settings
  }

  async change(change: Partial<AppSettings>): Promise<AppSettings> {
    this.#settings = { ...this.#settings, ...change }
    await mkdir(dirname(this.#file), { recursive: true })
    const temporary = `${this.#file}.${process.pid}.tmp`
    await writeFile(temporary, `${JSON.stringify(this.#settings, null, 2)}\n`)
    await rename(temporary, this.#file)
    return this.#settings
  }
}
