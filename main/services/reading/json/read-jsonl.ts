// One JSON object a line. A line that cannot be read is a broken row, not a broken file.
import { lines } from '../lines'
import { isObject, type RawRow } from '../rows'

export async function* readJsonl(text: AsyncIterable<string>): AsyncGenerator<RawRow> {
  for await (const { line, number } of lines(text)) {
    if (line.trim() !== '') yield jsonRow(line, number)
  }
}

/** A JSON text as a row; anything but an object is broken. */
export function jsonRow(json: string, row: number): RawRow {
  const excerpt = json.trim().slice(0, 80)
  try {
    const value: unknown = JSON.parse(json)
    if (isObject(value)) return { kind: 'row', row, values: withOnlyInstance(value) }
    return { kind: 'broken', row, reason: 'NOT_AN_OBJECT', excerpt }
  } catch {
    return { kind: 'broken', row, reason: 'BROKEN_JSON', excerpt }
  }
}

/** Self-instruct keeps input and output one level deeper, in a list; where it holds a single one, they are the
 *  row's own. */
function withOnlyInstance(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { instances, ...others } = values
  const [only, ...more] = Array.isArray(instances) ? (instances as unknown[]) : []
  const isOne = isObject(only) && 'output' in only && more.length === 0 && !('output' in values)
  return isOne ? { ...others, ...only } : values
}
