// What a file holds, as one number: two that have the same SHA-256 hold the same.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** Rejects where it cannot be read. */
export async function fileHash(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file) as AsyncIterable<Buffer>) hash.update(part)
  return hash.digest('hex')
}
