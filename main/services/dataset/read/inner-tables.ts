// Tables as Markdown writes them inside a longer text: names between strokes, and a line of dashes below.

/** The names of each table, as they stand there. */
export function tablesIn(text: string): readonly string[] {
  if (!text.includes('|')) return []
  const lines = text.split('\n')
  return lines.filter(
    (line, i) => line.includes('|') && isRule(lines[i + 1] ?? '') && (lines[i + 2] ?? '').includes('|')
  )
}

const isRule = (line: string): boolean => {
  const bare = line.trim()
  return bare.includes('|') && bare.includes('-') && /^[|:\s-]+$/.test(bare)
}
