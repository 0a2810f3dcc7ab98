// Questions and answers in a document: marked ones (Q. and A.), rows of tables, or headings with the text below
// them. What belongs to none of them is named too, so that nothing is passed over in silence.
import { limits } from '../limits'
import { hintedColumn, knownColumn } from '../recognise/column-names'
import type { Block, Paragraph, Table } from './document-blocks'
import { markOf } from './question-marks'

export interface Pair {
  readonly line: number
  readonly question: string
  readonly answer: string
  /** what stands in the other columns of its table, by their names */
  readonly others?: Readonly<Record<string, string>>
}

export interface Pairs {
  readonly pairs: readonly Pair[]
  /** text that is no part of a pair */
  readonly outside: readonly { readonly line: number; readonly text: string }[]
  /** how sure it is that these are questions and answers */
  readonly confidence: number
}

/** A line of the document on its own. */
interface Line {
  readonly line: number
  readonly text: string
  readonly heading: boolean
  /** what Word writes before it as part of a list */
  readonly mark: string
}

/** Null for a document of plain text. */
export function findPairs(blocks: readonly Block[]): Pairs | null {
  const lines: Line[] = []
  const named: Pair[] = []
  const plain: Table[] = []
  for (const block of blocks) {
    if (block.kind === 'paragraph') {
      addAll(lines, linesOf(block.text, block.line, block.heading !== 0, block.mark))
      continue
    }
    const pairs = namedPairs(block)
    if (pairs) addAll(named, pairs)
    else if (isTwoColumns(block) && !hasMarks(block)) plain.push(block)
    else for (const row of block.rows) addAll(lines, linesOf(rowText(row.cells), row.line, false, ''))
  }
  const marked = markedPairs(lines)
  const twoColumns = plain.flatMap(columnPairs)
  if (marked.pairs.length + named.length > 0) {
    return inOrder([...marked.pairs, ...named, ...twoColumns], marked.outside, named.length > 0 ? 0.95 : 0.9)
  }
  const headed = headedPairs(blocks)
  const inTables = length(twoColumns)
  if (twoColumns.length > 0 && inTables >= length(headed.pairs) && inTables * 3 >= textLength(lines)) {
    return inOrder(twoColumns, marked.outside, 0.6)
  }
  return headed.pairs.length > 1 ? inOrder(headed.pairs, headed.outside, 0.5) : null
}

/** One by one: a spread of a million arguments overflows the stack. */
function addAll<T>(all: T[], more: readonly T[]): void {
  for (const one of more) all.push(one)
}

function linesOf(text: string, line: number, heading: boolean, mark: string): Line[] {
  return text
    .split('\n')
    .map((part, i) => ({ line: line + i, text: part, heading, mark: i === 0 ? mark : '' }))
}

/** A line as it stands on the page: a number or a bullet before it belongs to it; a heading's only orders. */
const shown = ({ text, mark, heading }: Line): string => (mark === '' || heading ? text : `${mark} ${text}`)

interface OpenPair {
  readonly line: number
  readonly number: string
  readonly question: string[]
  readonly answer: string[]
  answered: boolean
}

function markedPairs(lines: readonly Line[]): { pairs: Pair[]; outside: Line[] } {
  const open: OpenPair[] = []
  const outside: Line[] = []
  let current: OpenPair | null = null
  for (const line of lines) {
    const own = markOf(line.text)
    const mark = own ?? (line.mark !== '' && markOf(line.mark)?.rest === '' ? withRest(line) : null)
    if (mark?.kind === 'question') {
      current = { line: line.line, number: mark.number, question: [mark.rest], answer: [], answered: false }
      open.push(current)
    } else if (mark && current && !current.answered && belongs(mark.number, current.number)) {
      current.answered = true
      current.answer.push(mark.rest)
    } else if (line.heading || !current) {
      current = null
      outside.push(line)
    } else (current.answered ? current.answer : current.question).push(shown(line))
  }
  // a document that marks only its questions gives the answers below them
  const onlyQuestions = open.filter(({ answered }) => answered).length * 2 < open.length
  const pairs = open.map(({ line, question, answer, answered }) => {
    const [asked, ...below] = question.filter((text) => text.trim() !== '')
    if (answered || !onlyQuestions) return pair(line, question, answer)
    return pair(line, [asked ?? ''], below)
  })
  // questions alone are no questions and answers
  const found = pairs.filter(({ answer }) => answer !== '')
  return found.length > 0 ? { pairs, outside } : { pairs: [], outside: [...lines] }
}

function withRest({ mark, text }: Line): ReturnType<typeof markOf> {
  const found = markOf(mark)
  // the number that Word would show is not known
  return found && { ...found, number: '', rest: text }
}

