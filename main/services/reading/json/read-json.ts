// A JSON file: an array of objects (read piece by piece), an object that holds one such array, a single
// conversation, or lines of JSON under the wrong name.
import { basename } from 'node:path'
import { brokenJson, emptyData, tooLarge, unknownShape } from '../file-errors'
import { JsonElements } from './json-elements'
import { jsonRow, readJsonl } from './read-jsonl'
import { isObject, type RawRow, type ReadFile } from '../rows'
import { turnListKeys } from '../recognise/column-names'

const maxMegabytes = 256

export async function readJson(text: AsyncIterable<string>, file: string): Promise<ReadFile> {
  const { pieces, first } = await peek(text)
  const start = first.trimStart()
  if (start === '') throw emptyData(file)
  if (start.startsWith('[')) return { format: 'json', hasNames: true, rows: elements(pieces, file) }
  if (isWholeObject(firstLine(start)) && hasMore(start)) {
    return { format: 'jsonl', hasNames: true, rows: readJsonl(pieces) }
  }
  const rows = rowsOf(await readWhole(pieces, file), file)
  return { format: 'json', hasNames: true, rows: each(rows) }
}

async function* elements(pieces: AsyncIterable<string>, file: string): AsyncGenerator<RawRow> {
  const reader = new JsonElements()
  for await (const piece of pieces) {
    for (const { json, item } of reader.push(piece)) yield jsonRow(json, item)
    if (reader.broken) break
  }
  const problem = reader.problem()
  if (problem) throw brokenJson(file, reader.line, problem)
}

/** The rows of an object: itself where it is one conversation, else its only list of objects. */
function rowsOf(value: unknown, file: string): readonly unknown[] {
  if (!isObject(value)) throw unknownShape(file, [])
  if (turnListKeys.some((key) => Array.isArray(value[key]))) return [value]
  const lists = Object.values(value).filter(
    (list) => Array.isArray(list) && list.length > 0 && list.every(isObject)
  )
  if (lists.length !== 1) throw unknownShape(file, Object.keys(value))
  return lists[0] as unknown[]
}

async function readWhole(pieces: AsyncIterable<string>, file: string): Promise<unknown> {
  const parts: string[] = []
  let length = 0
  for await (const piece of pieces) {
    parts.push(piece)
    length += piece.length
    if (length > maxMegabytes * 1e6) throw tooLarge(file, maxMegabytes)
  }
  const all = parts.join('')
  try {
    return JSON.parse(all)
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    const at = Number(/position (\d+)/.exec(reason)?.[1] ?? all.length)
    throw brokenJson(file, all.slice(0, at).split('\n').length, basename(reason))
  }
}

async function* each(values: readonly unknown[]): AsyncGenerator<RawRow> {
  for (const [i, value] of values.entries()) {
    yield { kind: 'row', row: i + 1, values: value as Readonly<Record<string, unknown>> }
  }
}

/** The beginning of the text up to its first line end, and the whole text again. */
async function peek(text: AsyncIterable<string>): Promise<{ pieces: AsyncIterable<string>; first: string }> {
  const iterator = text[Symbol.asyncIterator]()
  let first = ''
  for (;;) {
    const { value, done } = await iterator.next()
    if (done) break
    first += value
    if (!first.trimStart().startsWith('{') ? first.trim() !== '' : hasMore(first.trimStart())) break
  }
  return { pieces: again(first, iterator), first }
}

async function* again(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first
  yield* { [Symbol.asyncIterator]: () => rest }
}

const firstLine = (text: string): string => /^[^\r\n]*/.exec(text)?.[0] ?? ''

const hasMore = (text: string): boolean => /[\r\n]\s*\S/.test(text)

function isWholeObject(line: string): boolean {
  try {
    return isObject(JSON.parse(line))
  } catch {
    return false
  }
}
