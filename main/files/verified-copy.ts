// A second copy of folders, proven: each file is summed while it is read, and read back where it now lies. Brought up to
// date as often as is wanted, for the first may change meanwhile. Times are kept, for some of ours tell age by them;
// locks and half-written files of living processes are not taken along.
import { createHash, type Hash } from 'node:crypto'
import { lstat, mkdir, open, readdir, readlink, symlink, utimes } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { NeiroError } from '../contract/errors'
import { leftoverOf } from './beside'
import { asFileError } from './file-errors'
import { remove } from './moving'
import { syncFolder } from './whole-file'

interface Entry {
  /** from the root, with this system's separators */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly size: number
  /** another one means other bytes */
  readonly stamp: string
}

/** Told the bytes that were copied or read back since the last time. */
export type OnBytes = (bytes: number) => void

const pieceBytes = 1024 * 1024

export class VerifiedCopy {
  /** what was brought, by path */
  readonly #brought = new Map<string, { readonly stamp: string; readonly sum: string }>()
  readonly #piece = Buffer.allocUnsafe(pieceBytes)

  /** names: those below `from` that are copied; one that is not there is nothing. place: where the copy will lie when it
   *  is whole. */
  constructor(
    private readonly from: string,
    private readonly to: string,
    private readonly names: readonly string[],
    private readonly place = to
  ) {}

  /** Bytes of all files. */
  async bytes(): Promise<number> {
    return (await this.#entries()).reduce((sum, { size }) => sum + size, 0)
  }

  /** Of all that is there now: another one means that something is other than it was. */
  async state(): Promise<string> {
    const hash = createHash('sha256')
    for (const { path, stamp } of await this.#entries()) hash.update(`${path}\0${stamp}\0`)
    return hash.digest('hex')
  }

  /** The file that was written last; null: there is none. */
  async newest(): Promise<string | null> {
    let newest: { readonly file: string; readonly at: number } | null = null
    for (const { path, kind } of await this.#entries()) {
      const file = join(this.from, path)
      const at = kind === 'folder' ? 0 : ((await lstat(file).catch(() => null))?.ctimeMs ?? 0)
      if (at > (newest?.at ?? 0)) newest = { file, at }
    }
    return newest?.file ?? null
  }

  /** Copies what is new or different since the last time, and takes away what is gone. Answers how many entries that
   *  were. Throws DISK_FULL, READ_ONLY and what else the system says, or the signal's reason. */
  async bring(onBytes: OnBytes, signal: AbortSignal): Promise<number> {
    const entries = await this.#entries()
    let changed = 0
    for (const entry of entries) {
      signal.throwIfAborted()
      if (this.#brought.get(entry.path)?.stamp === entry.stamp) continue
      changed++
      await this.#bringOne(entry, onBytes, signal).catch((error: unknown) => {
        throw asFileError(error, join(this.to, entry.path))
      })
    }
    const there = new Set(entries.map(({ path }) => path))
    for (const path of [...this.#brought.keys()].filter((path) => !there.has(path))) {
      changed++
      await remove(join(this.to, path))
      this.#brought.delete(path)
    }
    // the deepest first: what is written into a folder changes its time
    for (const { path } of entries.filter(({ kind }) => kind === 'folder').reverse()) {
      const { atime, mtime } = await lstat(join(this.from, path)).catch(() => lstat(join(this.to, path)))
      await utimes(join(this.to, path), atime, mtime)
      await syncFolder(join(this.to, path))
    }
    return changed
  }

  /** Reads every copied file back. Throws COPY_DIFFERS {file}. */
  async prove(onBytes: OnBytes, signal: AbortSignal): Promise<void> {
    for (const [path, { sum }] of this.#brought) {
      if (sum === '') continue
      const file = join(this.to, path)
      const hash = createHash('sha256')
      await this.#through(file, hash, signal, async (piece) => onBytes(piece.length)).catch(
        (error: unknown) => {
          throw asFileError(error, file)
        }
      )
      if (hash.digest('hex') !== sum) throw new NeiroError('COPY_DIFFERS', { file })
    }
  }

  async #bringOne(entry: Entry, onBytes: OnBytes, signal: AbortSignal): Promise<void> {
    const { path, kind, stamp } = entry
    const [source, target] = [join(this.from, path), join(this.to, path)]
    let sum = ''
    if (kind === 'folder') await mkdir(target, { recursive: true })
    else if (kind === 'link') {
      await remove(target)
      await symlink(this.#moved(await readlink(source)), target)
    } else sum = await this.#copy(source, target, onBytes, signal)
    this.#brought.set(path, { stamp, sum })
  }

  /** Answers the sum of what was read. */
  async #copy(source: string, target: string, onBytes: OnBytes, signal: AbortSignal): Promise<string> {
    const { atime, mtime, mode } = await lstat(source)
    const hash = createHash('sha256')
    const handle = await open(target, 'w', mode)
    try {
      await this.#through(source, hash, signal, async (piece) => {
        await handle.writeFile(piece)
        onBytes(piece.length)
      })
      await handle.utimes(atime, mtime)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return hash.digest('hex')
  }

  async #through(
    file: string,
    hash: Hash,
    signal: AbortSignal,
    use: (piece: Uint8Array) => Promise<void>
  ): Promise<void> {
    const handle = await open(file, 'r')
    try {
      for (;;) {
        signal.throwIfAborted()
        const { bytesRead } = await handle.read(this.#piece, 0, pieceBytes)
        if (bytesRead === 0) return
        const piece = this.#piece.subarray(0, bytesRead)
        hash.update(piece)
        await use(piece)
      }
    } finally {
      await handle.close()
    }
  }

  /** A whole way into the first copy leads into the second. */
  #moved(target: string): string {
    const from = resolve(this.from)
    return target.startsWith(from + sep) ? join(this.place, target.slice(from.length)) : target
  }

  /** A folder before what it holds. */
  async #entries(): Promise<readonly Entry[]> {
    const found: Entry[] = []
    for (const name of this.names) await this.#look(name, found)
    return found
  }

  async #look(path: string, found: Entry[]): Promise<void> {
    const info = await lstat(join(this.from, path), { bigint: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw asFileError(error, join(this.from, path))
      }
    )
    if (!info) return
    const folder = info.isDirectory()
    if (!folder && !info.isFile() && !info.isSymbolicLink()) return
    const kind = folder ? 'folder' : info.isFile() ? 'file' : 'link'
    const size = kind === 'file' ? Number(info.size) : 0
    found.push({ path, kind, size, stamp: folder ? 'folder' : `${kind} ${size} ${info.mtimeNs} ${info.ino}` })
    if (!folder) return
    const names = await readdir(join(this.from, path)).catch((error: unknown) => {
      throw asFileError(error, join(this.from, path))
    })
    for (const name of names.filter(isContent)) await this.#look(join(path, name), found)
  }
}

const isContent = (name: string): boolean => !/^lock-\d+\.json$/.test(name) && leftoverOf(name) === null
