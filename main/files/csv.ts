// A table as text for Excel and its like: the only place that writes one. Text from other people's files must stay
// text there, whatever it begins with, and wherever a program of another country cuts its cells. Pure.

/** Excel takes what begins so for a formula, blanks and invisible signs before it or not. A plain number is none. */
const formula = /^[\s\p{C}]*[=+\-@＝＋－＠]/u
const number = /^[+-]?\d+([.,]\d+)?$/
/** Where commas stand in numbers, cells end at a semicolon, quoted or not; elsewhere at a tab. */
const innerFormula = /(?=[=+\-@＝＋－＠])(?<=[;\t\r\n][\s\p{C}]*)/gu

/** UTF-8 with a byte order mark and the line ends of Windows, so that Excel reads it. */
export const beginning = '\uFEFF'

export function csvLine(cells: readonly string[], delimiter: ',' | '\t' = ','): string {
  return `${cells.map(cell).join(delimiter)}\r\n`
}

function cell(text: string): string {
  const shown = text.replace(/\0/g, '').replace(innerFormula, "'")
  const safe = formula.test(shown) && !number.test(shown) ? `'${shown}` : shown
  return `"${safe.replaceAll('"', '""')}"`
}
