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
import { mostUploadBytes } from '../contract/uploads'

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

export interface Upload {
  readonly name: string
  /** the way to it from a dropped folder on ("返信/2026"); '' for a file by itself */
  readonly folder?: string
  /** made by the page: what was in one folder comes into one; absent: a place of its own */
  readonly batch?: string
}

/** deeper than anybody's folders, and far from the longest path that a system takes */
const mostFolders = 30

/** as crypto.randomUUID() makes them */
const batchName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Writes the request's body; answers the path of what was dropped: the file, or the folder that it was in. Names are
 *  reduced to base names, and ways to what stays below the upload's own place. */
export async function receiveUpload(
  request: IncomingMessage,
  { name: given, folder: way = '', batch = randomUUID() }: Upload,
  uploads: string,
  most = mostUploadBytes
): Promise<string> {
  const name = safeName(basename(given.replaceAll('\\', '/')))
  const folders = way === '' ? [] : way.split(/[\\/]/).map(safeName)
  if ([...folders, name].some(isNoName) || folders.length > mostFolders || !batchName.test(batch))
    throw new NeiroError('BAD_FILE_NAME')
  const tooLarge = (): NeiroError =>
    new NeiroError('UPLOAD_TOO_LARGE', {
      file: name
    })
  // said before anything is sent, so that the answer still finds the window
  if (Number(request.headers['content-length']) > most) throw tooLarge()
  let received = 0
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length
      if (received > most) done(tooLarge())
      else done(null, chunk)
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

const isNoName = (name: string): boolean => name === '' || name === '.' || name === '..'

const safeName = (name: string): string => shortened(name.replace(/[\u0000-\u001f<>:"|?*]/g, '_'))

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

/** File systems take 255 bytes, a kana is three of them; the ending stays, for it tells the kind. */
function shortened(name: string): string {
  const ending = extname(name).slice(0, 20)
  const stem = [...name.slice(0, name.length - extname(name).length)]
  while (Buffer.byteLength(stem.join('') + ending) > 200) stem.pop()
  return stem.join('') + ending
}
