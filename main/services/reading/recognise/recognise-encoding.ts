// Which encoding a file is written in, from its own bytes: a byte order mark, then whether it is UTF-8 to the last byte,
// then what its bytes mean in each of the old encodings. Reads bytes; decodes nothing.
import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { openOrdinary } from '../../../files/ordinary-file'
import type { Certainty } from '../../../contract/records'
import { byEvidence, linesOf, wordsBeyondAscii } from './by-evidence'
import { certain, fairly } from './certainty'
import { shareOfText, wideByNulls } from './unicode-bytes'
import {
  binaryFile,
  otherKind,
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
  | 'utf-32le'
  | 'utf-32be'
  | 'iso-2022-jp'
  // of encodings.ts; by the user's choice whatever else the decoder knows
  | (string & {})

const chunkSize = 1 << 18

const aliases: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  utf8bom: 'utf-8-bom',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  utf32: 'utf-32le',
  utf32le: 'utf-32le',
  utf32be: 'utf-32be',
  shiftjis: 'cp932',
  sjis: 'cp932',
  cp932: 'cp932',
  ms932: 'cp932',
  windows31j: 'cp932',
  eucjp: 'euc-jp',
  iso2022jp: 'iso-2022-jp',
  jis: 'iso-2022-jp',
  ansi: 'windows-1252',
  cp1252: 'windows-1252',
  latin1: 'windows-1252',
  iso88591: 'windows-1252',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  cp936: 'gb18030',
  windows936: 'gb18030',
  big5: 'big5',
  cp950: 'big5',
  big5hkscs: 'big5',
  euckr: 'cp949',
  cp949: 'cp949',
  uhc: 'cp949',
  ksc56011987: 'cp949',
  macintosh: 'macroman',
  macroman: 'macroman',
  mac: 'macroman'
}

/** The encoding that a person named, in whatever spelling. */
export function namedEncoding(name: string): Encoding {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const known = Object.hasOwn(aliases, plain) ? aliases[plain] : undefined
  if (known) return known
  // iconv-lite looks names up in an object, and finds what every object has
  if (plain in {}) throw unknownEncoding(name)
  // what it knows besides is no writing: base64, hex
  if (iconv.encodingExists(name) && iconv.decode(Buffer.from('a,'), name) === 'a,') return name
  throw unknownEncoding(name)
}

export interface FoundEncoding {
  readonly encoding: Encoding
  readonly certainty: Certainty
}

export async function recogniseEncoding(file: string): Promise<FoundEncoding> {
  const handle = await openOrdinary(file)
  try {
    const chunk = Buffer.alloc(chunkSize)
    const { bytesRead } = await handle.read(chunk, 0, chunkSize)
    const head = chunk.subarray(0, bytesRead)
    if (bytesRead === 0) throw emptyData(file)
    refuseOtherFiles(head, file)
    const marked = byMark(head)
    if (marked) return surely(marked)
    const wide = head.includes(0) ? wideByNulls(head, bytesRead < chunkSize) : null
    if (wide) return surely(wide)
    if (isMostlyNulls(head)) throw binaryFile(file)
    const odd = await firstChunkThatIsNotUtf8(handle, head)
    if (!odd)
      return head.includes('\x1b$') || head.includes('\x1b(J') ? surely('iso-2022-jp') : plainUtf8(head)
    return notWholeUtf8(odd.chunk, odd.hadUtf8, file)
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
  if (begins(0x25, 0x50, 0x44, 0x46)) throw otherKind(file, 'pdf')
  const isImage =
    begins(0x89, 0x50, 0x4e, 0x47) || // PNG
    begins(0xff, 0xd8, 0xff) || // JPEG
    begins(0x47, 0x49, 0x46, 0x38) // GIF
  if (isImage) throw otherKind(file, 'image')
  const isBinary =
    begins(0xd0, 0xcf, 0x11, 0xe0) || // old Office files
    begins(0x50, 0x41, 0x52, 0x31) || // Parquet
    head.toString('latin1', 0, 6) === 'SQLite'
  if (isBinary) throw binaryFile(file)
}

function byMark(head: Buffer): Encoding | null {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte)
  if (begins(0xef, 0xbb, 0xbf)) return 'utf-8-bom'
  if (begins(0xff, 0xfe, 0, 0)) return 'utf-32le'
  if (begins(0, 0, 0xfe, 0xff)) return 'utf-32be'
  if (begins(0xff, 0xfe)) return 'utf-16le'
  return begins(0xfe, 0xff) ? 'utf-16be' : null
}

/** Some programs leave a zero or two in their text; what is full of them is none. */
function isMostlyNulls(head: Buffer): boolean {
  let nulls = 0
  for (const byte of head) if (byte === 0) nulls++
  return nulls * 100 > head.length
}

