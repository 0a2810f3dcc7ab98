// The user's own choices (language, theme, processors) as settings.json of the data folder. What is torn or
// from the future falls back to its default, choice by choice; writing is atomic.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AppSettings } from '../../contract/window/app'
import type { Language } from '../../contract/language'
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
    let stored: unknown = {}
    try {
      stored = JSON.parse(await readFile(file, 'utf8'))
    } catch {
      // first start, or a torn file: the defaults
    }
    const of = (key: keyof AppSettings): unknown => (stored as Record<string, unknown> | null)?.[key]
    const valid = Object.entries(schema.shape).flatMap(([key, choice]) => {
      const parsed = choice.safeParse(of(key as keyof AppSettings))
      return parsed.success ? [[key, parsed.data]] : []
    })
    return new AppSettingsStore(file, { ...defaults, ...Object.fromEntries(valid) })
  }

  get current(): AppSettings {
    return this.#settings
  }

  async change(change: Partial<AppSettings>): Promise<AppSettings> {
    // what a window leaves open may arrive as undefined: it changes nothing
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    const changed = { ...this.#settings, ...(Object.fromEntries(given) as Partial<AppSettings>) }
    this.#settings = changed
    const written = this.#written.then(() =>
      writeFileWhole(this.#file, `${JSON.stringify(changed, null, 2)}\n`)
    )
    this.#written = written.catch(() => undefined)
    await written
    return changed
  }
}
