// A file that the served window hands over: streamed to the upload folder under its own name, never in memory.
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { basename, extname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { NeiroError } from '../contract/errors'

/** 2 GiB: far over any office file, far under a disk */
const mostBytes = 2 * 1024 ** 3

/** The data room keeps its own copy of what was handed over. */
const keptMs = 86_400_000

/** Lets go of what was handed over more than a day ago. */
export async function emptyUploads(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const info = await stat(path).catch(() => null)
    if (info && now - info.mtimeMs > keptMs) await rm(path, { recursive: true, force: true })
  }
}

/** Writes the request's body; answers the file's path. Names are reduced to a base name of their own folder. */
export async function receiveUpload(
  request: IncomingMessage,
  given: string,
  folder: string,
  most = mostBytes
): Promise<string> {
  const name = shortened(basename(given.replaceAll('\\', '/')).replace(/[\u0000-\u001f<>:"|?*]/g, '_'))
  if (name === '' || name === '.' || name === '..')
    throw new NeiroError('BAD_FILE_NAME', 'The file has no usable name.', 'Rename the file and add it again.')
  const tooLarge = (): NeiroError =>
    new NeiroError('UPLOAD_TOO_LARGE', `${name} is larger than 2 GB.`, 'Split the file and add the parts.', {
      file: name
    })
  // said before anything is sent, so that the answer still finds the window
  if (Number(request.headers['content-length']) > most) throw tooLarge()
  const own = join(folder, randomUUID())
  await mkdir(own, { recursive: true })
  const file = join(own, name)
  let received = 0
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length
      if (received > most) done(tooLarge())
      else done(null, chunk)
    }
  })
  try {
    await pipeline(request, limit, createWriteStream(file, { flags: 'wx' }))
  } catch (error) {
    await rm(own, { recursive: true, force: true })
    throw error
  }
  return file
}

/** File systems take 255 bytes, a kana is three of them; the ending stays, for it tells the kind. */
function shortened(name: string): string {
  const ending = extname(name).slice(0, 20)
  const stem = [...name.slice(0, name.length - extname(name).length)]
  while (Buffer.byteLength(stem.join('') + ending) > 200) stem.pop()
  return stem.join('') + ending
}
