// What the bytes of an old encoding mean, one or two at a time, as a table: asked for once of the decoder that knows, then
// looked up at the speed of memory. What takes more than two bytes, or means nothing, is left to that decoder.
import iconv from 'iconv-lite'

const newline = 10
const replacement = 0xfffd

export class CodeTable {
  /** by byte: UTF-16 unit; -1 where it does not stand alone */
  readonly #singles = new Int32Array(256).fill(-1)
  /** by two bytes, the first one the higher: UTF-16 unit; 0 where they mean nothing together */
  readonly #pairs = new Uint16Array(1 << 16)
  #out = new Uint16Array(1 << 18)
  /** characters beyond ASCII in what was decoded last */
  beyondAscii = 0
  readonly #decode: (bytes: Buffer) => string

  /** `corrected`: what a reading of the decoder means. */
  constructor(encoding: string, corrected: (text: string) => string) {
    this.#decode = (bytes) => corrected(iconv.decode(bytes, encoding, { stripBOM: false }))
    for (let byte = 0; byte < 256; byte++) this.#learn(byte)
  }

  /** Null where something in the bytes is not in the table. */
  decoded(bytes: Buffer): string | null {
    const { length } = bytes
    if (this.#out.length < length) this.#out = new Uint16Array(length)
    const out = this.#out
    const singles = this.#singles
    const pairs = this.#pairs
    let size = 0
    let beyond = 0
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] as number
      const single = singles[byte] as number
      if (single >= 0) {
        if (byte >= 0x80) beyond++
        out[size++] = single
        continue
      }
      const pair = at + 1 < length ? (pairs[(byte << 8) | (bytes[++at] as number)] as number) : 0
      if (pair === 0) return null
      out[size++] = pair
      beyond++
    }
    this.beyondAscii = beyond
    return Buffer.from(out.buffer, 0, 2 * size).toString('utf16le')
  }

  #learn(byte: number): void {
    const alone = this.#decode(Buffer.from([byte, newline]))
    if (alone.length === 2 && alone.charCodeAt(1) === newline && isSign(alone)) {
      this.#singles[byte] = alone.charCodeAt(0)
      return
    }
    if (byte < 0x80) return
    // all pairs that it begins, each on a line of its own: what is left open before a line end does not go over it
    const bytes = Buffer.alloc(3 * 256, newline)
    for (let second = 0x40; second < 256; second++) {
      bytes[3 * second] = byte
      bytes[3 * second + 1] = second
    }
    const lines = this.#decode(bytes.subarray(3 * 0x40)).split('\n')
    if (lines.length !== 256 - 0x40 + 1) return
    for (let second = 0x40; second < 256; second++) {
      const text = lines[second - 0x40] as string
      if (text.length === 1 && isSign(text)) this.#pairs[(byte << 8) | second] = text.charCodeAt(0)
    }
  }
}

/** Not what stands for bytes without a meaning, nor half a pair. */
function isSign(text: string): boolean {
  const code = text.charCodeAt(0)
  return code !== replacement && code !== 0xfffe && (code < 0xd800 || code > 0xdfff)
}
