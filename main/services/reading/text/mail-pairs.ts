// Mails in one text, one behind the other: told apart by headers and separators, each answer joined with what it answers
// (what it quotes, the original below it, or the mail before it of the same subject). Pure.
import { attributionLines } from '../mail/attribution'
import { isOnlyThanks } from '../mail/only-thanks'

export interface TextPair {
  /** line at which it begins */
  readonly row: number
  readonly question: string
  readonly answer: string
}

export interface SplitText {
  readonly pairs: readonly TextPair[]
  /** what belongs to no pair */
  readonly rest: readonly { readonly row: number; readonly text: string }[]
}

export interface Mail {
  readonly row: number
  readonly subject: string
  readonly from: string
  readonly to?: string
  /** as mails name one another; '' where nothing is said */
  readonly id?: string
  readonly answersTo?: string
  /** does it stand below the one that answers it? */
  readonly isOriginal: boolean
  readonly own: string
  readonly quoted: string
  /** what the quoted words quote themselves */
  readonly deeper: string
}

const header =
  /^\s*(From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|差出人|送信者|送信元|宛先|件名|日時|日付|送信日時|受信日時)\s*[:：]\s*(.*)$/i
const telling = /^(From|Subject|差出人|送信者|送信元|件名)$/i
const separator =
  /^\s*(?:[-=_*＝－―ー]{5,}|[-_*]{3,}\s*(?:Original Message|Forwarded message|元のメッセージ|転送メッセージ|Original Appointment)\s*[-_*]*)\s*$/i
const original = /Original Message|元のメッセージ/i
const answers = /^\s*(?:re|aw|sv|返信)\s*(?:\[\d+\])?\s*[:：]\s*/i

type Numbered = { readonly line: string; readonly number: number }

export function mailPairs(lines: readonly Numbered[]): SplitText {
  return pairMails(mailsIn(lines))
}

export function pairMails(mails: readonly Mail[]): SplitText {
  const pairs: TextPair[] = []
  const used = new Set<Mail>()
  const answered: Sides[] = []
  const byId = new Map(mails.flatMap((mail) => (mail.id ? [[mail.id, mail] as const] : [])))
  const pair = (row: number, question: string, answer: string, ...of: readonly Mail[]): void => {
    pairs.push({ row, question, answer })
    answered.push({ asks: of[1] ?? null, answers: of[0] as Mail })
    for (const mail of of) used.add(mail)
  }
  mails.forEach((mail, i) => {
    if (mail.own === '' || used.has(mail)) return
    const asked = mail.answersTo ? byId.get(mail.answersTo) : undefined
    if (asked && asked !== mail && asked.own !== '') return pair(mail.row, asked.own, mail.own, mail, asked)
    if (mail.quoted !== '') return pair(mail.row, mail.quoted, mail.own, mail)
    const below = mails[i + 1]
    if (below?.isOriginal && below.own !== '') return pair(mail.row, below.own, mail.own, mail, below)
    const before = mails[i - 1]
    if (before && !used.has(before) && isAnswer(mail, before))
      pair(before.row, before.own, mail.own, mail, before)
  })
  const house = houseOf(answered)
  // what a customer says to the house's answer is a question, or no more than thanks, whatever it quotes
  const isTurned = (sides: Sides): boolean => isFromCustomer(sides, house) || saysOnlyThanks(sides, house)
  const turned = new Set(answered.filter(isTurned))
  const kept = pairs.filter((_, i) => !turned.has(answered[i] as Sides))
  for (const { answers } of turned) {
    used.delete(answers)
    // the answer that is thanked for may stand below, with what it answers
    const { row, quoted, deeper } = answers
    if (deeper !== '' && !kept.some(({ answer }) => answer === quoted))
      kept.push({ row, question: deeper, answer: quoted })
  }
  const rest = mails
    .filter((mail) => !used.has(mail))
    .map(({ row, own, quoted }) => ({ row, text: own || quoted }))
    .filter(({ text }) => text !== '')
  return { pairs: kept.sort((one, other) => one.row - other.row), rest }
}

interface Sides {
  /** null where it is only quoted */
  readonly asks: Mail | null
  readonly answers: Mail
}

/** Where most answers come from: the part of an address behind the @, '' where addresses do not say. */
function houseOf(answered: readonly Sides[]): string {
  const counts = new Map<string, number>()
  for (const { answers } of answered) {
    const place = placeOf(answers.from)
    if (place !== '') counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1])
  return first && first[1] > (second?.[1] ?? 0) ? first[0] : ''
}

const placeOf = (from: string): string =>
  from
    .slice(from.lastIndexOf('@') + 1)
    .replace(/[>\s].*$/s, '')
    .toLowerCase()

