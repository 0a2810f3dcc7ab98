// Tables and side-by-side texts in terminal columns. Pure: lines out, nothing written.
import { padEnd, padStart, widthOf, wrap } from './width'

export type Align = 'left' | 'right'

/** Columns as wide as their widest cell, two spaces apart, without lines around. */
export function table(
  rows: readonly (readonly string[])[],
  aligns: readonly Align[] = []
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(0, ...rows.map((row) => widthOf(row[at] ?? '')))
  )
  return rows.map((row) =>
    widths
      .map((width, at) =>
        aligns[at] === 'right' ? padStart(row[at] ?? '', width) : padEnd(row[at] ?? '', width)
      )
      .join('  ')
      .trimEnd()
  )
}

/** Two texts beside each other, or under each other where the terminal is narrow. */
export function sideBySide(
  left: { readonly title: string; readonly text: string },
  right: { readonly title: string; readonly text: string },
  columns: number
): readonly string[] {
  if (columns < 72) return [...under(left, columns), ...under(right, columns)]
  const half = Math.floor((columns - 3) / 2)
  const a = [left.title, ...wrap(left.text, half)]
  const b = [right.title, ...wrap(right.text, half)]
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) =>
    `${padEnd(a[at] ?? '', half)} │ ${b[at] ?? ''}`.trimEnd()
  )
}

function under(part: { readonly title: string; readonly text: string }, columns: number): readonly string[] {
  return [part.title, ...wrap(part.text, columns - 2).map((line) => `  ${line}`.trimEnd())]
}
