// JSON as programs write it: Python's NaN and Infinity stand for nothing.

/** Throws what JSON.parse throws. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return JSON.parse(
      // a string that is never closed goes to the end, so that no sign is looked at twice
      text.replace(/"(?:[^"\\]|\\[\s\S])*"?|-?\b(?:NaN|Infinity)\b/g, (part) =>
        part[0] === '"' ? part : 'null'
      )
    )
  }
}
