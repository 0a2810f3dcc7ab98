// A file that the served window hands over: streamed to the upload folder under its own name, never in memory.
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { NeiroError } from '../contract/errors'

/** 2 GiB: far over any office file, far under a disk */
const mostBytes = 2 * 1024 ** 3

/** Writes the request's body; answers the file's path. Names are reduced to a base name of their own folder. */
export async function receiveUpload(
  request: IncomingMessage,
  given: string,
  folder: string
): Promise<string> {
  const name = basename(given.replaceAll('\\', '/'))
    .replace(/[\u0000-\u001f<>:"|?*]/g, '_')
    .slice(0, 150)
  if (name === '' || name === '.' || name === '..')
    throw new NeiroError('BAD_FILE_NAME', 'The file has no usable name.', 'Rename the file and add it again.')
  const own = join(folder, randomUUID())
  await mkdir(own, { recursive: true })
  const file = join(own, name)
  let received = 0
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length
      if (received > mostBytes)
        done(
          new NeiroError(
            'UPLOAD_TOO_LARGE',
            `${name} is larger than 2 GB.`,
            'Split the file and add the parts.',
            { file: name }
          )
        )
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
