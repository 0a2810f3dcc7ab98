// The user's own choices (language, theme, processors, new versions) as settings.json of the data folder. What is torn or
// from the future falls back to its default, choice by choice; writing is atomic.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AppSettings, LanguageChoice, SettingsChange } from '../../contract/window/app'
import type { Language } from '../../contract/language'
import { dirname } from 'node:path'
import { inFolderTurn } from '../../files/folder-turn'
import { writeFileWhole } from '../../files/whole-file'

const schema = z.object({
  language: z.enum(['system', 'ja', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  threads: z.number().int().min(0).max(1024),
  looksForUpdates: z.boolean()
})

/** As they stand in the file. */
interface Chosen extends Pick<AppSettings, 'theme' | 'threads' | 'looksForUpdates'> {
  readonly language: LanguageChoice
}

export class AppSettingsStore {
  readonly #file: string
  #settings: Chosen
  /** spoken where the app runs, or where its window was looked at last */
  #place: Language
  /** one after the other, so that the last choice is the one on disk */
  #written: Promise<unknown> = Promise.resolve()

  private constructor(file: string, settings: Chosen, place: Language) {
    this.#file = file
    this.#settings = settings
    this.#place = place
  }

  /** language: of the place where the app runs. */
  static async open(file: string, language: Language): Promise<AppSettingsStore> {
    const defaults: Chosen = { language: 'system', theme: 'system', threads: 0, looksForUpdates: false }
    return new AppSettingsStore(file, { ...defaults, ...(await stored(file)) }, language)
  }

  get current(): AppSettings {
    const { language: languageChoice, ...rest } = this.#settings
    const language = languageChoice === 'system' ? this.#place : languageChoice
    return { language, languageChoice, ...rest }
  }

  /** The window is looked at where this is spoken: a server far away may speak another. Not kept: the next start asks again. */
  seenIn(language: Language): AppSettings {
    this.#place = language
    return this.current
  }

  async change(change: SettingsChange): Promise<AppSettings> {
    // what a window leaves open may arrive as undefined: it changes nothing
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined)
    ) as Partial<Chosen>
    this.#settings = { ...this.#settings, ...given }
    const written = this.#written.then(() => inFolderTurn(dirname(this.#file), () => this.#write(given)))
    this.#written = written.catch(() => undefined)
    await written
    return this.current
  }

  /** On what is there: another Neiro with the same data folder may have chosen something else meanwhile. */
  async #write(given: Partial<Chosen>): Promise<void> {
    const changed = { ...this.#settings, ...(await stored(this.#file)), ...given }
    await writeFileWhole(this.#file, `${JSON.stringify(changed, null, 2)}\n`)
    this.#settings = changed
  }
}

/** The choices in the file that can be read; none at the first start, or of a torn file. */
async function stored(file: string): Promise<Partial<Chosen>> {
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
