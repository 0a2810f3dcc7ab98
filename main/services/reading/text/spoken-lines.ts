// Lines of a conversation without dates: "Customer: …", お客様「…」 and, of subtitles, <v Agent>…. Null for any other text: a
// name counts where it comes back, most of the text is said by names, and one of them is known to ask or to answer. Pure.
interface Numbered {
  readonly line: string
  readonly number: number
}
interface Spoken extends Numbered {
  /** null where the one who spoke goes on */
  readonly speaker: string | null
}

const said =
  /^[\s*>・-]{0,6}(?<speaker>[^\s:：「」、。,.!?<>*][^:：「」、。!?<>*]{0,28}?)(?:\*\*)?\s?[:：「](?!\/\/|\d{2}(?!\d))\s*(?:\*\*)?(?<text>.*)$/
/** 佐藤 花子  10:02, and what they say in the lines below. */
const headed =
  /^(?<speaker>\S[^\n:：]{0,38}?)[ \t\u3000]{1,6}[[(]?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2} )?(?:午前|午後)?\s?\d{1,2}:\d{2}(?: ?[AP]M)?[\])]?$/i
const voiced = /^\s*<v(?:\.[\w.]+)?\s+(?<speaker>[^<>]{1,40})>(?<text>.*)$/
const timed = /\d:\d{2}[,.]\d{3}\s+-->|^\s*\d{1,5}\s*$|^WEBVTT/

/** **You:** and what they say in the paragraphs below. */
const boldAlone = /^\s{0,3}\*\*[^*:：]{1,30}(?:[:：]\*\*|\*\*[:：])\s*$/

/** A time alone, below the name of who speaks; APP marks a program. */
const timeAlone = /^\s{0,8}(?:APP\s{1,4})?(?:午前|午後)?\s?\d{1,2}:\d{2}(?:\s?[AP]M)?\s{0,4}$/i
const name = /^(?!.*[。！？.!?:：]$)\S.{0,38}$/

/** The same lines, with a time in the line of the name above it, where such names come back. */
function withTimesBeside(lines: readonly Numbered[]): readonly Numbered[] {
  const counts = new Map<string, number>()
  const isBelowName = (i: number): boolean =>
    timeAlone.test(lines[i]?.line ?? '') && name.test((lines[i - 1]?.line ?? '').trim())
  lines.forEach((_, i) => {
    const above = (lines[i - 1]?.line ?? '').trim()
    if (isBelowName(i)) counts.set(above, (counts.get(above) ?? 0) + 1)
  })
  const often = [...counts].filter(([, count]) => count >= 2).length
  if (often < 2) return lines
  return lines.flatMap((one, i): Numbered[] => {
    if (isBelowName(i)) return []
    const time = isBelowName(i + 1) ? lines[i + 1]?.line.replace(/APP/, '').trim() : undefined
    return [time === undefined ? one : { ...one, line: `${one.line.trim()}  ${time}` }]
  })
}

/** known: does the name say that somebody asks or answers? */
export function spokenLines(
  given: readonly Numbered[],
  known: (name: string) => boolean
): readonly Spoken[] | null {
  const lines = withTimesBeside(given)
  const isHeaded = lines.some(({ line }) => headed.test(line.trim()))
  const isBold = lines.some(({ line }) => boldAlone.test(line))
  const isTimed = lines.some(({ line }) => line.includes('-->'))
  const kept = isTimed ? lines.filter(({ line }) => !timed.test(line)) : lines
  const all = kept.map(({ line, number }): Spoken => {
    const found = (voiced.exec(line) ?? headed.exec(line.trim()) ?? said.exec(line))?.groups
    if (!found) return { line, number, speaker: null }
    return { line: ended(found['text'] ?? '', line), number, speaker: (found['speaker'] ?? '').trim() }
  })
  const counts = new Map<string, number>()
  for (const { speaker } of all) if (speaker !== null) counts.set(speaker, (counts.get(speaker) ?? 0) + 1)
  const names = new Set(
    [...counts].filter(([name, count]) => count >= 2 || known(name)).map(([name]) => name)
  )
  const filled = all.filter(({ line, speaker }) => line.trim() !== '' || speaker !== null)
  const spoken = filled.filter(({ speaker }) => speaker !== null && names.has(speaker)).length
  const isBetweenTwo =
    names.size === 2 &&
    [...names].every((name) => (counts.get(name) ?? 0) >= (isLetter(name) ? 2 : 3)) &&
    spoken * 5 >= filled.length * 4
  const isSo =
    names.size >= 2 &&
    names.size <= mostNames &&
    ([...names].some(known) || isBetweenTwo) &&
    spoken * (isBold ? 40 : isHeaded ? 4 : 2) >= filled.length
  if (!isSo) return null
  // what only looks like a name is said as it stands
  return all.map((one, i) =>
    one.speaker !== null && names.has(one.speaker)
      ? one
      : { ...one, line: kept[i]?.line ?? '', speaker: null }
  )
}

const mostNames = 8
/** A: and B: of a dialogue are no headings. */
const isLetter = (name: string): boolean => /^[A-ZＡ-Ｚ甲乙]$/.test(name)

const ended = (text: string, line: string): string => {
  const bare = text.replace(/<\/v>\s*$/, '').trim()
  return /[^:：]{1,30}「/.test(line) && !/[:：]/.test(line.slice(0, line.indexOf('「')))
    ? bare.replace(/」$/, '')
    : bare
}