const belongs = (answer: string, question: string): boolean =>
  answer === '' || question === '' || answer === question

function pair(line: number, question: readonly string[], answer: readonly string[]): Pair {
  return { line, question: question.join('\n').trim(), answer: answer.join('\n').trim() }
}

/** Rows of a table whose columns are called question and answer. */
function namedPairs({ rows }: Table): Pair[] | null {
  const names = rows[0]?.cells ?? []
  const at = (role: string): number => {
    const known = names.findIndex((name) => knownColumn(name) === role)
    return known >= 0 ? known : names.findIndex((name) => name.length <= 30 && hintedColumn(name) === role)
  }
  const [question, answer] = [at('question'), at('answer')]
  if (question < 0 || answer < 0 || question === answer) return null
  const others = names.flatMap((name, i) =>
    i === question || i === answer || /^(?:|question|answer)$/i.test(name.trim()) ? [] : [{ name, i }]
  )
  return rows
    .slice(1)
    .map(({ line, cells }) => ({
      ...unmarked(line, cells[question] ?? '', cells[answer] ?? ''),
      ...(others.length > 0 && {
        others: Object.fromEntries(
          others.map(({ name, i }) => [name.trim().slice(0, limits.name), cells[i] ?? ''])
        )
      })
    }))
    .filter((row) => row.question !== '' || row.answer !== '')
}

function isTwoColumns({ rows }: Table): boolean {
  return rows.length > 1 && rows.every(({ cells }) => cells.length === 2)
}

/** Does the first column hold nothing but marks, the second the text? Such rows are read as lines. */
function hasMarks({ rows }: Table): boolean {
  return rows.filter(({ cells }) => markOf(cells[0] ?? '')?.rest === '').length * 2 > rows.length
}

function columnPairs({ rows }: Table): Pair[] {
  return rows
    .filter(({ isHeader }) => !isHeader)
    .map(({ line, cells: [question = '', answer = ''] }) => unmarked(line, question, answer))
    .filter((row) => row.question !== '' || row.answer !== '')
}

function unmarked(line: number, question: string, answer: string): Pair {
  const [asked, said] = [markOf(question), markOf(answer)]
  return pair(
    line,
    [asked?.kind === 'question' && asked.rest !== '' ? asked.rest : question],
    [said?.kind === 'answer' && said.rest !== '' ? said.rest : answer]
  )
}

function headedPairs(blocks: readonly Block[]): { pairs: Pair[]; outside: Line[] } {
  const sections: { line: number; heading: string; text: string[] }[] = []
  const outside: Line[] = []
  for (const block of blocks) {
    if (block.kind === 'paragraph' && block.heading > 0) {
      sections.push({ line: block.line, heading: block.text.replace(/\s+/g, ' '), text: [] })
      continue
    }
    const text =
      block.kind === 'paragraph' ? shownText(block) : block.rows.map(({ cells }) => rowText(cells)).join('\n')
    const section = sections.at(-1)
    if (block.kind === 'paragraph' && block.heading < 0) continue
    if (section) section.text.push(text)
    else if (block.kind === 'paragraph') addAll(outside, linesOf(text, block.line, false, ''))
    else
      for (const { line, cells } of block.rows)
        outside.push({ line, text: rowText(cells), heading: false, mark: '' })
  }
  // a heading with nothing but other headings below it only orders them
  const filled = sections.filter(({ text }) => text.length > 0)
  return { pairs: filled.map(({ line, heading, text }) => pair(line, [heading], text)), outside }
}

/** Lines next to one another are one stretch; headings order the document and are not missed. */
function inOrder(pairs: readonly Pair[], lines: readonly Line[], confidence: number): Pairs {
  const outside: { line: number; text: string }[] = []
  let last = -1
  for (const { line, text, heading } of lines) {
    if (heading || text.trim() === '') continue
    const before = outside.at(-1)
    if (before && line === last + 1) before.text += `\n${text}`
    else outside.push({ line, text })
    last = line
  }
  return { pairs: [...pairs].sort((a, b) => a.line - b.line), outside, confidence }
}

export const shownText = ({ text, mark, heading }: Paragraph): string =>
  mark === '' || heading !== 0 ? text : `${mark} ${text}`

/** A row as one line; a mark in the first cell stays before the text of the second. */
const rowText = (cells: readonly string[]): string => cells.filter((cell) => cell !== '').join('\t')

const length = (pairs: readonly Pair[]): number =>
  pairs.reduce((sum, { question, answer }) => sum + question.length + answer.length, 0)

const textLength = (lines: readonly Line[]): number => lines.reduce((sum, { text }) => sum + text.length, 0)
