// What a model thinks before it answers, as it stands in texts: <think> ... </think> before the answer. Some templates
// open it in the prompt already. Pure; knows nothing of templates.

export const opening = '<think>'
export const closing = '</think>'

/** Does the answer to this prompt begin inside of a thought? */
export const opensThought = (prompt: string): boolean => prompt.trimEnd().endsWith(opening)

/** The end of a thought that was opened and holds nothing: as models write it that answer at once. */
export const emptyThought = (prompt: string): string => `${prompt.endsWith('\n') ? '' : '\n'}\n${closing}\n\n`

/** An answer without the opening of its thought; null where it tells none. */
export function thoughtIn(content: string): { readonly thought: string; readonly said: string } | null {
  const end = content.indexOf(closing)
  if (end < 0) return null
  const before = content.slice(0, end).trimStart()
  return {
    thought: before.startsWith(opening) ? before.slice(opening.length) : before,
    said: content.slice(end + closing.length)
  }
}
