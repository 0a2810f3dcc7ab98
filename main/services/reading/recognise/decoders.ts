// Bytes to text, chunk by chunk, in any encoding. Bytes that mean nothing become a sign that no text holds, so that a
// real U+FFFD stays what it is. The old encodings are iconv-lite's: Node's TextDecoder (20, 22, 24) lacks 8,824 of 17,048
// Korean and 5,092 of 18,594 Traditional Chinese codes, Node 20 reads Windows-1252 as Latin-1, and Electron's own tables
// differ again; where both know a code they agree. Most of a file goes through a table made of iconv-lite's answers.
import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { textOfUtf8 } from '../../../files/utf8'
import { CodeTable } from './code-table'
import { oldEncodings } from './encodings'
import { Iso2022JpToEuc } from './iso-2022-jp'
import type { Language } from './letters'
import { unreadable } from '../signs-of-text'
import { weighText } from './weigh-text'

/** What is shown for it. */
export const shownUnreadable = (text: string): string => text.replaceAll(unreadable, '\uFFFD')

export interface Decoder {
  write(bytes: Buffer): string
  end(): string
  /** signs that stand for characters of lines in another encoding: they do not speak against this one */
  readonly foreign?: number
  /** characters beyond ASCII in the last piece, where it is known that each of them means something; else null */
  readonly beyondAscii?: number | null
}

export function decoderOf(encoding: string): Decoder {
  switch (encoding) {
    case 'utf-8':
    case 'utf-8-bom':
      return new WholeUnits(wholeUtf8, utf8)
    case 'utf-16le':
      return new WholeUnits((bytes) => whole(bytes, 2), utf16)
    case 'utf-16be':
      return new WholeUnits(
        (bytes) => whole(bytes, 2),
        (bytes) => utf16(Buffer.from(bytes).swap16())
      )
    case 'utf-32le':
      return new WholeUnits(
        (bytes) => whole(bytes, 4),
        (bytes) => utf32(bytes, (at) => bytes.readUInt32LE(at))
      )
    case 'utf-32be':
      return new WholeUnits(
        (bytes) => whole(bytes, 4),
        (bytes) => utf32(bytes, (at) => bytes.readUInt32BE(at))
      )
    case 'iso-2022-jp':
      return iso2022Jp()
    default:
      return new OldLines(encoding)
  }
}

/** Decodes as many bytes as are whole; the others wait for the next chunk. */
class WholeUnits implements Decoder {
  #left: Buffer = Buffer.alloc(0)
  beyondAscii: number | null = null

  constructor(
    private readonly wholeOf: (bytes: Buffer) => number,
    private readonly decode: (bytes: Buffer) => string
  ) {}

  write(chunk: Buffer): string {
    const bytes = this.#left.length > 0 ? Buffer.concat([this.#left, chunk]) : chunk
    const whole = this.wholeOf(bytes)
    this.#left = Buffer.from(bytes.subarray(whole))
    const ready = bytes.subarray(0, whole)
    const areAscii = this.decode === utf8 && isAscii(ready)
    this.beyondAscii = areAscii ? 0 : null
    return areAscii ? ready.toString('latin1') : this.decode(ready)
  }

  /** What was never completed means nothing. */
  end(): string {
    this.beyondAscii = null
    return this.#left.length > 0 ? unreadable : ''
  }
}

const whole = (bytes: Buffer, unit: number): number => bytes.length - (bytes.length % unit)

/** Length without the unfinished UTF-8 character at the end. */
export function wholeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return wanted > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

const realReplacement = Buffer.from('\uFFFD')

function utf8(bytes: Buffer): string {
  const text = textOfUtf8(bytes)
  if (text !== null) return text
  const parts: string[] = []
  for (let at = 0; at <= bytes.length;) {
    const real = bytes.indexOf(realReplacement, at)
    const end = real < 0 ? bytes.length : real
    parts.push(bytes.toString('utf8', at, end).replaceAll('\uFFFD', unreadable))
    at = end + realReplacement.length
  }
  return parts.join('\uFFFD')
}

const utf16 = (bytes: Buffer): string => wellFormed(bytes.toString('utf16le'))

/** Half a pair is no character. Pairs that are cut by the end of a chunk are seldom; readers join pieces again. */
function wellFormed(text: string): string {
  if (!/\p{Surrogate}/u.test(text)) return text
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])(?!$)|(?<!^)(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    unreadable
  )
}

function utf32(bytes: Buffer, codeAt: (at: number) => number): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const code = codeAt(at)
    const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    text += isCharacter ? String.fromCodePoint(code) : unreadable
  }
  return text
}

