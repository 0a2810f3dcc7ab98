// A file that the served window hands over: streamed to the upload folder under its own name, never in memory.
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rmdir, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { basename, extname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { remove } from '../files/moving'
import { NeiroError } from '../contract/errors'
import { asFileError } from '../files/file-errors'
import { plainName } from '../files/plain-name'
import { mostUploadBytes, mostUploadsBytes } from '../contract/uploads'

/** The data room keeps its own copy of what was handed over. */
const keptMs = 86_400_000

/** Lets go of what was handed over more than a day ago. */
export async function emptyUploads(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const info = await stat(path).catch(() => null)
    if (info && now - info.mtimeMs > keptMs) await remove(path)
  }
}

/** How much the files take together that were handed over: counted here as they come, and from the disk where that would
 *  be too much, since the data room lets go of what it has copied. */
export class UploadsRoom {
  #taken = Infinity
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly folder: string,
    private readonly most = mostUploadsBytes
  ) {}

  /** One after another. Throws UPLOADS_FULL. */
  make(bytes: number, file: string): Promise<void> {
    const made = this.#last.then(() => this.#make(bytes, file))
    this.#last = made.catch(() => undefined)
    return made
  }

  async #make(bytes: number, file: string): Promise<void> {
    if (this.#taken + bytes > this.most) this.#taken = await sizeOf(this.folder)
    if (this.#taken + bytes > this.most)
      throw new NeiroError('UPLOADS_FULL', { file, most: String(Math.round(this.most / 1024 ** 3)) })
    this.#taken += bytes
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  let size = 0
  for (const entry of entries) {
    if (!entry.isFile()) continue
    // also an empty file takes something
    size += 4096 + ((await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0)
  }
  return size
}

export interface Upload {
  readonly name: string
  /** the way to it from a dropped folder on ("返信/2026"); '' for a file by itself */
  readonly folder?: string
  /** made by the page: what was in one folder comes into one; absent: a place of its own */
  readonly batch?: string
}

/** deeper than anybody's folders, and far from the longest path that a system takes */
const mostFolders = 30

/** the whole way, bytes; a system takes 4096 with what stands before it */
const mostWayBytes = 2000

/** as crypto.randomUUID() makes them */
const batchName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Writes the request's body; answers the path of what was dropped: the file, or the folder that it was in. Names are
 *  reduced to base names, and ways to what stays below the upload's own place. */
export async function receiveUpload(
  request: IncomingMessage,
  { name: given, folder: way = '', batch = randomUUID() }: Upload,
  uploads: string,
  most = mostUploadBytes,
  room = new UploadsRoom(uploads)
): Promise<string> {
  const name = plainName(basename(given.replaceAll('\\', '/')))
  const folders = foldersOf(way)
  if ([...folders, name].includes('') || folders.length > mostFolders || !batchName.test(batch))
    throw new NeiroError('BAD_FILE_NAME')
  const tooLarge = (): NeiroError =>
    new NeiroError('UPLOAD_TOO_LARGE', {
      file: name
    })
  // said before anything is sent, so that the answer still finds the window
  if (Number(request.headers['content-length']) > most) throw tooLarge()
  // who does not say how much comes is believed as it comes
  await room.make(4096 + (Number(request.headers['content-length']) || 0), name)
  const isSaid = request.headers['content-length'] !== undefined
  let received = 0
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length
      if (received > most) done(tooLarge())
      else if (isSaid) done(null, chunk)
      else room.make(chunk.length, name).then(() => done(null, chunk), done)
    }
  })
  const own = join(uploads, batch)
  const dir = join(own, ...folders)
  let file: string | null = null
  try {
    await mkdir(dir, { recursive: true })
    file = await freeName(dir, name)
    await pipeline(request, limit, createWriteStream(file))
  } catch (error) {
    // what else came with the same folder is whole
    if (file) await remove(file).catch(() => undefined)
    await rmdir(own).catch(() => undefined)
    throw asFileError(error, uploads)
  }
  return join(own, folders[0] ?? basename(file))
}

/** Names that are too long together are each shortened; two that become one hold the files of both. */
function foldersOf(way: string): readonly string[] {
  if (way === '') return []
  const names = way.split(/[\\/]/)
  const bytes = names.reduce((sum, name) => sum + Buffer.byteLength(name) + 1, 0)
  return names.map((name) => plainName(name, bytes > mostWayBytes ? mostWayBytes / mostFolders : undefined))
}

/** Two names may have become one: the second is numbered. The file is made at once, so that nobody else takes it. */
async function freeName(dir: string, name: string): Promise<string> {
  const ending = extname(name)
  for (let n = 1; ; n++) {
    const file = join(dir, n === 1 ? name : `${name.slice(0, name.length - ending.length)} ${n}${ending}`)
    try {
      await (await open(file, 'wx')).close()
      return file
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
