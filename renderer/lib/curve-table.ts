// The rows of the table that stands for a chart: every measurement made now and then, and about fifty of the
// others, as measured. Pure.
import type { Language } from '../../main/contract/language'
import { count, decimal, significant } from './format'

interface Line {
  readonly marked?: boolean
  readonly points: readonly { readonly x: number; readonly y: number }[]
}
export interface CurveRow {
  readonly step: number
  /** one for each line, in their order; null: not measured at this step */
  readonly values: readonly (number | null)[]
}

const others = 50

export function curveRows(lines: readonly Line[]): readonly CurveRow[] {
  const marked = new Set(lines.filter((line) => line.marked).flatMap((line) => line.points.map(({ x }) => x)))
  const steps = [...new Set(lines.flatMap((line) => line.points.map(({ x }) => x)))].sort((a, b) => a - b)
  const every = Math.ceil(steps.length / others)
  const values = lines.map((line) => new Map(line.points.map(({ x, y }) => [x, y])))
  return steps
    .filter((step, index) => marked.has(step) || index % every === 0 || index === steps.length - 1)
    .map((step) => ({ step, values: values.map((of) => of.get(step) ?? null) }))
}

/** Three decimals, so that figures of one column stand below one another: 1.273, 5.400; near nothing four figures of it, and
 *  of thousands their whole part: 0.00019, 12,345 */
export function tableFigure(value: number, language: Language): string {
  const size = Math.abs(value)
  if (size >= 1000) return count(value, language)
  return size >= 0.1 || size === 0 ? decimal(value, 3, language) : significant(value, 4, language)
}
