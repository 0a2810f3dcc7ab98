// JSON as programs write it: Python's NaN and Infinity stand for nothing, and a whole number that is longer than numbers
// are kept here (an order, a card), or larger than any, stays as it is written.

/** Of more digits than these, a number may lose some; with such a power, it may be none. */
const longNumber = /\d{16}|\d[eE]\+?\d{3}/

/** Throws what JSON.parse throws. */
export function parseJson(text: string): unknown {
  if (longNumber.test(text)) return JSON.parse(withWords(text))
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return JSON.parse(withWords(text))
  }
}

/** A string that is never closed goes to the end, so that no sign is looked at twice. */
const withWords = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\[\s\S])*"?|-?\b(?:NaN|Infinity)\b|-?\d[\d.eE+-]*/g, (part) => {
    if (part[0] === '"') return part
    if (part.endsWith('N') || part.endsWith('y')) return 'null'
    return isLong(part) ? `"${part}"` : part
  })

const isLong = (number: string): boolean =>
  (/^-?[1-9]\d{15,}$/.test(number) && !Number.isSafeInteger(Number(number))) ||
  Math.abs(Number(number)) === Infinity
