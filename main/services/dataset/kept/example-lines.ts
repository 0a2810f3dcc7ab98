// An example as a line of its folder, without the name of the file that it came from, and back. What does not have the form
// of an example is no example, wherever the folder came from.
import type { Example, Message, RefusedRow, RowSource } from '../../../contract/records'
import { KeptBroken } from './kept-broken'

export function exampleLine(example: Example): string {
  return `${JSON.stringify({ ...example, source: placeOf(example.source) })}\n`
}

export function refusedLine(row: RefusedRow): string {
  return `${JSON.stringify({ ...row, source: placeOf(row.source) })}\n`
}

function placeOf({ sheet, row }: RowSource): Omit<RowSource, 'file'> {
  return sheet === undefined ? { row } : { sheet, row }
}

/** Throws KeptBroken. */
export function exampleOf(line: string, file: string): Example {
  const parsed = parse(line) as Example
  if (!isKnown(parsed)) throw new KeptBroken('example')
  return { ...parsed, source: sourceOf(parsed.source, file) }
}

function isKnown(parsed: Example): boolean {
  const hasTurns = (): boolean =>
    'messages' in parsed && Array.isArray(parsed.messages) && parsed.messages.every(isMessage)
  switch (parsed.kind) {
    case 'conversation':
      return hasTurns()
    case 'text':
      return typeof parsed.text === 'string'
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
