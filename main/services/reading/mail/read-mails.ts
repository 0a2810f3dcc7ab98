// Mails as they are saved: one a file (.eml), or many behind one another (.mbox). Each answer is joined with what it
// answers: what it quotes, the original below it, or the mail that it says it answers. What answers nothing is listed.
import { piecesOf } from '../../../files/pieces'
import { binaryFile } from '../file-errors'
import { limits } from '../limits'
import { lineBatches } from '../lines'
import type { RawRow } from '../rows'
import { mailsIn, pairMails, type Mail } from '../text/mail-pairs'
import { MailParser, type MailMessage } from './mail-message'

/** The line between two mails of an mbox; a mail that begins a line with the word has it marked. */
const isBorder = (line: string): boolean =>
  /^From \S/.test(line) && /\d{4}$/.test(line.slice(0, 200).trimEnd())

export interface MailOptions {
  /** called for every mail; may throw to stop the reading */
  readonly beat: () => void
  /** each mail is a text of its own */
  readonly asText: boolean
}

export async function readMails(path: string, { beat, asText }: MailOptions): Promise<readonly RawRow[]> {
  const mails: Mail[] = []
  const others: RawRow[] = []
  const take = (message: MailMessage): void => {
    beat()
    const own = mailsOf(message, mails.length + others.length + 1)
    const row = own[0]?.row ?? mails.length + others.length + 1
    if (message.tooLong)
      others.push({ kind: 'broken', row, reason: 'ROW_TOO_LONG', excerpt: message.subject })
    else if (message.isAutomatic && !asText)
      others.push({ kind: 'broken', row, reason: 'AUTOMATIC_REPLY', excerpt: own[0]?.own ?? message.subject })
    else for (const mail of own) mails.push(mail)
    for (const name of message.attached)
      others.push({
        kind: 'broken',
        row: mails.length + others.length + 1,
        reason: 'EMBEDDED_PART',
        excerpt: name
      })
  }
  await eachMessage(path, take)
  if (asText) return inOrder([...mails.filter(({ own }) => own !== '').map(textRow), ...others])
  const { pairs, rest } = pairMails(mails)
  const rows: RawRow[] = [
    ...pairs.map(({ row, question, answer }): RawRow =>
      question.length + answer.length > limits.row
        ? { kind: 'broken', row, reason: 'ROW_TOO_LONG', excerpt: question.slice(0, 80) }
        : { kind: 'row', row, values: { question, answer } }
    ),
    ...rest.map(({ row, text }): RawRow => ({ kind: 'broken', row, reason: 'OUTSIDE_PAIRS', excerpt: text })),
    ...others
  ]
  return inOrder(rows)
}

const textRow = ({ row, own }: Mail): RawRow => ({ kind: 'row', row, values: { text: own } })

const inOrder = (rows: RawRow[]): readonly RawRow[] => rows.sort((a, b) => a.row - b.row)

async function eachMessage(path: string, take: (message: MailMessage) => void): Promise<void> {
  let parser: MailParser | null = null
  let isMbox = false
  let afterBlank = true
  for await (const batch of lineBatches(bytes(path))) {
    for (const { line, number } of batch) {
      const isBetween = afterBlank && isBorder(line)
      afterBlank = line.trim() === ''
      if (isBetween && (isMbox || number === 1)) {
        isMbox = true
        if (parser) take(parser.end())
        parser = new MailParser()
        continue
      }
      if (!parser && line.trim() === '') continue
      parser ??= new MailParser()
      parser.push(isMbox && line.startsWith('>From ') ? line.slice(1) : line)
    }
  }
  if (parser) take(parser.end())
}

/** Every byte a character: what they mean is said inside each part. */
async function* bytes(path: string): AsyncGenerator<string> {
  let isFirst = true
  for await (const chunk of piecesOf(path, 1 << 16)) {
    // what begins so is no mail, however long it goes on
    if (isFirst && chunk.subarray(0, lookedAt).includes(0)) throw binaryFile(path)
    isFirst = false
    yield chunk.toString('latin1')
  }
}
/** bytes; every mail begins with the lines of its head */
const lookedAt = 256

/** A mail, and below it those that it carries along; numbered in the order in which they stand. */
function mailsOf(message: MailMessage, first: number): readonly Mail[] {
  const { subject, from, to, id, answersTo } = message
  const found = mailsIn(
    message.lines.map((line, i) => ({ line, number: i + 1 })),
    { separators: false }
  )
  return found.map((mail, i) => ({
    ...mail,
    row: first + i,
    ...(i === 0 && { subject, from, to, id, answersTo })
  }))
}
