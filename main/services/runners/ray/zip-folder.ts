// A folder as one zip file, the same bytes for the same content: its name is made of them, and a package that is there
// already is not sent twice.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Answers with the SHA-256 of the file. */
export async function zipFolder(folder: string, file: string): Promise<string> {
  // loaded with the first training that is sent, not at every start
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const path of names) {
    const name = relative(folder, path).split(sep).join('/')
    // weights do not grow smaller
    zip.addFile(path, name, { mtime: new Date(0), mode: 0o100644, compress: !name.endsWith('.safetensors') })
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(file))
  const hash = createHash('sha256')
  for await (const part of createReadStream(file) as AsyncIterable<Buffer>) hash.update(part)
  return hash.digest('hex')
}
