// One JSON object a line. A line that cannot be read is a broken row, not a broken file.
import { lineBatches, type Line } from '../lines'
import { beyondLimits } from './json-limits'
import { parseJson } from './loose-json'
import { longestExcerpt } from '../refusals'
import { isObject, type RawRow } from '../rows'

export async function* readJsonl(text: AsyncIterable<string>): AsyncGenerator<RawRow[]> {
  for await (const lines of lineBatches(text)) yield lines.filter(isFilled).map(lineRow)
}

const isFilled = ({ line }: Line): boolean => line.trim() !== ''

const lineRow = ({ line, number, tooLong }: Line): RawRow =>
  tooLong ? brokenJson(number, 'ROW_TOO_LONG', line) : jsonRow(line, number)

const isTurns = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((turn) => isObject(turn) && ('role' in turn || 'from' in turn || 'speaker' in turn))

/** A JSON text as a row; anything but an object is broken. */
export function jsonRow(json: string, row: number): RawRow {
  // a parser that throws takes its time, and there may be millions of nothing
  if (json === '' || json.trim() === '') return brokenJson(row, 'BROKEN_JSON', '')
  try {
    const found = parseJson(json)
    // a list of turns is a conversation without a name
    const value = isTurns(found) ? { messages: found } : found
    if (!isObject(value)) return brokenJson(row, 'NOT_AN_OBJECT', json)
    const beyond = beyondLimits(value) ?? (hasRepeatedKey(json, value) ? 'REPEATED_KEY' : null)
    return beyond ? brokenJson(row, beyond, json) : { kind: 'row', row, values: withOnlyInstance(value) }
  } catch {
    return brokenJson(row, 'BROKEN_JSON', json)
  }
}

/** A name that stands twice in the row itself: parsers keep the last and say nothing. Text of that name inside a string has
 *  a backslash before its mark. */
function hasRepeatedKey(json: string, value: Readonly<Record<string, unknown>>): boolean {
  for (const key in value) {
    const marked = `"${key}"`
    const first = json.indexOf(marked)
    if (first >= 0 && json.indexOf(marked, first + marked.length) >= 0) return keysRepeat(json)
  }
  return false
}

/** Goes through the row once, in which a name stands as a whole text at least twice. */
function keysRepeat(json: string): boolean {
  const keys = new Set<string>()
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const c = json[at]
    if (c === '{' || c === '[') depth++
    else if (c === '}' || c === ']') depth--
    else if (c === '"') {
      const start = at
      for (at++; at < json.length && json[at] !== '"'; at++) if (json[at] === '\\') at++
      let behind = at + 1
      while (behind < json.length && json.charCodeAt(behind) <= 32) behind++
      if (depth !== 1 || json[behind] !== ':') continue
      const key = json.slice(start, at + 1)
      if (keys.has(key)) return true
      keys.add(key)
    }
  }
  return false
}

export function brokenJson(
  row: number,
  reason: Extract<RawRow, { kind: 'broken' }>['reason'],
  json: string
): RawRow {
  // a copy of its own: a mere slice would keep the whole piece of the file in memory
  return {
    kind: 'broken',
    row,
    reason,
    excerpt: Buffer.from(json.slice(0, longestExcerpt).trim()).toString()
  }
}

/** Self-instruct keeps input and output one level deeper, in a list; where it holds a single one, they are the
 *  row's own. */
function withOnlyInstance(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!('instances' in values)) return values
  const { instances, ...others } = values
  const [only, ...more] = Array.isArray(instances) ? (instances as unknown[]) : []
  const isOne = isObject(only) && 'output' in only && more.length === 0 && !('output' in values)
  return isOne ? { ...others, ...only } : values
}
