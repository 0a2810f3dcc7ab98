// Which of the old encodings some bytes are written in: read in each, and the reading that is most like a language wins.
// How far the next one lies behind is how sure it is. Reads no files.
import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { Certainty } from '../../../contract/records'
import { certain, fairly, hardly } from './certainty'
import { oldEncodings, type OldEncoding } from './encodings'
import { weighText } from './weigh-text'

/** So far apart two readings leave no doubt: in all, and for each byte in which they differ. */
const clearly = 12
const clearShare = 0.3

/** Bytes that decide. */
const looked = 6_000

interface Reading extends OldEncoding {
  readonly text: string
  readonly weight: number
}

/** Null where the bytes are no text in any of them. */
export function byEvidence(
  bytes: Buffer
): { readonly encoding: string; readonly certainty: Certainty } | null {
  const sample = withoutPlainLines(bytes)
  // one that lies so far behind that there is no doubt need not be weighed to its end
  const enough = Math.max(clearly, clearShare * sample.length) + 1
  let most = -Infinity
  const readings = oldEncodings
    .map((encoding): Reading => {
      const text = iconv.decode(sample, encoding.code)
      const weight = encoding.prior + weighText(text, encoding.languages, most - enough - encoding.prior)
      most = Math.max(most, weight)
      return { ...encoding, text, weight }
    })
    .sort((a, b) => b.weight - a.weight)
  const [best] = readings
  if (!best || best.weight < noise(sample)) return null
  const other = readings.find(({ text }) => text !== best.text)
  return { encoding: best.code, certainty: other ? between(best, other, sample) : certain }
}

/** So likely are bytes that mean nothing at all. A few strange ones among letters are signs: dashes, currencies. */
function noise(sample: Buffer): number {
  let high = 0
  for (const byte of sample) if (byte >= 0x80) high++
  const share = Math.min(1, (4 * high) / sample.length)
  return -3.3 * (sample.length - high) - (5.6 + 7 * (1 - share)) * high
}

function between(best: Reading, other: Reading, sample: Buffer): Certainty {
  const words = { words: wordsBeyondAscii(best.text), otherwise: other.code }
  const isDamaged = best.text.slice(0, -1).includes('\uFFFD')
  if (isDamaged) return { ...fairly('damaged-text'), ...words }
  const apart = best.weight - other.weight
  // what is the same in both says nothing
  const share = apart / Math.max(1, differing(best.text, other.text, sample))
  if (apart >= clearly && share >= clearShare) return certain
  return { ...(apart >= 5 ? fairly('little-text') : hardly('two-encodings')), ...words }
}

function differing(a: string, b: string, sample: Buffer): number {
  let count = 0
  if (a.length !== b.length) for (const byte of sample) count += byte < 0x80 ? 0 : 1
  else for (let i = 0; i < a.length; i++) count += a[i] === b[i] ? 0 : 1
  return count
}

/** The first words that are not plain ASCII: what to look at in order to judge a reading. */
export function wordsBeyondAscii(text: string): readonly string[] {
  const words = new Set<string>()
  let from = 0
  let isBeyond = false
  for (let at = 0; at <= text.length && words.size < 3; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f && text[at]?.trim() !== '') isBeyond = true
    else if (at === text.length || ',;"|'.includes(text[at] as string) || text[at]?.trim() === '') {
      if (isBeyond) words.add([...text.slice(from, Math.min(at, from + 40))].slice(0, 20).join(''))
      from = at + 1
      isBeyond = false
    }
  }
  return [...words]
}

/** The lines that tell something, so many as are enough; lines in UTF-8 by themselves tell of another encoding. */
function withoutPlainLines(bytes: Buffer): Buffer {
  const telling: Buffer[] = []
  let size = 0
  for (const line of linesOf(bytes)) {
    if (isAscii(line) || isUtf8(line)) continue
    telling.push(line)
    size += line.length
    if (size >= looked) break
  }
  const all = telling.length > 0 ? Buffer.concat(telling) : bytes
  return all.length <= looked ? all : around(all)
}

/** Signs below this are never the second half of a character, in any of them. */
const neverHalf = 0x30

/** Of one long line, from its first telling byte on. */
function around(line: Buffer): Buffer {
  const first = line.findIndex((byte) => byte >= 0x80)
  const before = line.subarray(0, first).findLastIndex((byte) => byte === 0x22 || byte === 0x20)
  const from = Math.max(0, before, first - 100)
  const piece = line.subarray(from, from + looked)
  // a character that is cut in two would look like damage
  const end = piece.findLastIndex((byte) => byte < neverHalf)
  return end > looked / 2 ? piece.subarray(0, end + 1) : piece
}

/** With their line ends. */
export function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at)
    const next = end < 0 ? bytes.length : end + 1
    yield bytes.subarray(at, next)
    at = next
  }
}
