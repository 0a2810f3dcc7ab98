// The text of a mail that was written as a page: its lines, with what it quotes marked by > as in a plain one. Goes over
// the text once; scripts, styles and what is hidden in comments are no words.
import { decodeEntities } from '../html/entities'

const breaks = new Set(
  'address article blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul'.split(
    ' '
  )
)
const silent = new Set(['script', 'style', 'title', 'head'])
/** Levels of quoting that are marked; a mail goes on beyond them, deeper is the same. */
const deepest = 20

export function htmlLines(html: string): string[] {
  const lines: string[] = []
  let line = ''
  let quoted = 0
  let unsaid: string | null = null
  const end = (): void => {
    const text = decodeEntities(line)
      .replace(/[\s\u00a0]+/g, ' ')
      .trim()
    lines.push(quoted > 0 ? `${'>'.repeat(quoted)} ${text}` : text)
    line = ''
  }
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at)
    if (unsaid === null) line += html.slice(at, open < 0 ? html.length : open).replace(/[\r\n]+/g, ' ')
    if (open < 0) break
    const close = html.startsWith('<!--', open) ? endOf(html, '-->', open) : endOf(html, '>', open)
    const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9]{0,11})/i.exec(html.slice(open, open + 16)) ?? []
    const tag = name.toLowerCase()
    at = close
    if (unsaid !== null) {
      if (slash && tag === unsaid) unsaid = null
      continue
    }
    if (!slash && silent.has(tag)) unsaid = tag
    if (!breaks.has(tag)) continue
    if (line.trim() !== '' || tag === 'br' || tag === 'p') end()
    if (tag === 'blockquote') quoted = Math.max(0, Math.min(deepest, quoted + (slash ? -1 : 1)))
  }
  if (line.trim() !== '') end()
  return lines
}

function endOf(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from)
  return at < 0 ? text.length : at + sign.length
}
