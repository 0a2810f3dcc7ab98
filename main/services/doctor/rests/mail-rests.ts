// What mails carry behind the words that were meant: the mail that is answered, and the block under the name. A text that
// would be nothing without it stays as it is, and so does one of several mails: nobody has said whose of them is not meant.
import { attributionLines } from '../../reading/mail/attribution'

const quoteBegins =
  /^(?:-{2,} ?(?:Original Message|元のメッセージ|Forwarded message|転送(?:された)?メッセージ|オリジナルメッセージ)|On [^\n]{6,120} wrote:|\d{4}[年/-][^\n]{4,80}(?:<[^<>\n]{3,80}>|さん|様)?[^\n]{0,12}(?:wrote|書きました|のメール|のメッセージ)?: ?$|(?:From|差出人|送信者) ?[:：] ?[^\n]{3,120}$|Sent from my |iPhoneから送信|Androidから送信)/
const ruled = /^[-=_*＊━─＝―☆★◇◆■□~～+#]{5,}[ \t]*$/
const contact =
  /(?:TEL|Tel|tel|電話|FAX|Fax|〒|E-?mail|Mail|メール|URL|https?:\/\/|www\.|@|株式会社|有限会社|営業時間|［電話番号|［メール|［郵便番号|\[PHONE|\[MAIL|Phone|Mobile)/

/** Where the rest begins; null where there is none. */
export function mailRestAt(text: string): number | null {
  if (!text.includes('\n')) return null
  const lines = text.split('\n')
  if (isSeveralMails(lines)) return null
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += line.length + 1
  }
  for (let i = 0; i < lines.length; i++) {
    if (restBegins(lines, i) && text.slice(0, starts[i]).trim().length > 0) return starts[i] as number
  }
  return null
}

/** the head of a mail, as mails are kept one after another in one text */
const inHead = /^(?:From|To|Cc|Subject|Date|差出人|送信者|送信元|宛先|件名|日時|送信日時|日付) ?[:：] ?\S/
const from = /^(?:From|差出人|送信者|送信元) ?[:：] ?\S/

/** It begins with the head of one, and another follows. */
const isSeveralMails = (lines: readonly string[]): boolean =>
  inHead.test(lines.find((line) => line.trim() !== '') ?? '') &&
  lines.filter((line) => from.test(line)).length > 1

function restBegins(lines: readonly string[], i: number): boolean {
  const line = (lines[i] as string).trimEnd()
  if (quoteBegins.test(line) || attributionLines(lines, i) > 0) return true
  // a quotation that goes on to the end, but for the name under it
  if (
    /^[>＞] ?/.test(line) &&
    lines.slice(i + 1).filter((next) => next.trim() !== '' && !/^[>＞]/.test(next)).length <= 1
  )
    return true
  if (line === '--' || line === '-- ') return lines.slice(i + 1).some((next) => contact.test(next))
  if (!ruled.test(line)) return false
  const rest = lines.slice(i + 1)
  if (rest.length === 0 || rest.length > 14) return false
  return rest.some((next) => contact.test(next)) || isFramed(rest)
}

/** Between two rules at the very end, a few short lines that are no sentences: who has written. */
function isFramed(rest: readonly string[]): boolean {
  const lines = rest.filter((line) => line.trim() !== '')
  const inner = lines.slice(0, -1)
  return (
    ruled.test((lines.at(-1) ?? '').trimEnd()) &&
    inner.length > 0 &&
    inner.length <= 5 &&
    inner.every((line) => line.length <= 30 && !/[。．：:]|(?:です|ます|こと|ください)$/.test(line.trim()))
  )
}

export function withoutMailRests(text: string): string {
  const at = mailRestAt(text)
  return at === null ? text : text.slice(0, at).trimEnd()
}
