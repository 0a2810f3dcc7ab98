// Codes of web pages and of Markdown in a text, and the text without them.
const tags =
  /<\/?(?:p|br|div|span|a|b|i|u|em|strong|font|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6]|img|hr|blockquote|pre|code|small|sup|sub|center|section|article|header|footer|script|style|iframe|button|label|input|form|body|html|head|meta|link)(?: [^<>\n]{0,300})?\/?>/gi
const entities =
  /&(?:nbsp|amp|lt|gt|quot|apos|copy|reg|hellip|mdash|ndash|laquo|raquo|yen|#\d{2,6}|#x[\da-f]{2,6});/gi
const bold = /\*\*(?=[^\s*])([^*\n]{1,200})\*\*|(?<!\w)__(?=[^\s_])([^_\n]{1,200})__(?!\w)/g
const headings = /(?<=^|\n)#{1,6} (?=\S)/g
const links = /!?\[([^[\]\n]{1,120})\]\((?:https?:\/\/|mailto:|\/)[^()\s]{1,300}\)/g

const named: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  copy: '©',
  reg: '®',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  laquo: '«',
  raquo: '»',
  yen: '¥'
}

const all = [tags, entities, bold, headings, links]

export function markupIn(text: string): readonly [number, number] | null {
  if (!/[<&*_#[]/.test(text)) return null
  for (const pattern of all) {
    pattern.lastIndex = 0
    const match = pattern.exec(text)
    if (match) return [match.index, match.index + match[0].length]
  }
  return null
}

export function withoutMarkup(text: string): string {
  if (!markupIn(text)) return text
  return text
    .replace(/<br ?\/?>|<\/(?:p|div|li|tr|h[1-6])>/gi, '\n')
    .replace(tags, '')
    .replace(entities, (code) => characterOf(code.slice(1, -1).toLowerCase()) ?? code)
    .replace(bold, (_, stars: string | undefined, lines: string | undefined) => stars ?? lines ?? '')
    .replace(headings, '')
    .replace(links, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function characterOf(name: string): string | undefined {
  const code = /^#(x?)([\da-f]+)$/.exec(name)
  if (!code) return named[name]
  const value = parseInt(code[2] as string, code[1] ? 16 : 10)
  return value > 0 && value < 0x110000 && !(value >= 0xd800 && value < 0xe000)
    ? String.fromCodePoint(value)
    : undefined
}
