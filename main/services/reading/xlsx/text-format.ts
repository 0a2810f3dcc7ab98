// What a cell's format writes around a text: @"様" shows 田中様. Pure.

/** The text as it is seen. A format for text is the fourth of four, or the only one. */
export function formatText(text: string, code: string): string {
  if (!code.includes('@') || code === '@') return text
  const parts = code.match(/(?:"[^"]*"?|\\.|[^;"\\])+/g) ?? []
  const own = parts.length === 1 || parts.length === 4 ? parts.at(-1) : undefined
  if (!own?.includes('@')) return text
  return own.replace(
    /"([^"]*)"?|\\(.)|\[[^\]]*\]?|_.|\*.|@/g,
    (sign: string, quoted: string | undefined, escaped: string | undefined) =>
      sign === '@' ? text : (quoted ?? escaped ?? '')
  )
}