interface Handle {
  read(buffer: Buffer, offset: number, length: number): Promise<{ readonly bytesRead: number }>
}

async function firstChunkThatIsNotUtf8(
  handle: Handle,
  head: Buffer
): Promise<{ readonly chunk: Buffer; readonly hadUtf8: boolean } | null> {
  const chunk = Buffer.alloc(chunkSize)
  let current: Buffer = head
  let hadUtf8 = false
  for (;;) {
    // a character may be cut in two by the end of the chunk: its bytes go to the next one
    const whole = current.length < chunkSize ? current.length : wholeCharacters(current)
    if (!isUtf8(current.subarray(0, whole))) return { chunk: await withMore(handle, current), hadUtf8 }
    hadUtf8 ||= !isAscii(current.subarray(0, whole))
    const rest = current.length - whole
    current.copy(chunk, 0, whole)
    const { bytesRead } = await handle.read(chunk, rest, chunkSize - rest)
    if (bytesRead === 0) return rest > 0 ? { chunk: Buffer.from(current), hadUtf8 } : null
    current = chunk.subarray(0, rest + bytesRead)
  }
}

/** Text may begin at the very end of a chunk: what follows says more. */
async function withMore(handle: Handle, bytes: Buffer): Promise<Buffer> {
  const more = Buffer.alloc(chunkSize)
  const { bytesRead } = await handle.read(more, 0, chunkSize)
  return Buffer.concat([bytes, more.subarray(0, bytesRead)])
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

function notWholeUtf8(bytes: Buffer, hadUtf8: boolean, file: string): FoundEncoding {
  // damaged UTF-8 is still UTF-8: other encodings hardly ever form its sequences
  if (hadUtf8 || isDamagedUtf8(bytes)) return { encoding: 'utf-8', certainty: damaged(bytes) }
  const found = byEvidence(bytes)
  if (found) return found
  const utf16 = (['utf-16le', 'utf-16be'] as const).find((encoding) => shareOfText(bytes, encoding) > 0.98)
  if (utf16) return { encoding: utf16, certainty: fairly('damaged-text') }
  throw bytes.includes(0) ? binaryFile(file) : wrongEncoding(file)
}

function isDamagedUtf8(bytes: Buffer): boolean {
  const { sequences, errors } = weighUtf8(bytes)
  if (sequences > 10 * errors) return true
  let whole = 0
  let broken = 0
  for (const line of linesOf(bytes)) {
    if (isAscii(line)) continue
    if (isUtf8(line)) whole++
    else broken++
  }
  return whole >= broken
}

/** The rows that say nothing are refused one by one; the first of them are shown. */
function damaged(bytes: Buffer): Certainty {
  const wrong = [...linesOf(bytes)].find((line) => !isUtf8(line)) ?? bytes
  const words = wordsBeyondAscii(wrong.toString('utf8')).filter((word) => word.includes('\uFFFD'))
  return { ...fairly('damaged-text'), words }
}

/** Text that was read in a wrong encoding once and saved so is UTF-8 like any other, and yet says nothing. */
function plainUtf8(head: Buffer): FoundEncoding {
  const words = head.toString('utf8').match(misread) ?? []
  if (words.length < 2) return surely('utf-8')
  return {
    encoding: 'utf-8',
    certainty: { ...fairly('misread-before'), words: [...new Set(words)].slice(0, 3) }
  }
}

/** UTF-8 that somebody took for Windows-1252 or Shift_JIS: donâ€™t, cafÃ©, 縺薙ｓ */
const misread =
  /\p{L}{0,12}(?:â€[™œ\u009d˜“”¦]|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf])\p{L}{0,12}|[縺繧繝][\u3041-\u9fff\uff61-\uff9f]{1,2}[縺繧繝]\S{0,12}/gu

function weighUtf8(bytes: Buffer): { sequences: number; errors: number } {
  let sequences = 0
  let errors = 0
  for (let i = 0; i < bytes.length;) {
    const length = lengthOfUtf8(bytes, i)
    if (length === 0) errors++
    else if (length > 1) sequences++
    i += length || 1
  }
  return { sequences, errors }
}

/** Bytes of the character that begins there; 0 where none does. */
function lengthOfUtf8(bytes: Buffer, at: number): number {
  const lead = bytes[at] as number
  if (lead < 0x80) return 1
  const length = lead > 0xf4 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0
  // forms that are longer than they need to be, halves of pairs, and what lies beyond Unicode
  const second = bytes[at + 1] ?? 0
  const isOdd =
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second > 0x9f) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second > 0x8f)
  return isOdd ? 0 : length
}
