// The app's own bin: folders that were put away, and places that were taken off the list, each with a note of where
// it was. What has lain here for 30 days is let go.
import { randomUUID } from 'node:crypto'
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { remove, renameInto } from '../../files/moving'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { asFileError } from '../../files/file-errors'
import type { PutAway } from '../../contract/window/projects'

export const binDays = 30
const day = 86_400_000

/** from.json of a place in the bin */
const note = z.object({
  dir: z.string().min(1),
  removedAt: z.string().optional(),
  /** only taken off the list: the folder stayed where it is */
  listed: z.literal(true).optional()
})

export interface Origin {
  readonly dir: string
  readonly listed: boolean
}

export class ProjectsBin {
  constructor(private readonly bin: string) {}

  /** Moves the folder here. Where that fails, it stays where it is and nothing is left here. */
  async put(dir: string): Promise<string> {
    return this.#place({ dir }, (place) => move(dir, join(place, 'project')))
  }

  /** Remembers a place that was taken off the list. */
  async note(dir: string): Promise<string> {
    return this.#place({ dir, listed: true }, async () => undefined)
  }

  /** Where it was. Throws NOTHING_TO_RESTORE. */
  async origin(undo: string): Promise<Origin> {
    try {
      const { dir, listed = false } = await this.#note(join(this.bin, basename(undo)))
      return { dir, listed }
    } catch {
      throw new NeiroError('NOTHING_TO_RESTORE')
    }
  }

  /** Moves the folder out again, to where nothing is. */
  async take(undo: string, to: string): Promise<void> {
    await made(dirname(to))
    await move(join(this.bin, basename(undo), 'project'), to).catch((error: unknown) => {
      throw asFileError(error, to)
    })
  }

  async forget(undo: string): Promise<void> {
    await remove(join(this.bin, basename(undo)))
  }

  /** What can be brought back, newest first. */
  async list(now = Date.now()): Promise<readonly PutAway[]> {
    const found = await Promise.all(
      (await foldersIn(this.bin)).map(async (place) => {
        try {
          const { mtimeMs } = await stat(place)
          const { dir, removedAt = new Date(mtimeMs).toISOString(), listed } = await this.#note(place)
          if (!listed && !(await isThere(join(place, 'project')))) return null
          return {
            undo: basename(place),
            name: (await nameIn(join(place, 'project'))) ?? basename(dir),
            about: dir,
            removedAt,
            daysLeft: daysLeft(mtimeMs, now)
          }
        } catch {
          // torn: there is nothing to bring it back to
          return null
        }
      })
    )
    return found.filter((one) => one !== null).sort((a, b) => b.removedAt.localeCompare(a.removedAt))
  }

  async empty(now: number): Promise<void> {
    for (const place of await foldersIn(this.bin)) {
      const info = await stat(place).catch(() => null)
      if (info && now - info.mtimeMs > binDays * day) await remove(place)
    }
  }

  async #place(
    origin: { readonly dir: string; readonly listed?: true },
    fill: (place: string) => Promise<void>
  ): Promise<string> {
    const undo = randomUUID()
    const place = join(this.bin, undo)
    await made(place)
    try {
      await writeFile(
        join(place, 'from.json'),
        JSON.stringify({ ...origin, removedAt: new Date().toISOString() })
      )
      await fill(place)
    } catch (error) {
      // nothing was moved: nothing is in the bin
      if (!(await isThere(join(place, 'project')))) await remove(place)
      throw asFileError(error, origin.dir)
    }
    return undo
  }

  async #note(place: string): Promise<z.infer<typeof note>> {
    return note.parse(JSON.parse(await readFile(join(place, 'from.json'), 'utf8')))
  }
}

/** Whole days until what was put away then is let go; never none while it is there. */
export const daysLeft = (putAwayMs: number, now: number): number =>
  Math.max(1, Math.ceil(binDays - (now - putAwayMs) / day))

/** The project's own name, also where Neiro cannot open it. */
async function nameIn(dir: string): Promise<string | null> {
  try {
    const { name } = JSON.parse(await readFile(join(dir, 'project.json'), 'utf8')) as { name?: unknown }
    return typeof name === 'string' && name !== '' ? name : null
  } catch {
    return null
  }
}

export async function made(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw asFileError(error, dir)
  })
}

export const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null

export async function foldersIn(dir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(dir, entry.name))
  } catch {
    return []
  }
}

/** A rename where possible; across disks a copy, removed only when it is complete. */
async function move(from: string, to: string): Promise<void> {
  try {
    await renameInto(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    try {
      await cp(from, to, { recursive: true, errorOnExist: true, force: false })
    } catch (failure) {
      await remove(to)
      throw failure
    }
    await remove(from)
  }
}
