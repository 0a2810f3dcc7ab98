// data/sources of a project: untouched copies of the files that were added, each in a folder of its own, known
// by the hash of its bytes. Copies are complete before they are named; nothing is ever changed, and thrown away only what
// the user empties.
import { createHash, type Hash } from 'node:crypto'
import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { beside, isAbandoned, leftoverOf, newMark } from '../../../files/beside'
import { remove, renameInto } from '../../../files/moving'
import { piecesOf } from '../../../files/pieces'
import { NeiroError } from '../../../contract/errors'
import { isAsBefore } from '../../../files/file-facts'
import { asFileError } from '../../../files/file-errors'
import { requireRoom } from '../../../files/free-room'
import { changedFile, unreadableFile } from '../../reading/file-errors'
import type { Source } from '../log/data-log'

export interface Copy {
  /** where the copy waits for its place */
  readonly dir: string
  readonly path: string
  readonly size: number
  readonly sha256: string
}

export interface Waiting {
  readonly dir: string
  /** removes what has found no place */
  end(): Promise<void>
}

export class SourceFiles {
  constructor(private readonly dir: string) {}

  pathOf({ id, name }: Pick<Source, 'id' | 'name'>): string {
    return join(this.dir, id, storedName(name))
  }

  /** A folder in which copies wait. What a killed process left behind is cleared away; what another one is copying
   *  just now is not. */
  async begin(): Promise<Waiting> {
    const mark = newMark()
    const dir = beside(join(this.dir, 'adding'), 'tmp', mark.text)
    try {
      await mkdir(this.dir, { recursive: true })
      for (const name of await readdir(this.dir)) {
        const left = leftoverOf(name)
        if (left && isAbandoned(left.mark)) await remove(join(this.dir, name))
      }
      await mkdir(dir)
    } catch (error) {
      mark.done()
      throw asFileError(error, this.dir)
    }
    return { dir, end: () => remove(dir).finally(() => mark.done()) }
  }

  /** Copies a file's bytes as they are. beat throws where the copying must stop. */
  async copy(from: string, name: string, into: string, beat: () => void): Promise<Copy> {
    const path = join(into, storedName(name))
    const hash = createHash('sha256')
    let size = 0
    // a file may say that it has more than the disk, and take hours to fill it
    const said = await stat(from).catch(() => null)
    if (said) await requireRoom(this.dir, said.size, 'DATA_NO_ROOM')
    await mkdir(into, { recursive: true }).catch((error: unknown) => {
      throw asFileError(error, this.dir)
    })
    const target = await open(path, 'wx').catch((error: unknown) => {
      throw asFileError(error, this.dir)
    })
    try {
      for await (const bytes of readable(from)) {
        beat()
        const written = target.writeFile(bytes)
        // both take about as long
        hash.update(bytes)
        size += bytes.length
        await written.catch((error: unknown) => {
          throw asFileError(error, this.dir)
        })
      }
      // what was cut or written to meanwhile is neither what it was nor what it becomes
      const after = await stat(from).catch(() => null)
      if (said && (!isAsBefore(said, after) || size !== said.size)) throw changedFile(name)
      await target.sync()
    } finally {
      await target.close()
    }
    return { dir: into, path, size, sha256: hash.digest('hex') }
  }

  /** Gives a copy its place. A folder of that name that no log knows is what a crash left behind. */
  async settle(copy: Copy, id: string): Promise<void> {
    const place = join(this.dir, id)
    try {
      await remove(place)
      await renameInto(copy.dir, place)
    } catch (error) {
      throw asFileError(error, this.dir)
    }
  }

  /** The numbers of all files of which there is a copy. */
  async list(): Promise<string[]> {
    return readdir(this.dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw asFileError(error, this.dir)
    })
  }

  async remove(id: string): Promise<void> {
    await remove(join(this.dir, id)).catch((error: unknown) => {
      throw asFileError(error, this.dir)
    })
  }

  /** Throws SOURCE_CHANGED where the copy is gone or is not what was added. */
  async verify(source: Source, beat: () => void): Promise<void> {
    const hash = await hashOf(this.pathOf(source), beat).catch((error: NodeJS.ErrnoException) => {
      // only what the system says of the copy
      if (error.syscall === undefined) throw error
      return null
    })
    if (hash?.digest('hex') === source.sha256) return
    const file = basename(source.name)
    throw new NeiroError('SOURCE_CHANGED', { file })
  }
}

async function* readable(path: string): AsyncGenerator<Buffer> {
  try {
    yield* piecesOf(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw error instanceof NeiroError || code === undefined ? error : unreadableFile(path, code)
  }
}

async function hashOf(path: string, beat: () => void): Promise<Hash> {
  const hash = createHash('sha256')
  for await (const bytes of piecesOf(path)) {
    beat()
    hash.update(bytes)
  }
  return hash
}

/** The file's own name, without signs that some system's folders cannot hold; a project may be moved anywhere. */
export function storedName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/')).replace(/[\u0000-\u001f<>:"|?*]/g, '_')
  // names have at most 255 bytes; the end says the kind
  const short = Array.from(plain).slice(-60).join('')
  return /^\.*$/.test(short) ? '_' : short
}
