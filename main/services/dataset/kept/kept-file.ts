// A kept folder that is read from: examples and refused rows by their number, and which examples hold some words.
// What lies in memory is the index alone.
import { readSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Example, RefusedRow } from '../../../contract/records'
import { Pauses } from '../../reading/pauses'
import { exampleOf, refusedOf } from './example-lines'
import { KeptBroken, orBroken } from './kept-broken'
import type { KeptIndex } from './kept-index'
import { keptPlaces } from './place'

/** bytes that are searched at once */
const pieceSize = 2 << 20

export class KeptFile {
  constructor(
    private readonly dir: string,
    readonly index: KeptIndex
  ) {}

  get examples(): number {
    return this.index.ends.length
  }

  get refused(): number {
    return this.index.refusedEnds.length
  }

  /** Those from here to there, in order. name: of the file, as the user knows it. */
  examplesOf(from: number, to: number, name: string): Promise<Example[]> {
    return orBroken(this.dir, async () => {
      const lines = await linesOf(keptPlaces(this.dir).examples, this.index.ends, from, to)
      return lines.map((line) => exampleOf(line, name))
    })
  }

  /** Those of these numbers, given in order; many at once cost little more than one. */
  examplesAt(lines: readonly number[], name: string): Promise<Example[]> {
    return orBroken(this.dir, async () => {
      const texts = await scatteredLines(keptPlaces(this.dir).examples, this.index.ends, lines)
      return texts.map((line) => exampleOf(line, name))
    })
  }

  refusedOf(from: number, to: number, name: string): Promise<RefusedRow[]> {
    return orBroken(this.dir, async () => {
      const lines = await linesOf(keptPlaces(this.dir).refused, this.index.refusedEnds, from, to)
      return lines.map((line) => refusedOf(line, name))
    })
  }

  /** Numbers of the examples that hold it, in order. wanted: in the form in which texts are searched, not empty. */
  search(wanted: string): Promise<Uint32Array> {
    return orBroken(this.dir, () => this.#search(Buffer.from(wanted)))
  }

  async #search(needle: Buffer): Promise<Uint32Array> {
    const { foldedEnds } = this.index
    const found: number[] = []
    const handle = await opened(keptPlaces(this.dir).folded)
    try {
      const bytes = Buffer.allocUnsafe(Math.max(pieceSize, 2 * needle.length))
      // of the file: where the piece begins
      let start = 0
      let kept = 0
      let example = 0
      for (;;) {
        const { bytesRead } = await handle.read(bytes, kept, bytes.length - kept, start + kept)
        if (bytesRead === 0) return Uint32Array.from(found)
        const end = kept + bytesRead
        const piece = bytes.subarray(0, end)
        for (let at = piece.indexOf(needle); at >= 0; at = piece.indexOf(needle, at)) {
          while ((foldedEnds[example] as number) <= start + at) example++
          found.push(example)
          // once is enough: on with the next example
          at = (foldedEnds[example] as number) - start
          if (at >= end) break
        }
        // what is found across two pieces begins before the end of this one
        kept = Math.min(needle.length - 1, end)
        bytes.copyWithin(0, end - kept, end)
        start += end - kept
        // an example that is known to hold it is not found again
        const known = found.length > 0 ? (foldedEnds[found.at(-1) as number] as number) : 0
        if (known > start) {
          kept = 0
          start = known
        }
      }
    } finally {
      await handle.close()
    }
  }
}

async function linesOf(file: string, ends: Float64Array, from: number, to: number): Promise<string[]> {
  const last = Math.min(to, ends.length)
  if (from >= last) return []
  const beginOf = (line: number): number => (line === 0 ? 0 : (ends[line - 1] as number))
  const start = beginOf(from)
  const handle = await opened(file)
  try {
    const bytes = await readWhole(handle, start, (ends[last - 1] as number) - start)
    return Array.from({ length: last - from }, (_, i) =>
      bytes.toString('utf8', beginOf(from + i) - start, (ends[from + i] as number) - start - 1)
    )
  } finally {
    await handle.close()
  }
}

/** lines that are read along with those that are wanted */
const scattered = { gap: 16, most: 512 }

/** Thousands of small pieces, of which nearly all lie in the system's memory: read one after another they take a tenth of what
 *  they take as so many requests. */
async function scatteredLines(file: string, ends: Float64Array, lines: readonly number[]): Promise<string[]> {
  const runs: number[][] = []
  for (const line of lines) {
    const run = runs.at(-1)
    const [first = 0, last = 0] = [run?.[0], run?.at(-1)]
    if (run && line - last <= scattered.gap && line - first < scattered.most) run.push(line)
    else runs.push([line])
  }
  const pauses = new Pauses()
  const handle = await opened(file)
  try {
    const texts: string[] = []
    for (const run of runs) {
      for (const text of linesIn(handle.fd, ends, run)) texts.push(text)
      await pauses.whenDue()
    }
    return texts
  } finally {
    await handle.close()
  }
}

function linesIn(fd: number, ends: Float64Array, lines: readonly number[]): string[] {
  const beginOf = (line: number): number => (line === 0 ? 0 : (ends[line - 1] as number))
  const start = beginOf(lines[0] as number)
  const bytes = Buffer.allocUnsafe((ends[lines.at(-1) as number] as number) - start)
  for (let done = 0; done < bytes.length;) {
    const read = readSync(fd, bytes, done, bytes.length - done, start + done)
    if (read === 0) throw new KeptBroken('cut')
    done += read
  }
  return lines.map((line) =>
    bytes.toString('utf8', beginOf(line) - start, (ends[line] as number) - start - 1)
  )
}

const opened = (file: string): Promise<FileHandle> =>
  open(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new KeptBroken(file) : error
  })

async function readWhole(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) throw new KeptBroken('cut')
    done += bytesRead
  }
  return bytes
}
