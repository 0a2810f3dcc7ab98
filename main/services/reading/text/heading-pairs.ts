// Questions without marks: the headings of a Markdown text, lines that are all bold, or lines that end with a question mark
// and stand at the head of a paragraph; what stands below each is its answer. Pure.
import type { SplitText, TextPair } from './mail-pairs'

interface Numbered {
  readonly line: string
  readonly number: number
  /** of a program, where # begins no heading */
  readonly isCode?: boolean
}
interface Heading {
  readonly level: number
  readonly text: string
}

/** Behind the six of Markdown. */
const bold = 7
const plain = 8
/** A question that stands by itself in any line. */
const loose = 9
const longestLoose = 100
const fewestLoose = 3
const longestQuestion = 200
/** Of a heading: ===== or ----- in the next line. */
const underline = /^(?:={3,}|-{3,}) {0,3}$/

const asks = (text: string): boolean =>
  /[?？][」』)）*_\s]{0,4}$|(?:です|ます|でしょう|ません)か[。.]?$/.test(text)

export function headingPairs(lines: readonly Numbered[]): SplitText {
  const headings = withNumbered(
    lines,
    lines.map(({ line, isCode }, i) =>
      isCode ? null : headingIn(line, lines[i - 1]?.line ?? '', lines[i + 1]?.line ?? '')
    )
  )
  const level = levelOf(headings, lines.filter(({ line }) => line.trim() !== '').length)
  if (level === null) return { pairs: [], rest: [] }
  const pairs: TextPair[] = []
  const rest: { row: number; text: string }[] = []
  let part: { row: number; question: string | null; texts: string[] } = { row: 1, question: null, texts: [] }
  const close = (): void => {
    const answer = part.texts.join('\n').trim()
    if (part.question !== null && answer !== '')
      pairs.push({ row: part.row, question: part.question, answer })
    else {
      const text = part.question ?? answer
      if (text !== '') rest.push({ row: part.row, text })
    }
  }
  lines.forEach(({ line, number }, i) => {
    const heading = headings[i] ?? null
    if (heading && heading.level <= level) {
      close()
      const isQuestion = heading.level === level
      part = {
        row: number,
        question: isQuestion ? heading.text : null,
        texts: isQuestion ? [] : [heading.text]
      }
      return
    }
    if (underline.test(line) && headings[i - 1] && !lines[i]?.isCode) return
    if (part.question === null && part.texts.length === 0) part.row = number
    part.texts.push(line)
  })
  close()
  return { pairs, rest }
}

/** Where most lines that ask are numbered (1. 返品できますか？), the numbers between theirs are headings, too: 4. 営業時間を教えてください。 */
function withNumbered(
  lines: readonly Numbered[],
  headings: readonly (Heading | null)[]
): readonly (Heading | null)[] {
  const numberOf = (i: number): number => Number(numberedLine.exec(lines[i]?.line ?? '')?.[1] ?? Number.NaN)
  const asking = headings.flatMap((heading, i) => (heading && heading.level >= plain ? [i] : []))
  const numbers = asking.map(numberOf)
  const isRising = numbers.every((number, i) => i === 0 || number > (numbers[i - 1] as number))
  if (asking.length < 2 || numbers.some(Number.isNaN) || !isRising) return headings
  let last = 0
  return lines.map(({ line, isCode }, i) => {
    const number = numberOf(i)
    const isAsking = asking.includes(i)
    // 2. of the steps of an answer is not the second question, which stands further below
    if (isCode || (!isAsking && (number !== last + 1 || numbers.includes(number)))) return headings[i] ?? null
    last = number
    return { level: plain, text: cleaned(line.replace(numberedLine, '')) }
  })
}
const numberedLine = /^ {0,3}[(（]?(\d{1,3})[.)．、）]\s?(?=\S)/

function headingIn(line: string, before: string, below: string): Heading | null {
  const marks = /^ {0,3}(?<signs>#{1,6})[ \t\u3000]{1,4}(?<text>\S.*)$/.exec(line)?.groups
  if (marks) return { level: (marks['signs'] ?? '').length, text: cleaned(marks['text'] ?? '') }
  const text = line.trim()
  if (text.length > longestQuestion) return null
  if (text !== '' && underline.test(below))
    return { level: below.startsWith('=') ? 1 : 2, text: cleaned(text) }
  const inBold = /^(?:[-*+]\s|\d{1,3}[.)]\s)?(?:\*\*|__)([^*_].*)(?:\*\*|__)$/.exec(text)?.[1]
  if (inBold !== undefined && asks(cleaned(inBold))) return { level: bold, text: cleaned(inBold) }
  return (before.trim() === '' || text.length <= longestLoose) &&
    /[?？]$/.test(text) &&
    !/^[>|]|^[^:：]{1,30}[:：]/.test(text)
    ? { level: before.trim() === '' ? plain : loose, text: cleaned(text) }
    : null
}

/** Without the marks of bold text, of a list, and of a question. */
const cleaned = (text: string): string =>
  text
    .trim()
    .replace(/^(?:\*\*|__)|(?:\*\*|__)$/g, '')
    .replace(/^(?:[QqＱ問]|質問)\s?\d{0,3}\s?[.:：．、)）]\s*/, '')
    .trim()

/** The level of which most headings are questions; null where none has two of them. */
function levelOf(headings: readonly (Heading | null)[], lines: number): number | null {
  for (let level = 1; level <= loose; level++) {
    const here = headings.filter((heading) => heading?.level === level)
    const asking = here.filter((heading) => heading && asks(heading.text)).length
    const isDense = level < loose || (asking >= fewestLoose && asking * 4 >= lines)
    if (asking >= 2 && asking * 2 >= here.length && isDense) return level
  }
  return null
}