function iso2022Jp(): Decoder {
  const converter = new Iso2022JpToEuc()
  const decoder = iconv.getDecoder('euc-jp')
  return {
    write: (bytes) => marked(decoder.write(converter.convert(bytes))),
    end: () => marked(decoder.end() ?? '')
  }
}

const marked = (text: string): string => text.replaceAll('\uFFFD', unreadable)

/** Longest line that waits for its end, in bytes. */
const longestLine = 1 << 22

/** Bytes at once from which on a table serves better than the decoder. */
const much = 1 << 16
const tables = new Map<string, CodeTable>()

function tableOf(encoding: string, corrected: (text: string) => string): CodeTable {
  const table = tables.get(encoding) ?? new CodeTable(encoding, corrected)
  tables.set(encoding, table)
  return table
}

/** An old encoding, line by line: a line that is UTF-8 in the midst of others was appended by another program, and
 *  would read as other words. */
class OldLines implements Decoder {
  readonly #decoder: { write(bytes: Buffer): string; end(): string | undefined }
  #table: CodeTable | null = null
  readonly #languages: readonly Language[]
  #left: Buffer = Buffer.alloc(0)
  /** the decoder may have kept a byte whose second half is still to come */
  #isOpen = false
  foreign = 0
  beyondAscii: number | null = null

  constructor(private readonly encoding: string) {
    this.#decoder = iconv.getDecoder(encoding, { stripBOM: false })
    this.#languages = oldEncodings.find(({ code }) => code === encoding)?.languages ?? ['en', 'de', 'fr']
  }

  write(chunk: Buffer): string {
    const bytes = this.#left.length > 0 ? Buffer.concat([this.#left, chunk]) : chunk
    const lastEnd = bytes.lastIndexOf(10) + 1
    const ready = lastEnd === 0 && bytes.length > longestLine ? bytes.length : lastEnd
    this.#left = Buffer.from(bytes.subarray(ready))
    return this.#lines(bytes.subarray(0, ready))
  }

  end(): string {
    return this.#lines(this.#left) + this.#corrected(this.#decoder.end() ?? '')
  }

  #lines(bytes: Buffer): string {
    const wasOpen = this.#isOpen
    let text = ''
    let from = 0
    for (const [start, end] of linesThatMayBeUtf8(bytes)) {
      const line = bytes.subarray(start, end)
      if (!isUtf8(line) || !this.#isRatherUtf8(line)) continue
      text += this.#old(bytes.subarray(from, start)) + this.#foreign(line.toString('utf8'))
      from = end
    }
    const rest = this.#old(bytes.subarray(from))
    if (text !== '' || wasOpen) this.beyondAscii = null
    return text + rest
  }

  #foreign(line: string): string {
    return line.replace(/[^\x00-\x7f]/gu, () => {
      this.foreign++
      return unreadable
    })
  }

  #old(bytes: Buffer): string {
    this.beyondAscii = null
    if (bytes.length === 0) return ''
    // a table is worth its making where there is much to look up
    if (bytes.length >= much) this.#table ??= tableOf(this.encoding, (text) => this.#corrected(text))
    const text = this.#isOpen ? null : (this.#table?.decoded(bytes) ?? null)
    if (text !== null) {
      this.beyondAscii = this.#table?.beyondAscii ?? null
      return text
    }
    this.#isOpen = bytes[bytes.length - 1] !== 10
    return this.#corrected(this.#decoder.write(bytes))
  }

  #corrected(text: string): string {
    // the sign for currency gave way to the euro in 1998
    return marked(this.encoding === 'macroman' ? text.replaceAll('¤', '€') : text)
  }

  #isRatherUtf8(line: Buffer): boolean {
    const asOld = weighText(iconv.decode(line, this.encoding), this.#languages)
    return (
      weighText(line.toString('utf8'), ['en', 'de', 'fr', 'es', 'ja', 'zh', 'ko', 'ru', 'pl']) > asOld + 3
    )
  }
}

/** Where lines begin and end whose first byte beyond ASCII could begin a UTF-8 character: hardly any of an old encoding. */
function* linesThatMayBeUtf8(bytes: Buffer): Generator<readonly [start: number, end: number]> {
  const { length } = bytes
  for (let at = 0, start = 0; at < length;) {
    const byte = bytes[at] as number
    if (byte < 0x80) {
      at++
      if (byte === 10) start = at
      continue
    }
    const newline = bytes.indexOf(10, at)
    const end = newline < 0 ? length : newline + 1
    if (byte >= 0xc2 && byte <= 0xf4 && ((bytes[at + 1] ?? 0) & 0xc0) === 0x80) yield [start, end]
    at = start = end
  }
}