/** Addresses behind which a house stands. */
const desk =
  /(?:^|[<\s"'])(?:support|help(?:desk)?|info|contact|sales|service|care|cs|customer[-_.]?(?:service|support|care)|hello|office|inquiry|enquir(?:y|ies)|toiawase|otoiawase|madoguchi|orders?|shop|store|faq|kefu|kundenservice|atencion)@/i

function isFromCustomer({ asks, answers }: Sides, house: string): boolean {
  if (desk.test(answers.from)) return false
  if (desk.test(answers.to ?? '') && placeOf(answers.to ?? '') !== placeOf(answers.from)) return true
  return house !== '' && placeOf(asks?.from ?? '') === house && placeOf(answers.from) !== house
}

/** A house may thank too: one that is known by more than this mail. */
function saysOnlyThanks({ asks, answers }: Sides, house: string): boolean {
  if (!isOnlyThanks(answers.own) || desk.test(answers.from)) return false
  return !(asks !== null && placeOf(asks.from) !== house && placeOf(answers.from) === house)
}

function isAnswer(mail: Mail, before: Mail): boolean {
  const same = mail.subject.replace(answers, '').trim() === before.subject.replace(answers, '').trim()
  return before.own !== '' && same && answers.test(mail.subject) && mail.from !== before.from
}

/** separators: does a mere line of signs divide mails? Not where each has a head, or is one of its own. */
export function mailsIn(
  lines: readonly Numbered[],
  { separators = headsIn(lines) < 2 }: { readonly separators?: boolean } = {}
): readonly Mail[] {
  const mails: Mail[] = []
  let body: Numbered[] = []
  let head: Record<string, string> = {}
  let isOriginal = false
  let row = lines[0]?.number ?? 1
  const close = (): void => {
    const parts = partsOf(body)
    if (parts.own !== '' || parts.quoted !== '') mails.push({ row, ...subjectOf(head), isOriginal, ...parts })
    body = []
    head = {}
    isOriginal = false
  }
  for (let i = 0; i < lines.length;) {
    const { line, number } = lines[i] as Numbered
    const length = headLength(lines, i)
    if (length > 0 || (separator.test(line) && (separators || standsBeforeHead(lines, i)))) {
      const wasOriginal = original.test(line)
      // headers right behind a separator belong to it
      if (length === 0 || body.some((one) => one.line.trim() !== '')) close()
      if (wasOriginal) isOriginal = true
      if (body.length === 0) row = number
      for (const one of lines.slice(i, i + length)) {
        const [, name = '', value = ''] = header.exec(one.line) ?? []
        if (name) head[name.toLowerCase()] = value.trim()
      }
      i += Math.max(1, length)
      continue
    }
    if (body.length === 0 && line.trim() !== '' && Object.keys(head).length === 0 && !isOriginal) row = number
    body.push({ line, number })
    i++
  }
  close()
  return mails
}

function headsIn(lines: readonly Numbered[]): number {
  let heads = 0
  for (let i = 0; i < lines.length; i++) {
    const length = headLength(lines, i)
    if (length > 0) heads++
    i += Math.max(0, length - 1)
  }
  return heads
}

/** A separator that says so, or that has a head right behind it. */
function standsBeforeHead(lines: readonly Numbered[], at: number): boolean {
  if (/message|メッセージ/i.test((lines[at] as Numbered).line)) return true
  const next = lines.slice(at + 1, at + 4).findIndex(({ line }) => line.trim() !== '')
  return next >= 0 && headLength(lines, at + 1 + next) > 0
}

/** Lines of a head that begins here: two and more headers, one of them telling. */
function headLength(lines: readonly Numbered[], from: number): number {
  let length = 0
  let tells = false
  for (let at = from; at < lines.length; at++, length++) {
    const found = header.exec((lines[at] as Numbered).line)
    if (!found) break
    tells ||= telling.test(found[1] ?? '')
  }
  return length >= 2 && tells ? length : 0
}

const subjectOf = (head: Readonly<Record<string, string>>): Pick<Mail, 'subject' | 'from' | 'to'> => ({
  subject: head['subject'] ?? head['件名'] ?? '',
  to: head['to'] ?? head['宛先'] ?? '',
  from: head['from'] ?? head['差出人'] ?? head['送信者'] ?? head['送信元'] ?? ''
})

/** What the writer says, and what they quote, without the signature. */
function partsOf(body: readonly Numbered[]): Pick<Mail, 'own' | 'quoted' | 'deeper'> {
  const own: string[] = []
  const quoted: string[] = []
  const deeper: string[] = []
  const lines = body.map(({ line }) => line)
  let isSigned = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    const [, marks = '', text = ''] = /^\s*((?:[>＞]\s?)*)(.*)$/s.exec(line) ?? []
    const depth = marks.replace(/\s/g, '').length
    if (depth > 0) {
      // still deeper levels were said before
      if (depth <= 2) (depth === 1 ? quoted : deeper).push(text)
      continue
    }
    if (/^--\s*$/.test(line)) isSigned = true
    const attributed = attributionLines(lines, i)
    if (attributed > 0) {
      i += attributed - 1
      const next = lines.slice(i + 1).find((one) => one.trim() !== '')
      // words that are said to be another's, but bear no mark: all of the rest
      if (next !== undefined && !/^\s*[>＞]/.test(next) && own.some((one) => one.trim() !== '')) {
        for (const one of lines.slice(i + 1)) quoted.push(one.replace(/^\s*[>＞]\s?/, ''))
        break
      }
      continue
    }
    if (!isSigned) own.push(line)
  }
  return { own: unsigned(own).join('\n').trim(), quoted: joined(quoted), deeper: joined(deeper) }
}

function joined(lines: readonly string[]): string {
  const said: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const attributed = attributionLines(lines, i)
    if (attributed > 0) i += attributed - 1
    else said.push(lines[i] as string)
  }
  return unsigned(said).join('\n').trim()
}

/** Lines of a signature below a line of signs. */
const longestSignature = 12
const inSignature = /tel|fax|電話|〒|@|https?:|株式会社|有限会社|Inc\.|Ltd/i

/** Without the signature that stands below a line of signs at the end, as Japanese mails have it. */
function unsigned(lines: readonly string[]): readonly string[] {
  const from = Math.max(0, lines.length - longestSignature - 2)
  const at = lines.findIndex((line, i) => i >= from && separator.test(line))
  const below = at < 0 ? [] : lines.slice(at)
  return at > 0 && below.some((line) => inSignature.test(line)) ? lines.slice(0, at) : lines
}
