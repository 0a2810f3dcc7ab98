// A file as text, piece by piece, so that memory stays small whatever its size. Knows encodings; no formats.
import { createReadStream } from 'node:fs'
import iconv from 'iconv-lite'
import { wrongEncoding } from '../file-errors'
import { Iso2022JpToEuc } from './iso-2022-jp'
import type { Encoding } from './recognise-encoding'

/** Stands in the text where bytes meant nothing in the encoding. */
export const unreadable = '\uFFFD'

/** The text of a file in pieces of no particular length, without a byte order mark. A file that is wrong in
 *  more than one character of twenty was not written in this encoding at all. */
export async function* decodeFile(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = decoderOf(encoding)
  let beyondAscii = 0
  let wrong = 0
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 18 })) {
    const text = decoder.write(bytes as Buffer)
    beyondAscii += text.match(/[^\x00-\x7f]/g)?.length ?? 0
    wrong += text.split(unreadable).length - 1
    if (wrong > 100 && wrong * 20 > beyondAscii) throw wrongEncoding(file, encoding)
    if (text) yield text
  }
  const rest = decoder.end()
  if (wrong * 20 > beyondAscii) throw wrongEncoding(file, encoding)
  if (rest) yield rest
}

interface Decoder {
  write(bytes: Buffer): string
  end(): string
}

function decoderOf(encoding: Encoding): Decoder {
  if (encoding === 'iso-2022-jp') {
    const converter = new Iso2022JpToEuc()
    const decoder = iconv.getDecoder('euc-jp')
    return { write: (bytes) => decoder.write(converter.convert(bytes)), end: () => decoder.end() ?? '' }
  }
  const decoder = iconv.getDecoder(encoding === 'utf-8-bom' ? 'utf-8' : encoding)
  return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? '' }
}
