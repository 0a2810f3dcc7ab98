// A JSON file: an array of objects or an object that holds one (read piece by piece), a single conversation, or lines of JSON under the wrong name.
import { basename } from 'node:path'
import { brokenJson as brokenFile, emptyData, unknownShape } from '../file-errors'
import { limits } from '../limits'
import { JsonElements } from './json-elements'
import { parseJson } from './loose-json'
import { beyondLimits } from './json-limits'
import { brokenJson, jsonRow, readJsonl } from './read-jsonl'
import { isObject, isRowOfTurns, type RawRow, type ReadFile } from '../rows'
import { turnListKeys } from '../recognise/column-names'

export async function readJson(text: AsyncIterable<string>, file: string): Promise<ReadFile> {
  const { pieces, first, isWhole } = await peek(text)
  const start = first.trimStart()
  if (start === '') throw emptyData(file)
  if (start.startsWith('[')) return { format: 'json', hasNames: true, rows: elements(pieces, file, 'array') }
  if (isWholeObject(firstLine(start)) && hasMore(start)) {
    return { format: 'jsonl', hasNames: true, rows: readJsonl(pieces) }
  }
  if (!isWhole) return { format: 'json', hasNames: true, rows: elements(pieces, file, 'object') }
  const value = parsed(first, file)
  const rows = rowsOf(value, file)
  const beside = besideRows(value, rows)
  return {
    format: 'json',
    hasNames: true,
    rows: eachRow(rows),
    ...(beside.length > 0 && {
      notes: () => [
        { kind: 'aside' as const, field: beside.slice(0, mostBeside).join(', '), count: beside.length }
      ]
    })
  }
}

/** Rows handed over at once. */
const rowsAtOnce = 1000

async function* elements(
  pieces: AsyncIterable<string>,
  file: string,
  root: 'array' | 'object'
): AsyncGenerator<RawRow[]> {
  const reader = new JsonElements(root)
  for await (const piece of pieces) {
    const found = reader.push(piece)
    // a piece may hold a million: whoever reads them is given turns in between
    for (let at = 0; at < found.length; at += rowsAtOnce)
      yield found
        .slice(at, at + rowsAtOnce)
        .map(({ json, item, tooLong }) =>
          tooLong ? brokenJson(item, 'ROW_TOO_LONG', json) : jsonRow(json, item)
        )
    if (reader.broken) break
  }
  const problem = reader.problem()
  if (problem) throw brokenFile(file, reader.line, problem)
  if (root === 'object' && reader.lists !== 1) throw unknownShape(file, [])
}

/** The rows of an object: itself where it is one conversation, else its only list of objects. */
function rowsOf(value: unknown, file: string): readonly unknown[] {
  if (!isObject(value)) throw unknownShape(file, [])
  if (turnListKeys.some((key) => Array.isArray(value[key])) || isRowOfTurns(value)) return [value]
  const byColumns = columnsToRows(value)
  if (byColumns) return byColumns
  const lists = Object.values(value).filter(
    (list) => Array.isArray(list) && list.length > 0 && list.every(isObject)
  )
  if (lists.length !== 1) throw unknownShape(file, Object.keys(value))
  return lists[0] as unknown[]
}

/** Of an object that holds its rows in one list, what else stands beside the list and says something. */
function besideRows(value: unknown, rows: readonly unknown[]): readonly string[] {
  if (!isObject(value) || !Object.values(value).includes(rows)) return []
  return Object.entries(value).flatMap(([name, other]) => {
    const isNothing =
      other === null || other === '' || (typeof other === 'object' && Object.keys(other).length === 0)
    return other === rows || isNothing || typeof other === 'number' ? [] : [name]
  })
}
const mostBeside = 12

/** What pandas writes column by column: lists of one length, or objects with the same numbers as keys. */
function columnsToRows(value: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  const columns = Object.entries(value)
  const places = (column: unknown): readonly string[] =>
    isObject(column) || Array.isArray(column) ? Object.keys(column) : []
  const keys = places(columns[0]?.[1])
  const isScalar = (one: unknown): boolean => one === null || typeof one !== 'object'
  const fits = ([, column]: [string, unknown]): boolean =>
    places(column).join() === keys.join() && Object.values(column as object).every(isScalar)
  if (columns.length < 2 || keys.length === 0 || keys[0] !== '0' || !columns.every(fits)) return null
  return keys.map((key) =>
    Object.fromEntries(columns.map(([name, column]) => [name, (column as Record<string, unknown>)[key]]))
  )
}

function parsed(all: string, file: string): unknown {
  try {
    return parseJson(all)
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    const at = Number(/position (\d+)/.exec(reason)?.[1] ?? all.length)
    throw brokenFile(file, all.slice(0, at).split('\n').length, basename(reason))
  }
}

async function* eachRow(values: readonly unknown[]): AsyncGenerator<RawRow[]> {
  yield values.map((value, i): RawRow => {
    const beyond = beyondLimits(value)
    return beyond
      ? brokenJson(i + 1, beyond, '')
      : { kind: 'row', row: i + 1, values: value as Readonly<Record<string, unknown>> }
  })
}

/** The beginning of the text and the whole text again. Of an object as much as a row may have: it may be one row, or
 *  the first line of many. */
async function peek(
  text: AsyncIterable<string>
): Promise<{ pieces: AsyncIterable<string>; first: string; isWhole: boolean }> {
  const iterator = text[Symbol.asyncIterator]()
  let first = ''
  for (;;) {
    const { value, done } = await iterator.next()
    if (done) return { pieces: again(first, iterator), first, isWhole: true }
    first += value
    const start = firstSign(first)
    if (start >= 0 && (first[start] !== '{' || first.length > limits.row || isLines(first, start)))
      return { pieces: again(first, iterator), first, isWhole: false }
  }
}

const isLines = (text: string, start: number): boolean => {
  const end = lineEnd(text, start)
  return (
    text[end - 1] === '}' &&
    end - start < limits.row &&
    hasMore(text) &&
    isWholeObject(text.slice(start, end))
  )
}

/** Index of the first character that is no space; -1 where there is none. */
function firstSign(text: string, from = 0): number {
  for (let i = from; i < text.length; i++) if (!isSpace(text.charCodeAt(i))) return i
  return -1
}

const isSpace = (code: number): boolean => code <= 32 || code === 0xfeff

function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || code === 13) return i
  }
  return text.length
}

async function* again(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first
  yield* { [Symbol.asyncIterator]: () => rest }
}

const firstLine = (text: string): string => text.slice(0, lineEnd(text, 0))

/** Does anything stand behind the first line? */
const hasMore = (text: string): boolean => firstSign(text, lineEnd(text, Math.max(0, firstSign(text)))) >= 0

function isWholeObject(line: string): boolean {
  try {
    return isObject(parseJson(line))
  } catch {
    return false
  }
}
