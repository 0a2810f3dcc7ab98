// A folder as packages of a Ray cluster. Its dashboard takes no more than 100 MiB at once: what is large is cut in pieces,
// each a package of its own, and put together again by pieces.py of the folder. The same content makes the same bytes, and a
// package is named by them: what is there already is not sent twice.
import { createHash } from 'node:crypto'
import { open, readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'

/** 100 MiB are refused; what stands before a dashboard may take less */
const pieceBytes = 64 * 2 ** 20
/** of what travels in one package with the programs */
const togetherBytes = 32 * 2 ** 20

export interface Package {
  readonly name: string
  readonly content: Buffer
}

interface Part {
  readonly name: string
  readonly size: number
}

/** Pieces first, the folder itself last of all: it says of which pieces its files are made. */
export async function* packagesOf(folder: string): AsyncGenerator<Package & { readonly isPiece: boolean }> {
  const { together, large } = shared(await partsOf(folder))
  const pieces: { readonly file: string; readonly pieces: readonly string[] }[] = []
  for (const { name } of large) {
    const marks: string[] = []
    for await (const content of slices(join(folder, name))) {
      const mark = createHash('sha256').update(content).digest('hex')
      marks.push(mark)
      yield { ...(await packageOf([[`neiro-piece-${mark}`, content]], !isWeights(name))), isPiece: true }
    }
    pieces.push({ file: name, pieces: marks })
  }
  const small: [string, Buffer][] = []
  for (const { name } of together)
    for await (const content of slices(join(folder, name))) small.push([name, content])
  if (pieces.length > 0) small.push(['pieces.json', Buffer.from(JSON.stringify(pieces))])
  yield { ...(await packageOf(small, true)), isPiece: false }
}

/** Bytes that a cluster holds in pieces while it hands them out. */
export async function bytesInPieces(folder: string): Promise<number> {
  return shared(await partsOf(folder)).large.reduce((sum, { size }) => sum + size, 0)
}

/** The largest are cut, until the others go into one package. */
function shared(parts: readonly Part[]): {
  readonly together: readonly Part[]
  readonly large: readonly Part[]
} {
  const large: Part[] = []
  let left = parts.reduce((sum, { size }) => sum + size, 0)
  for (const part of parts.toSorted((a, b) => b.size - a.size)) {
    if (left <= togetherBytes) break
    large.push(part)
    left -= part.size
  }
  return { large, together: parts.filter((part) => !large.includes(part)) }
}

async function partsOf(folder: string): Promise<readonly Part[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    paths.sort().map(async (path) => ({
      name: relative(folder, path).split(sep).join('/'),
      size: (await stat(path)).size
    }))
  )
}

/** An empty file has one, which is empty. */
async function* slices(path: string): AsyncGenerator<Buffer> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    for (let at = 0; at === 0 || at < size; at += pieceBytes) {
      const content = Buffer.alloc(Math.min(pieceBytes, size - at))
      let read = 0
      while (read < content.length) {
        const { bytesRead } = await file.read(content, read, content.length - read, at + read)
        // shorter than it was: its mark will say so there
        if (bytesRead === 0) break
        read += bytesRead
      }
      yield content
    }
  } finally {
    await file.close()
  }
}

// weights do not grow smaller
const isWeights = (name: string): boolean => name.endsWith('.safetensors')

async function packageOf(files: readonly (readonly [string, Buffer])[], compress: boolean): Promise<Package> {
  // loaded with the first training that is sent, not at every start
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  for (const [name, content] of files)
    zip.addBuffer(content, name, {
      ...{ mtime: new Date(0), mode: 0o100644 },
      compress: compress && !isWeights(name)
    })
  zip.end()
  const content = await buffer(zip.outputStream)
  const mark = createHash('sha256').update(content).digest('hex')
  return { name: `_ray_pkg_neiro_${mark.slice(0, 32)}.zip`, content }
}
