// A bin of the app: folders that were put away, each with a note of where it was. What has lain here for 30 days is
// let go. It does not know what the folders are: projects and runs each have theirs.
import { randomUUID } from 'node:crypto'
import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { asFileError } from '../../files/file-errors'
import { remove, renameInto } from '../../files/moving'
import { writeFileWhole } from '../../files/whole-file'
import { renewPlace } from './old-bin'

const binDays = 30
const day = 86_400_000

/** from.json of a place in the bin */
const note = z.object({
  from: z.string().min(1),
  removedAt: z.string(),
  /** only taken off a list: the folder stayed where it is */
  listed: z.boolean()
})

export interface Binned {
  readonly undo: string
  /** where it was, in the words of whoever put it away */
  readonly from: string
  readonly removedAt: string
  readonly listed: boolean
  /** where it lies now */
  readonly dir: string
  /** whole days until it is let go; never none while it is there */
  readonly daysLeft: number
}

export class Bin {
  constructor(private readonly folder: string) {}

  /** Moves the folder here. Where that fails, it stays where it is and nothing is left here. */
  put(dir: string, from = dir): Promise<string> {
    return this.#place({ from, listed: false }, (place) => move(dir, contentOf(place)))
  }

  /** Remembers a folder that was only taken off a list. */
  note(from: string): Promise<string> {
    return this.#place({ from, listed: true }, async () => undefined)
  }

  /** Throws NOTHING_TO_RESTORE where it is not here, or nobody can say where it was. */
  async get(undo: string): Promise<Binned> {
    const found = await this.#look(join(this.folder, basename(undo)), Date.now())
    if (!found) throw new NeiroError('NOTHING_TO_RESTORE')
    return found
  }

  /** Moves the folder out again, to where nothing is. Then it can be forgotten. */
  async take(undo: string, to: string): Promise<void> {
    await made(dirname(to))
    await move(contentOf(join(this.folder, basename(undo))), to).catch((error: unknown) => {
      throw asFileError(error, to)
    })
  }

  async forget(undo: string): Promise<void> {
    await remove(join(this.folder, basename(undo)))
  }

  /** What can be brought back, newest first. */
  async list(now = Date.now()): Promise<readonly Binned[]> {
    const found = await Promise.all((await foldersIn(this.folder)).map((place) => this.#look(place, now)))
    return found.filter((one) => one !== null).sort((a, b) => b.removedAt.localeCompare(a.removedAt))
  }

  /** Lets go of what has lain here for too long. */
  async empty(now: number): Promise<void> {
    for (const place of await foldersIn(this.folder)) {
      const info = await stat(place).catch(() => null)
      if (info && now - info.mtimeMs > binDays * day) await remove(place)
    }
  }

  async #place(
    origin: { readonly from: string; readonly listed: boolean },
    fill: (place: string) => Promise<void>
  ): Promise<string> {
    const undo = randomUUID()
    const place = join(this.folder, undo)
    await made(place)
    try {
      const written: z.infer<typeof note> = { ...origin, removedAt: new Date().toISOString() }
      await writeFileWhole(join(place, 'from.json'), JSON.stringify(written))
      await fill(place)
    } catch (error) {
      // nothing was moved: nothing is in the bin
      if (!(await isThere(contentOf(place)))) await remove(place)
      throw asFileError(error, origin.from)
    }
    return undo
  }

  /** null: torn, or brought back already. */
  async #look(place: string, now: number): Promise<Binned | null> {
    try {
      await renewPlace(place, contentOf(place))
      const { mtimeMs } = await stat(place)
      const origin = note.parse(JSON.parse(await readFile(join(place, 'from.json'), 'utf8')))
      if (!origin.listed && !(await isThere(contentOf(place)))) return null
      // the disk's clock counts finer than ours: what was just put away may seem to come from later
      const age = Math.max(0, now - mtimeMs)
      const daysLeft = Math.max(1, Math.ceil(binDays - age / day))
      return { ...origin, undo: basename(place), dir: contentOf(place), daysLeft }
    } catch {
      return null
    }
  }
}

const contentOf = (place: string): string => join(place, 'content')

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
