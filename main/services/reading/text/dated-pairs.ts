// A record kept by speaker in one text, with or without dates (a log of calls, a chat that was saved, a transcript): who
// asks and who answers is told by their names, else by who speaks first. What is said at once by one is one. Pure.
import type { SplitText, TextPair } from './mail-pairs'
import { spokenLines } from './spoken-lines'

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
  /^\s{0,4}[[［(（【<＜■●◆○・-]{0,2}(?:(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}(?:\/|月\s?)\d{1,2}日?)(?:\s?[(（][^)）]{1,9}[)）])?(?:[\sT,]{1,3}(?:午前|午後|AM|PM)?\s?\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|時\d{1,2}分?)(?:\s?(?:AM|PM))?)?|(?:午前|午後|AM|PM)?\s?\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|時\d{1,2}分?)(?:\s?(?:AM|PM))?(?=[\s\]］)）]))[\]］)）】>＞]{0,2}[\s　]{0,4}(?:- )?(?<rest>.*)$/i
/** 担当：本文 or a name alone, its words in the lines below */
const spoken = /^(?<speaker>[^:：\t]{1,30})(?:\s{0,2}[:：]|\t)\s*(?<text>.*)$/
const alone = /^[^。！？.!?、,]{1,20}$/

const house =
  /担当|サポート|スタッフ|オペレータ|弊社|当社|店員|店舗|^店$|ショップ|窓口|事務局|カスタマー|コールセンター|support|agent|staff|operator|team|desk|chatgpt|\bgpt|claude|gemini|copilot|\b(?:shop|store|assistant|bot|advis[eo]r|representative|rep|ai)\b/i
const guests =
  /お客|^客$|顧客|ユーザー|利用者|会員|相談者|質問者|customer|client|user|guest|visitor|caller|\b(?:human|you|me)\b|あなた|自分|様$/i

export function datedPairs(lines: readonly Numbered[]): SplitText {
  const spoken = spokenLines(lines, isKnown)
  const { entries, before } = spoken ? entriesOf(spoken) : entriesIn(lines)
  const answers = answerersOf(entries)
  const pairs: TextPair[] = []
  const rest: { row: number; text: string }[] = []
  let asked: Entry | null = null
  const leave = (entry: Entry | null): void => {
    const text = entry?.texts.join('\n').trim() ?? ''
    if (entry && text !== '') rest.push({ row: entry.row, text })
  }
  leave(before)
  for (const given of entries) {
    const { entry, aside } = withoutProgram(given)
    leave(aside)
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

/** What a chat program writes itself where a picture, a call or a taken-back message was. */
const ofProgram =
  /^\s{0,4}(?:[[<〔(（](?:スタンプ|写真|動画|画像|ファイル|アルバム|ボイスメッセージ|位置情報|連絡先|ノート|sticker|photo|video|image|file|album|voice message|location|contact|media omitted|メディアは?省略|添付ファイル)(?: omitted)?[\]>〕)）]|☎.{0,40}|(?:.{0,20}が)?(?:メッセージの)?送信を取り消しました。?|.{0,40}(?:unsent a message|がメッセージを削除しました)\.?|(?:this message was deleted|you deleted this message|(?:image|video|audio|sticker|document) omitted)\.?)\s{0,4}$/i

/** What somebody said, without the program's own lines and without the quotes that it puts around several lines. */
function withoutProgram(entry: Entry): { readonly entry: Entry; readonly aside: Entry | null } {
  const said = entry.texts.filter((text) => !ofProgram.test(text))
  const aside = entry.texts.filter((text) => ofProgram.test(text))
  const [first = '', last = ''] = [said[0], said.findLast((text) => text.trim() !== '')]
  const isQuoted = said.length > 1 && first.startsWith('"') && last.endsWith('"') && first !== last
  const texts = isQuoted
    ? said.map((text) => (text === first ? text.slice(1) : text === last ? text.slice(0, -1) : text))
    : said
  return { entry: { ...entry, texts }, aside: aside.length > 0 ? { ...entry, texts: aside } : null }
}

const isKnown = (name: string): boolean => house.test(name) || guests.test(name)

/** Of lines that begin with a name and have no date. */
function entriesOf(
  lines: readonly (Numbered & { readonly speaker: string | null })[]
): ReturnType<typeof entriesIn> {
  const entries: Entry[] = []
  let before: Entry | null = null
  for (const { line, number, speaker } of lines) {
    const open = entries.at(-1)
    if (speaker !== null && open?.speaker !== speaker) entries.push({ row: number, speaker, texts: [line] })
    else if (open) open.texts.push(line)
    else (before ??= { row: number, speaker: '', texts: [] }).texts.push(line)
  }
  return { entries, before }
}

function entriesIn(lines: readonly Numbered[]): { entries: readonly Entry[]; before: Entry | null } {
  const entries: Entry[] = []
  let before: Entry | null = null
  const bare = bareNames(lines)
  for (const { line, number } of lines) {
    const rest = start.exec(line)?.groups?.['rest']
    const open = entries.at(-1)
    if (rest === undefined) {
      if (open) open.texts.push(line)
      else (before ??= { row: number, speaker: '', texts: [] }).texts.push(line)
      continue
    }
    const said = spoken.exec(rest)?.groups ?? bare.get(rest)
    const speaker = (said?.['speaker'] ?? (alone.test(rest) ? rest : '')).trim()
    const text = said?.['text'] ?? (speaker === '' ? rest : '')
    // one who goes on is not another one
    if (open && open.speaker === speaker && speaker !== '') open.texts.push(text)
    else entries.push({ row: number, speaker, texts: [text] })
  }
  return { entries: entries.filter(({ texts }) => texts.some((text) => text.trim() !== '')), before }
}

/** 12:34 佐藤 返品できますか: the name is the first word, where few of them begin all that is said. */
function bareNames(
  lines: readonly Numbered[]
): ReadonlyMap<string, { readonly speaker: string; readonly text: string }> {
  const rests = lines
    .flatMap(({ line }) => start.exec(line)?.groups?.['rest'] ?? [])
    .filter((rest) => /\S[ \u3000]\S/.test(rest))
  const parts = rests.map(
    (rest) => /^(?<speaker>[^\s:：。、,.!?！？]{1,20})[ \u3000](?<text>\S.*)$/.exec(rest)?.groups
  )
  const names = new Set(parts.map((part) => part?.['speaker']))
  const isSo = parts.length >= 4 && parts.every(Boolean) && names.size >= 2 && names.size * 2 <= parts.length
  return new Map(
    isSo
      ? rests.map((rest, i) => [
          rest,
          { speaker: parts[i]?.['speaker'] ?? '', text: parts[i]?.['text'] ?? '' }
        ])
      : []
  )
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
