// One mail, line by line as it stands in its file (every character a byte): its head, its text, and the names of what is
// attached, which is no text. Of the same words as plain text and as a page, the plain text is taken.
import { limits } from '../limits'
import { htmlLines } from './html-lines'
import { bytesOf, headText, inCharset, unpacked } from './mail-words'

export interface MailMessage {
  readonly subject: string
  readonly from: string
  readonly to: string
  readonly date: string
  /** '' where it has none */
  readonly id: string
  /** of the mail that it answers; '' where it answers none */
  readonly answersTo: string
  readonly lines: readonly string[]
  readonly attached: readonly string[]
  /** more text than a row may have: only its beginning is here */
  readonly tooLong: boolean
  /** no person wrote it: out of office, received */
  readonly isAutomatic: boolean
}

type Head = ReadonlyMap<string, string>

interface Leaf {
  readonly head: Head
  readonly type: string
  /** the multipart/alternative that it is a choice of; -1: of none */
  readonly choice: number
  readonly lines: string[]
}

/** Parts inside one another; an honest mail has three. */
const deepest = 16
const mostHeadLines = 2000

export class MailParser {
  private head: Head = new Map()
  private isFirstHead = true
  private headLines: string[] = []
  private inHead = true
  private readonly open: { boundary: string; choice: number }[] = []
  private choices = 0
  private leaf: Leaf | null = null
  private readonly leaves: Leaf[] = []
  private readonly attached: string[] = []
  private length = 0

  push(line: string): void {
    const part = this.open.findLastIndex(
      ({ boundary }) => line.startsWith('--') && line.startsWith(`--${boundary}`)
    )
    if (part >= 0) return this.border(part, line)
    if (this.inHead) {
      if (line.trim() === '') this.endHead()
      else if (this.headLines.length < mostHeadLines) this.headLines.push(line)
      return
    }
    if (!this.leaf || this.length > limits.row) return
    this.length += line.length + 1
    this.leaf.lines.push(line)
  }

  end(): MailMessage {
    if (this.inHead) this.endHead()
    const of = (name: string): string => headText(this.head.get(name) ?? '')
    const taken = this.leaves.filter(
      (leaf) =>
        leaf.type === 'text/plain' ||
        !this.leaves.some(
          (one) => one !== leaf && one.choice === leaf.choice && one.choice >= 0 && isSaid(one)
        )
    )
    return {
      subject: of('subject'),
      from: of('from'),
      to: of('to'),
      date: of('date'),
      id: of('message-id'),
      answersTo: of('in-reply-to') || (of('references').split(/\s+/).at(-1) ?? ''),
      lines: taken.flatMap(textOf),
      attached: this.attached,
      tooLong: this.length > limits.row,
      isAutomatic: isAutomatic(this.head, of('subject'))
    }
  }

  private border(part: number, line: string): void {
    if (this.inHead) this.endHead()
    this.leaf = null
    const { boundary } = this.open[part] as { boundary: string }
    const isEnd = line.startsWith(`--${boundary}--`)
    this.open.length = isEnd ? part : part + 1
    this.inHead = !isEnd
  }

  private endHead(): void {
    const head = headOf(this.headLines)
    this.headLines = []
    this.inHead = false
    if (this.isFirstHead) this.head = head
    this.isFirstHead = false
    const type = (head.get('content-type') ?? 'text/plain').split(';', 1)[0]?.trim().toLowerCase() ?? ''
    const boundary = parameter(head.get('content-type') ?? '', 'boundary')
    if (type.startsWith('multipart/') && boundary !== '' && this.open.length < deepest) {
      const choice = type === 'multipart/alternative' ? this.choices++ : (this.open.at(-1)?.choice ?? -1)
      this.open.push({ boundary, choice })
      return
    }
    const disposition = head.get('content-disposition') ?? ''
    if (/^text\/(plain|html)$/.test(type) && !/^\s*attachment/i.test(disposition)) {
      this.leaf = { head, type, choice: this.open.at(-1)?.choice ?? -1, lines: [] }
      this.leaves.push(this.leaf)
      return
    }
    const name = parameter(disposition, 'filename') || parameter(head.get('content-type') ?? '', 'name')
    // a picture inside the text has no name that anybody gave it
    if (!/^\s*inline/i.test(disposition) || name !== '') this.attached.push(headText(name) || type)
  }
}

/** As programs say it (RFC 3834), or in the subject. */
function isAutomatic(head: Head, subject: string): boolean {
  const said = head.get('auto-submitted') ?? ''
  if (said !== '' && !/^no\b/i.test(said)) return true
  if (head.has('x-autoreply') || head.has('x-autorespond')) return true
  return /^\s?(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of office|abwesenheit|réponse automatique|respuesta automática|自動(?:応答|返信|送信)|【自動(?:応答|返信|送信)】|不在(?:通知|の)|自动(?:回复|答复)|자동 ?(?:응답|회신))/i.test(
    subject
  )
}

function headOf(lines: readonly string[]): Head {
  const head = new Map<string, string>()
  let last = ''
  for (const line of lines) {
    if (/^[ \t]/.test(line) && last !== '') head.set(last, `${head.get(last) ?? ''} ${line.trim()}`)
    else {
      const at = line.indexOf(':')
      if (at < 1) continue
      last = line.slice(0, at).trim().toLowerCase()
      // the first of two is what programs go by
      if (head.has(last)) last = ''
      else head.set(last, line.slice(at + 1).trim())
    }
  }
  return head
}

/** boundary="…" of a content type; with the newer way of writing it in a charset (RFC 2231). */
function parameter(value: string, name: string): string {
  let coded = ''
  for (const [, key = '', quoted, bare = ''] of value.matchAll(parameters)) {
    if (key.toLowerCase() === name) return quoted ?? bare
    if (key.toLowerCase() === `${name}*`) coded = bare
  }
  const [charset = '', , text = ''] = coded.split("'")
  const bytes = text.replace(/%([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return inCharset(bytesOf(bytes), charset)
}

const parameters = /;\s*([a-z0-9*-]{1,40})\s*=\s*(?:"([^"]*)"|([^\s;]+))/gi

const isSaid = ({ lines }: Leaf): boolean => lines.some((line) => line.trim() !== '')

function textOf({ head, type, lines }: Leaf): string[] {
  const bytes = unpacked(lines.join('\n'), head.get('content-transfer-encoding') ?? '')
  const contentType = head.get('content-type') ?? ''
  const text = inCharset(bytes, parameter(contentType, 'charset'))
  if (type === 'text/html') return htmlLines(text)
  const found = text.split(/\r\n|\n|\r/)
  return /;\s*format\s*=\s*"?flowed/i.test(contentType) ? unflowed(found) : found
}

/** Lines that end in a blank go on in the next one (RFC 3676). */
function unflowed(lines: readonly string[]): string[] {
  const whole: { readonly depth: number; readonly parts: string[] }[] = []
  let goesOn = false
  for (const line of lines) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0
    const before = whole.at(-1)
    const own = line.slice(depth).replace(/^ /, '')
    // looked at only when it is whole: a text of a hundred thousand short lines would be copied with each of them
    if (goesOn && before?.depth === depth) before.parts.push(own)
    else whole.push({ depth, parts: [depth > 0 ? `${'>'.repeat(depth)} ${own}` : own] })
    goesOn = line.endsWith(' ') && own !== '-- '
  }
  return whole.map(({ parts }) => parts.join('').trimEnd())
}
