// Marks of an example as our own files carry them, read back: that it is synthetic, and that a text goes on in the next row.
import { syntheticIn } from '../../../contract/synthetic'
import type { Example } from '../../../contract/records'

/** Field of a line, title of a column. */
export const syntheticField = 'synthetic'
const goesOnField = 'goesOn'
export const markFields: readonly string[] = [syntheticField, goesOnField]

export function marked(
  example: Example,
  values: Readonly<Record<string, unknown>>,
  /** the reader of the file says so */
  goesOn = values[goesOnField] === true
): Example {
  const whole: Example = goesOn && example.kind === 'text' ? { ...example, goesOn } : example
  const value = values[syntheticField]
  const synthetic = value === undefined || value === null || value === '' ? null : syntheticIn(value)
  return synthetic ? { ...whole, synthetic } : whole
}
