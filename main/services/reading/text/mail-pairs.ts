// Mails in one text, one behind the other: told apart by headers and separators, each answer joined with what it answers
// (what it quotes, the original below it, or the mail before it of the same subject). Pure.

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

interface Mail {
  readonly row: number
  readonly subject: string
  readonly from: string
  /** does it stand below the one that answers it? */
  readonly isOriginal: boolean
  readonly own: string
  readonly quoted: string
}

const header =
  /^\s*(From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|差出人|送信者|送信元|宛先|件名|日時|日付|送信日時|受信日時)\s*[:：]\s*(.*)$/i
const telling = /^(From|Subject|差出人|送信者|送信元|件名)$/i
const separator =
  /^\s*(?:[-=_*＝－―ー]{5,}|[-_*]{3,}\s*(?:Original Message|Forwarded message|元のメッセージ|転送メッセージ|Original Appointment)\s*[-_*]*)\s*$/i
const original = /Original Message|元のメッセージ/i
/** On Monday … wrote: · 2024年5月1日(水) 10:00 山田 <yamada@example.com>: */
const attribution =
  /^\s*(?:On .{5,120} wrote\s*:|\d{4}[年/-].{4,120}(?:<[^>]+>|さん|のメール|のメッセージ)\s*[:：]?|.{1,60}(?:さんは書きました|wrote)\s*[:：])\s*$/i
const answers = /^\s*(?:re|aw|sv|返信)\s*(?:\[\d+\])?\s*[:：]\s*/i

type Numbered = { readonly line: string; readonly number: number }

export function mailPairs(lines: readonly Numbered[]): SplitText {
  const mails = mailsIn(lines)
  const pairs: TextPair[] = []
  const used = new Set<Mail>()
  const pair = (row: number, question: string, answer: string, ...of: readonly Mail[]): void => {
    pairs.push({ row, question, answer })
    for (const mail of of) used.add(mail)
  }
  mails.forEach((mail, i) => {
    if (mail.own === '' || used.has(mail)) return
    if (mail.quoted !== '') return pair(mail.row, mail.quoted, mail.own, mail)
    const below = mails[i + 1]
    if (below?.isOriginal && below.own !== '') return pair(mail.row, below.own, mail.own, mail, below)
    const before = mails[i - 1]
    if (before && !used.has(before) && isAnswer(mail, before))
      pair(before.row, before.own, mail.own, before, mail)
  })
  const rest = mails
    .filter((mail) => !used.has(mail))
    .map(({ row, own, quoted }) => ({ row, text: own || quoted }))
    .filter(({ text }) => text !== '')
  return { pairs, rest }
}

function isAnswer(mail: Mail, before: Mail): boolean {
  const same = mail.subject.replace(answers, '').trim() === before.subject.replace(answers, '').trim()
  return before.own !== '' && same && answers.test(mail.subject) && mail.from !== before.from
}

function mailsIn(lines: readonly Numbered[]): readonly Mail[] {
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
    if (length > 0 || separator.test(line)) {
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

const subjectOf = (head: Readonly<Record<string, string>>): Pick<Mail, 'subject' | 'from'> => ({
  subject: head['subject'] ?? head['件名'] ?? '',
  from: head['from'] ?? head['差出人'] ?? head['送信者'] ?? head['送信元'] ?? ''
})

/** What the writer says, and what they quote: one level, without the signature. */
function partsOf(body: readonly Numbered[]): Pick<Mail, 'own' | 'quoted'> {
  const own: string[] = []
  const quoted: string[] = []
  let isSigned = false
  for (const { line } of body) {
    const mark = /^\s*[>＞]\s?(.*)$/.exec(line)
    if (mark) {
      // deeper levels were said before
      if (!/^\s*[>＞]/.test(mark[1] ?? '')) quoted.push(mark[1] ?? '')
      continue
    }
    if (/^--\s*$/.test(line)) isSigned = true
    if (!isSigned && !attribution.test(line)) own.push(line)
  }
  return { own: own.join('\n').trim(), quoted: quoted.join('\n').trim() }
}
