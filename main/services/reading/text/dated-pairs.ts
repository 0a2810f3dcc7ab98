// A record kept by date and speaker in one text (a log of calls, a chat that was saved): who asks and who answers is
// told by their names, else by who speaks first. What is said at once by one is one. Pure.
import type { SplitText, TextPair } from './mail-pairs'

interface Numbered {
  readonly line: string
  readonly number: number
}

interface Entry {
  readonly row: number
  readonly speaker: string
  readonly texts: string[]
}

/** A date, a date with a time, or a mere time with a blank or a bracket behind it; in brackets or behind a bullet. */
const start =
  /^\s{0,4}[[［(（【<＜■●◆○・-]{0,2}(?:(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}(?:\/|月\s?)\d{1,2}日?)(?:\s?[(（][^)）]{1,9}[)）])?(?:[\sT,]{1,3}(?:午前|午後|AM|PM)?\s?\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|時\d{1,2}分?)(?:\s?(?:AM|PM))?)?|(?:午前|午後|AM|PM)?\s?\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|時\d{1,2}分?)(?:\s?(?:AM|PM))?(?=[\s\]］)）]))[\]］)）】>＞]{0,2}[\s　]{0,4}(?<rest>.*)$/i
/** 担当：本文 or a name alone, its words in the lines below */
const spoken = /^(?<speaker>[^:：\t]{1,30})(?:\s{0,2}[:：]|\t)\s*(?<text>.*)$/
const alone = /^[^。！？.!?、,]{1,20}$/

const house =
  /担当|サポート|スタッフ|オペレータ|弊社|当社|店員|店舗|窓口|事務局|カスタマー|コールセンター|support|agent|staff|operator|team|desk/i
const guests = /お客|顧客|ユーザー|利用者|会員|相談者|質問者|customer|client|user|guest|様$/i

export function datedPairs(lines: readonly Numbered[]): SplitText {
  const { entries, before } = entriesIn(lines)
  const answers = answerersOf(entries)
  const pairs: TextPair[] = []
  const rest: { row: number; text: string }[] = []
  let asked: Entry | null = null
  const leave = (entry: Entry | null): void => {
    const text = entry?.texts.join('\n').trim() ?? ''
    if (entry && text !== '') rest.push({ row: entry.row, text })
  }
  leave(before)
  for (const entry of entries) {
    const text = entry.texts.join('\n').trim()
    if (text === '') continue
    if (!answers(entry.speaker)) {
      leave(asked)
      asked = entry
    } else if (asked) {
      pairs.push({ row: asked.row, question: asked.texts.join('\n').trim(), answer: text })
      asked = null
    } else leave(entry)
  }
  leave(asked)
  return { pairs, rest }
}

function entriesIn(lines: readonly Numbered[]): { entries: readonly Entry[]; before: Entry | null } {
  const entries: Entry[] = []
  let before: Entry | null = null
  for (const { line, number } of lines) {
    const rest = start.exec(line)?.groups?.['rest']
    const open = entries.at(-1)
    if (rest === undefined) {
      if (open) open.texts.push(line)
      else (before ??= { row: number, speaker: '', texts: [] }).texts.push(line)
      continue
    }
    const said = spoken.exec(rest)?.groups
    const speaker = (said?.['speaker'] ?? (alone.test(rest) ? rest : '')).trim()
    const text = said?.['text'] ?? (speaker === '' ? rest : '')
    // one who goes on is not another one
    if (open && open.speaker === speaker && speaker !== '') open.texts.push(text)
    else entries.push({ row: number, speaker, texts: [text] })
  }
  return { entries: entries.filter(({ texts }) => texts.some((text) => text.trim() !== '')), before }
}

/** Who answers. Nobody where the names do not say it and more than two speak. */
function answerersOf(entries: readonly Entry[]): (speaker: string) => boolean {
  const speakers = [...new Set(entries.map(({ speaker }) => speaker))].filter((speaker) => speaker !== '')
  const known = speakers.filter((speaker) => house.test(speaker) && !/様$/.test(speaker))
  if (known.length > 0 && known.length < speakers.length) return (speaker) => known.includes(speaker)
  const asking = speakers.filter((speaker) => guests.test(speaker))
  if (asking.length > 0 && asking.length < speakers.length)
    return (speaker) => speaker !== '' && !asking.includes(speaker)
  return speakers.length === 2 ? (speaker) => speaker === speakers[1] : () => false
}
