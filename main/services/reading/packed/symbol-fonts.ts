// Signs that Office writes with fonts of pictures (Wingdings and its like): what stands in the file is a letter or a private
// sign, what a person sees is an arrow or a mark. The usual ones as the characters that mean the same. Pure.

/** at 0xF000 and up, or as the letter itself */
const pictures: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  wingdings: {
    ...{ 0x4a: '☺', 0x4c: '☹', 0x28: '☎', 0x2a: '✉', 0x22: '✂', 0x6c: '●', 0x6e: '■', 0x6f: '□', 0x71: '❑' },
    ...{ 0x75: '◆', 0x76: '❖', 0x9e: '·', 0x9f: '•', 0xa1: '○', 0xa7: '▪', 0xa8: '◻', 0xab: '★', 0xd8: '➢' },
    ...{ 0xdf: '←', 0xe0: '→', 0xe1: '↑', 0xe2: '↓', 0xe8: '➔', 0xef: '⇦', 0xf0: '⇨', 0xf1: '⇧', 0xf2: '⇩' },
    ...{ 0xfb: '✗', 0xfc: '✓', 0xfd: '☒', 0xfe: '☑', 0x80: '⓪', 0x8b: '⓿' },
    ...numbered(0x81, '①②③④⑤⑥⑦⑧⑨⑩'),
    ...numbered(0x8c, '❶❷❸❹❺❻❼❽❾❿')
  },
  'wingdings 2': { 0x4f: '✗', 0x50: '✓', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0xa3: '☐', 0x97: '●' },
  'wingdings 3': { 0x75: '▶', 0x7d: '▶', 0x7c: '◀', 0x70: '▲', 0x71: '▼', 0x22: '↑', 0x23: '↓', 0x67: '→' },
  webdings: { 0x61: '✓', 0x63: '□', 0x67: '■', 0x6e: '●', 0x72: '✗', 0x34: '▶', 0x33: '◀', 0xc8: '☎' },
  symbol: {
    ...numbered(0x61, 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ'),
    ...numbered(0x41, 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ'),
    ...numbered(0x30, '0123456789'),
    ...{ 0x20: ' ', 0x25: '%', 0x28: '(', 0x29: ')', 0x2b: '+', 0x2c: ',', 0x2d: '−', 0x2e: '.', 0x2f: '/' },
    ...{ 0x3c: '<', 0x3d: '=', 0x3e: '>', 0xa3: '≤', 0xa5: '∞', 0xb0: '°', 0xb1: '±', 0xb3: '≥', 0xb4: '×' },
    ...{ 0xac: '←', 0xad: '↑', 0xae: '→', 0xaf: '↓', 0xb7: '•', 0xb8: '÷', 0xb9: '≠', 0xbb: '≈', 0xd6: '√' },
    ...{ 0xe5: '∑', 0xf2: '∫', 0xd2: '®', 0xd3: '©', 0xd4: '™', 0xb6: '∂', 0xce: '∈', 0xde: '⇒', 0xdb: '⇔' }
  }
}

function numbered(from: number, signs: string): Readonly<Record<number, string>> {
  return Object.fromEntries([...signs].map((sign, i) => [from + i, sign]))
}

export const isPictureFont = (font: string): boolean => Object.hasOwn(pictures, font.trim().toLowerCase())

/** What a person sees; null where one of the signs is not known here. */
export function seenIn(font: string, text: string): string | null {
  const known = pictures[font.trim().toLowerCase()]
  if (!known) return text
  let seen = ''
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    const found =
      known[code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code] ?? (/\s/.test(sign) ? sign : null)
    if (found === null) return null
    seen += found
  }
  return seen
}
