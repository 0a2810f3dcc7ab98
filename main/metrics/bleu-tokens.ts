// How BLEU divides a text, as sacreBLEU does: 13a (mteval's, for languages with spaces), intl (Unicode's own classes),
// char, zh (each Han sign by itself), none.
import { wordsOf } from './ngrams'

export type BleuTokens = '13a' | 'intl' | 'char' | 'zh' | 'none'

export const divide: Readonly<Record<BleuTokens, (text: string) => readonly string[]>> = {
  '13a': (text) => western(unescaped(text.trimEnd())),
  intl: (text) =>
    wordsOf(
      text
        .trimEnd()
        .replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
        .replace(/(\p{P})(\P{N})/gu, ' $1 $2')
        .replace(/(\p{S})/gu, ' $1 ')
    ),
  char: (text) => Array.from(wordsOf(text).join('')),
  zh: (text) => western(Array.from(text.trim(), (sign) => (isHan(sign) ? ` ${sign} ` : sign)).join('')),
  none: wordsOf
}

function unescaped(text: string): string {
  const line = text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ')
  if (!line.includes('&')) return ` ${line} `
  const plain = line
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  return ` ${plain} `
}

/** Marks stand alone; point and comma do, but for those between digits; a dash does behind a digit. */
function western(line: string): readonly string[] {
  const apart = line
    .replace(/([{-~[-` -&(-+:-@/])/gu, ' $1 ')
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/gu, '$1 $2 ')
  return wordsOf(apart)
}

/** sacreBLEU's ranges as its comparison of strings takes them: "\u20000" there is U+2000 and a nought, so that the
 *  third range from the end takes in everything up to U+2A6D, kana included. */
const han: readonly (readonly [number, number])[] = [
  [0x3400, 0x4db5],
  [0x4e00, 0x9fa5],
  [0x9fa6, 0x9fbb],
  [0xf900, 0xfa2d],
  [0xfa30, 0xfa6a],
  [0xfa70, 0xfad9],
  [0xff00, 0xffef],
  [0x2e80, 0x2eff],
  [0x3000, 0x303f],
  [0x31c0, 0x31ef],
  [0x2f00, 0x2fdf],
  [0x2ff0, 0x2fff],
  [0x3100, 0x312f],
  [0x31a0, 0x31bf],
  [0xfe10, 0xfe1f],
  [0xfe30, 0xfe4f],
  [0x2600, 0x26ff],
  [0x2700, 0x27bf],
  [0x3200, 0x32ff],
  [0x3300, 0x33ff],
  [0x2001, 0x2a6d],
  [0x2f81, 0x2fa1]
]

function isHan(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0
  return han.some(([from, to]) => code >= from && code <= to)
}
