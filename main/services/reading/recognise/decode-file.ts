// A file as text, piece by piece, so that memory stays small whatever its size. Knows encodings; no formats.
import { piecesOf } from '../../../files/pieces'
import { wrongEncoding } from '../file-errors'
import { unreadable } from '../signs-of-text'
import { decoderOf } from './decoders'
import type { Encoding } from './recognise-encoding'

/** bytes: the first piece is by what formats are recognised, and few rows at once leave little behind */
const pieceSize = 1 << 18

/** The text of a file in pieces of no particular length, without a byte order mark; `unreadable` stands where bytes
 *  mean nothing. A file of which too much means nothing was not written in this encoding at all. */
export async function* decodeFile(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = decoderOf(encoding)
  const tally = new Tally(encoding.startsWith('utf'))
  let isFirst = true
  const taken = (text: string): string => {
    const { beyondAscii = null, foreign = 0 } = decoder
    if (beyondAscii === null) tally.count(text, foreign)
    else tally.countGood(beyondAscii)
    const own = isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text
    if (text !== '') isFirst = false
    return own
  }
  for await (const bytes of piecesOf(file, pieceSize)) {
    const text = taken(decoder.write(bytes))
    if (tally.wrong > 100 && tally.isTooMuch()) throw wrongEncoding(file, encoding)
    if (text !== '') yield text
  }
  const rest = taken(decoder.end())
  if (tally.isTooMuch()) throw wrongEncoding(file, encoding)
  if (rest !== '') yield rest
}

class Tally {
  wrong = 0
  private foreign = 0
  private beyondAscii = 0
  private hasWholeLine = false

  constructor(private readonly isUnicode: boolean) {}

  count(text: string, foreign: number): void {
    this.foreign = foreign
    // more of it changes nothing
    if (this.isUnicode && this.hasWholeLine) return
    let before = this.wrong
    let inLine = 0
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === lineEnd) {
        this.hasWholeLine ||= inLine > 0 && before === this.wrong
        inLine = 0
        before = this.wrong
      }
      if (code < 0x80) continue
      this.beyondAscii++
      inLine++
      if (code === unreadableCode) this.wrong++
    }
    this.hasWholeLine ||= inLine > 0 && before === this.wrong
  }

  /** Text in which every character means something. */
  countGood(beyondAscii: number): void {
    this.beyondAscii += beyondAscii
  }

  /** What is wrong in UTF-8 always shows, so that rows can be refused one by one; in older encodings a part of it reads
   *  as something else. */
  isTooMuch(): boolean {
    if (this.isUnicode && this.hasWholeLine) return false
    return (this.wrong - this.foreign) * 20 > this.beyondAscii
  }
}

const lineEnd = 10
const unreadableCode = unreadable.charCodeAt(0)
