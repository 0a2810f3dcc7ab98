// An example as a line of its folder, without the name of the file that it came from, and back. What does not have the form
// of an example is no example, wherever the folder came from. One question and one answer in plain words, which nearly all
// examples are, stand as row, question and answer between ASCII's own separators: a million of them are written and read in a
// third of the time that JSON takes. All others are JSON.
import type { Example, Message, RefusedRow, RowSource } from '../../../contract/records'
import { syntheticIn } from '../../../contract/synthetic'
import { KeptBroken } from './kept-broken'

/** between the parts of a plain line, and for a line end inside one */
const unit = '\x1f'
const lineEnd = '\x1e'
const separators = /[\x1e\x1f]/

export function exampleLine(example: Example): string {
  return plainLine(example) ?? `${JSON.stringify({ ...example, source: placeOf(example.source) })}\n`
}

/** Null where an example says more than a row, a question and an answer. */
function plainLine(example: Example): string | null {
  const { source } = example
  if (example.kind !== 'conversation' || example.messages.length !== 2) return null
  if (source.sheet !== undefined || example.synthetic) return null
  const [asked, said] = example.messages as readonly [Message, Message]
  if (asked.role !== 'user' || said.role !== 'assistant' || saysMore(asked) || saysMore(said)) return null
  // a text that holds such signs itself
  if (separators.test(asked.content) || separators.test(said.content)) return null
  return `${source.row}${unit}${inOneLine(asked.content)}${unit}${inOneLine(said.content)}\n`
}

const inOneLine = (text: string): string => (text.includes('\n') ? text.replaceAll('\n', lineEnd) : text)

const saysMore = ({ weight, reasoning_content }: Message): boolean =>
  weight !== undefined || reasoning_content !== undefined

export function refusedLine(row: RefusedRow): string {
  return `${JSON.stringify({ ...row, source: placeOf(row.source) })}\n`
}

function placeOf({ sheet, row }: RowSource): Omit<RowSource, 'file'> {
  return sheet === undefined ? { row } : { sheet, row }
}

/** Throws KeptBroken. */
export function exampleOf(line: string, file: string): Example {
  if (isPlain(line)) return pairOf(line, file)
  const parsed = parse(line) as Example
  if (!isKnown(parsed)) throw new KeptBroken('example')
  return { ...parsed, source: sourceOf(parsed.source, file) }
}

/** JSON of an object begins with a brace. */
const isPlain = (line: string): boolean => line.charCodeAt(0) < 0x3a

function pairOf(line: string, file: string): Example {
  const first = line.indexOf(unit)
  const second = line.indexOf(unit, first + 1)
  const row = first > 0 ? Number(line.slice(0, first)) : NaN
  if (second < 0 || !Number.isInteger(row) || line.includes(unit, second + 1)) throw new KeptBroken('line')
  const text = line.includes(lineEnd) ? line.replaceAll(lineEnd, '\n') : line
  return {
    kind: 'conversation',
    messages: [
      { role: 'user', content: text.slice(first + 1, second) },
      { role: 'assistant', content: text.slice(second + 1) }
    ],
    source: { file, row }
  }
}

function isKnown(parsed: Example): boolean {
  if (parsed.synthetic !== undefined && !syntheticIn(parsed.synthetic)) return false
  const hasTurns = (): boolean =>
    'messages' in parsed && Array.isArray(parsed.messages) && parsed.messages.every(isMessage)
  switch (parsed.kind) {
    case 'conversation':
      return hasTurns()
    case 'text':
      return typeof parsed.text === 'string' && (parsed.goesOn ?? true) === true
    case 'preference':
      return hasTurns() && typeof parsed.chosen === 'string' && typeof parsed.rejected === 'string'
    case 'rated':
      return hasTurns() && typeof parsed.liked === 'boolean'
    case 'labelled':
      return typeof parsed.text === 'string' && areTexts(parsed.labels)
    default:
      return false
  }
}

/** Throws KeptBroken. */
export function refusedOf(line: string, file: string): RefusedRow {
  const parsed = parse(line) as RefusedRow
  const { reason, details, excerpt } = parsed
  if (typeof reason !== 'string' || typeof excerpt !== 'string' || typeof details !== 'object')
    throw new KeptBroken('refused row')
  return { ...parsed, source: sourceOf(parsed.source, file) }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) ?? {}
  } catch {
    throw new KeptBroken('line')
  }
}

const areTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

const roles: readonly unknown[] = ['system', 'user', 'assistant']

const isMessage = (value: unknown): value is Message => {
  const { role, content } = (value ?? {}) as Message
  return roles.includes(role) && typeof content === 'string'
}

function sourceOf(source: Omit<RowSource, 'file'> | undefined, file: string): RowSource {
  const { sheet, row } = source ?? {}
  if (typeof row !== 'number' || (sheet !== undefined && typeof sheet !== 'string'))
    throw new KeptBroken('place')
  return sheet === undefined ? { file, row } : { file, sheet, row }
}
