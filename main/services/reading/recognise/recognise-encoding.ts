// Which encoding a file is written in, from its own bytes: a byte order mark, then whether it is UTF-8 to the
// last byte, then how Japanese it looks in each of the old encodings. Reads bytes; decodes nothing.
import { open } from 'node:fs/promises'
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { Certainty } from '../../../contract/records'
import { certain, fairly, hardly } from './certainty'
import { shareOfText } from './utf16-bytes'
import { weighCp932, weighEucJp, type Evidence } from './japanese-bytes'
import {
  binaryFile,
  compressedFile,
  emptyData,
  lfsPointer,
  unknownEncoding,
  wrongEncoding
} from '../file-errors'

export type Encoding =
  | 'utf-8'
  | 'utf-8-bom'
  | 'utf-16le'
  | 'utf-16be'
  | 'cp932'
  | 'euc-jp'
  | 'iso-2022-jp'
  // only ever by the user's choice: whatever else the decoder knows
  | (string & {})

const chunkSize = 1 << 18

const aliases: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  utf8bom: 'utf-8-bom',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  shiftjis: 'cp932',
  sjis: 'cp932',
  cp932: 'cp932',
  ms932: 'cp932',
  windows31j: 'cp932',
  eucjp: 'euc-jp',
  iso2022jp: 'iso-2022-jp',
  jis: 'iso-2022-jp'
}

/** The encoding that a person named, in whatever spelling. */
export function namedEncoding(name: string): Encoding {
  const known = aliases[name.toLowerCase().replace(/[^a-z0-9]/g, '')]
  if (known) return known
  if (iconv.encodingExists(name)) return name
  throw unknownEncoding(name)
}

export interface FoundEncoding {
  readonly encoding: Encoding
  readonly certainty: Certainty
}

export async function recogniseEncoding(file: string): Promise<FoundEncoding> {
  const handle = await open(file, 'r')
  try {
    const chunk = Buffer.alloc(chunkSize)
    const { bytesRead } = await handle.read(chunk, 0, chunkSize)
    const head = chunk.subarray(0, bytesRead)
    if (bytesRead === 0) throw emptyData(file)
    refuseOtherFiles(head, file)
    const marked = byMark(head)
    if (marked) return surely(marked)
    if (head.includes(0)) return surely(utf16ByNulls(head, bytesRead < chunkSize) ?? fail(binaryFile(file)))
    const odd = await firstChunkThatIsNotUtf8(handle, head)
    if (!odd) return surely(head.includes('\x1b$') || head.includes('\x1b(J') ? 'iso-2022-jp' : 'utf-8')
    return byEvidence(odd, file)
  } finally {
    await handle.close()
  }
}

const surely = (encoding: Encoding): FoundEncoding => ({ encoding, certainty: certain })

/** Files that are no text at all, known by how they begin. */
export function refuseOtherFiles(head: Buffer, file: string): void {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte)
  if (head.toString('latin1', 0, 40).startsWith('version https://git-lfs.github.com')) throw lfsPointer(file)
  const packed =
    (begins(0x1f, 0x8b) && 'gzip') ||
    (begins(0x50, 0x4b, 3, 4) && 'zip') ||
    (begins(0x28, 0xb5, 0x2f, 0xfd) && 'zstd') ||
    (begins(0x42, 0x5a, 0x68) && 'bzip2') ||
    (begins(0xfd, 0x37, 0x7a, 0x58) && 'xz') ||
    (begins(0x37, 0x7a, 0xbc, 0xaf) && '7z')
  if (packed) throw compressedFile(file, packed)
  const isBinary =
    begins(0x25, 0x50, 0x44, 0x46) || // PDF
    begins(0xd0, 0xcf, 0x11, 0xe0) || // old Office files
    begins(0x89, 0x50, 0x4e, 0x47) || // PNG
    begins(0xff, 0xd8, 0xff) || // JPEG
    begins(0x50, 0x41, 0x52, 0x31) || // Parquet
    head.toString('latin1', 0, 6) === 'SQLite'
  if (isBinary) throw binaryFile(file)
}

function byMark(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8-bom'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return null
}

/** Text in UTF-16 has its zeros on one side only: the upper halves of ASCII characters and line ends. */
function utf16ByNulls(head: Buffer, isWhole: boolean): Encoding | null {
  if (isWhole && head.length % 2 !== 0) return null
  const sides = [0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) sides[i % 2] = (sides[i % 2] as number) + 1
  const [even, odd] = sides as [number, number]
  if (Math.min(even, odd) * 20 > Math.max(even, odd)) return null
  const encoding = odd > even ? 'utf-16le' : 'utf-16be'
  return shareOfText(head, encoding) > 0.98 ? encoding : null
}

async function firstChunkThatIsNotUtf8(
  handle: { read(buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number }> },
  head: Buffer
): Promise<Buffer | null> {
  const chunk = Buffer.alloc(chunkSize)
  let current: Buffer = head
  for (;;) {
    // a character may be cut in two by the end of the chunk: its bytes go to the next one
    const whole = current.length < chunkSize ? current.length : wholeCharacters(current)
    if (!isUtf8(current.subarray(0, whole))) return Buffer.from(current)
    const rest = current.length - whole
    current.copy(chunk, 0, whole)
    const { bytesRead } = await handle.read(chunk, rest, chunkSize - rest)
    if (bytesRead === 0) return rest > 0 ? Buffer.from(current) : null
    current = chunk.subarray(0, rest + bytesRead)
  }
}

/** Length without the unfinished UTF-8 character at the end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte >= 0xc0) return bytes.length - back
    if (byte < 0x80) break
  }
  return bytes.length
}

function byEvidence(bytes: Buffer, file: string): FoundEncoding {
  const utf8 = weighUtf8(bytes)
  // damaged UTF-8 is still UTF-8: other encodings hardly ever form its sequences
  if (utf8.sequences > 10 * utf8.errors) return { encoding: 'utf-8', certainty: fairly('damaged-text') }
  const cp932 = weighCp932(bytes)
  const eucJp = weighEucJp(bytes)
  const [best, other] = eucJp.score > cp932.score ? [eucJp, cp932] : [cp932, eucJp]
  if (best.errors > best.characters * 0.05) {
    const utf16 = (['utf-16le', 'utf-16be'] as const).find((encoding) => shareOfText(bytes, encoding) > 0.98)
    if (utf16) return { encoding: utf16, certainty: fairly('damaged-text') }
    throw wrongEncoding(file)
  }
  return { encoding: best === eucJp ? 'euc-jp' : 'cp932', certainty: between(best, other) }
}

/** The same bytes may mean something in both of the old encodings: how far apart they are is how sure it is. */
function between(best: Evidence, other: Evidence): Certainty {
  if (best.errors > 0) return fairly('damaged-text')
  const apart = best.score - other.score
  if (apart >= 30) return certain
  // a sentence or two is that far apart; single words are not
  return apart >= 10 ? fairly('little-text') : hardly('two-encodings')
}

function weighUtf8(bytes: Buffer): { sequences: number; errors: number } {
  let sequences = 0
  let errors = 0
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] as number
    const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0
    const isWhole = length > 0 && isUtf8(bytes.subarray(i, i + length))
    if (!isWhole) errors++
    else if (length > 1) sequences++
    i += isWhole ? length : 1
  }
  return { sequences, errors }
}

function fail(error: Error): never {
  throw error
}
