// The mark of a synthetic example as our own files carry it: read back, it is still one.
import { syntheticIn } from '../../../contract/synthetic'
import type { Example } from '../../../contract/records'

/** Field of a line, title of a column. */
export const syntheticField = 'synthetic'

export function marked(example: Example, values: Readonly<Record<string, unknown>>): Example {
  const value = values[syntheticField]
  const synthetic = value === undefined || value === null || value === '' ? null : syntheticIn(value)
  return synthetic ? { ...example, synthetic } : example
}
