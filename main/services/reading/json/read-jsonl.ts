// One JSON object a line. A line that cannot be read is a broken row, not a broken file.
import { lineBatches, type Line } from '../lines'
import { valuesOf } from './values-of'
import { parseJson } from './loose-json'
import { longestExcerpt } from '../refusals'
import { isObject, type RawRow } from '../rows'

export async function* readJsonl(text: AsyncIterable<string>): AsyncGenerator<RawRow[]> {
  for await (const lines of lineBatches(text)) yield lines.filter(isFilled).map(lineRow)
}

const isFilled = ({ line }: Line): boolean => line.trim() !== ''

const lineRow = ({ line, number, tooLong }: Line): RawRow =>
  tooLong ? brokenJson(number, 'ROW_TOO_LONG', line) : jsonRow(line, number)

/** A JSON text as a row; anything but an object is broken. */
export function jsonRow(json: string, row: number): RawRow {
  // a parser that throws takes its time, and there may be millions of nothing
  if (json === '' || json.trim() === '') return brokenJson(row, 'BROKEN_JSON', '')
  try {
    const found = parseJson(json)
    const read = valuesOf(found)
    if (typeof read === 'string') return brokenJson(row, read, json)
    return isObject(found) && hasRepeatedKey(json, found)
      ? brokenJson(row, 'REPEATED_KEY', json)
      : { kind: 'row', row, values: read }
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
