// Where projects, runs and fetched models lie: in the data folder, or where storage.json there points. Looked at anew
// whenever it is asked, for another process may have moved it; what was moved is found by its old place, too.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { writeFileWhole } from '../../files/whole-file'
import { tidyBeside } from '../../files/whole-folder'

/** what is moved; models only while the store is among them */
export const storageFolders = ['projects', 'bin', 'runs', 'runs-bin', 'models'] as const

const pointerFile = 'storage.json'
/** lies in a place that was moved to: the folder of a drive that is not connected has none */
export const markerFile = 'neiro-storage.json'

const schema = z.object({
  dir: z.string().min(1),
  /** where it lay before, oldest first */
  formerly: z.array(z.string().min(1)),
  /** what was moved still lies there as well: these folders, in the state that they were copied in */
  left: z.object({ dir: z.string().min(1), names: z.array(z.string().min(1)), state: z.string() }).nullable(),
  /** on its way; the mark tells by whom, and lies in what was written */
  moving: z.object({ target: z.string().min(1), mark: z.string().min(1) }).nullable()
})
export type Standing = z.infer<typeof schema>

/** What services that keep things there need to know. */
export interface InStorage {
  /** Throws STORAGE_AWAY {place} or STORAGE_BROKEN {file}. */
  readonly dir: string
  /** A whole path that may be from before a move, as it is today. */
  today(path: string): string
}

export class StoragePlace implements InStorage {
  #known: { readonly stamp: string; readonly standing: Standing } | null = null

  /** home: the data folder, which itself is never moved. */
  constructor(readonly home: string) {}

  /** Half of one that was being written when its process was killed goes. */
  async tidy(): Promise<void> {
    await tidyBeside(join(this.home, pointerFile))
  }

  /** Throws STORAGE_BROKEN {file}: to begin with an empty place would hide everything. */
  get standing(): Standing {
    const file = join(this.home, pointerFile)
    const info = statSync(file, { throwIfNoEntry: false, bigint: true })
    if (!info) return { dir: this.home, formerly: [], left: null, moving: null }
    const stamp = `${info.mtimeNs} ${info.ino} ${info.size}`
    if (this.#known?.stamp === stamp) return this.#known.standing
    const standing = read(file)
    this.#known = { stamp, standing }
    return standing
  }

  get dir(): string {
    const { dir } = this.standing
    if (this.isAway) throw new NeiroError('STORAGE_AWAY', { place: dir })
    return dir
  }

  /** It lies on a drive that is not there now, or somebody removed it. */
  get isAway(): boolean {
    const { dir } = this.standing
    return dir !== this.home && !existsSync(join(dir, markerFile))
  }

  today(path: string): string {
    const { dir, formerly } = this.standing
    for (const before of formerly) {
      const way = relative(before, path)
      const [folder = ''] = way.split(sep)
      const moved = before !== dir && (storageFolders as readonly string[]).includes(folder)
      if (moved) return join(dir, way)
    }
    return path
  }

  /** By whoever has the turn of the data folder. */
  async write(change: Partial<Standing>): Promise<void> {
    const standing: Standing = { ...this.standing, ...change }
    await writeFileWhole(join(this.home, pointerFile), `${JSON.stringify(standing, null, 2)}\n`)
    this.#known = null
  }
}

/** For tests and tools whose home is never moved. */
export const fixedStorage = (dir: string): InStorage => ({ dir: resolve(dir), today: (path) => path })

function read(file: string): Standing {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new NeiroError('STORAGE_BROKEN', { file })
  }
}
