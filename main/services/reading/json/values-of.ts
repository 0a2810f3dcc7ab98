// A value of a file that knows lists and objects (JSON, Parquet), as the named values of a row.
import { isObject } from '../rows'
import { beyondLimits, type BeyondLimits } from './json-limits'

const isTurns = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((turn) => isObject(turn) && ('role' in turn || 'from' in turn || 'speaker' in turn))

/** Why it is none, where it is none. */
export function valuesOf(found: unknown): Readonly<Record<string, unknown>> | BeyondLimits | 'NOT_AN_OBJECT' {
  // a list of turns is a conversation without a name
  const value = isTurns(found) ? { messages: found } : found
  if (!isObject(value)) return 'NOT_AN_OBJECT'
  return beyondLimits(value) ?? withOnlyInstance(value)
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
