// What stands between the cells of a table of text, told by the line of its column names. Cuts nothing.
import { delimiters, type Certainty, type Delimiter } from '../../../contract/records'
import { certain, fairly, hardly } from '../recognise/certainty'

/** Lines that decide how sure the answer is. */
const looked = 20

/** `text` begins with the line that tells: the first filled one. */
export function recogniseDelimiter(
  text: string,
  format: 'csv' | 'tsv'
): { readonly delimiter: Delimiter; readonly certainty: Certainty } {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map(withoutQuoted)
    .filter((line) => line.trim() !== '')
    .slice(0, looked)
  const inFirst = delimiters.filter((delimiter) => lines[0]?.includes(delimiter))
  const delimiter = chosen(inFirst, format)
  const others = inFirst.filter((other) => other !== delimiter)
  if (inFirst.includes(delimiter)) {
    return { delimiter, certainty: others.length > 0 ? fairly('several-delimiters') : certain }
  }
  // a table of one column has none, and neither have the lines below
  const isOneColumn = !lines.some((line) => delimiters.some((sign) => line.includes(sign)))
  return { delimiter, certainty: isOneColumn ? certain : hardly('no-delimiter') }
}

/** Some programs write semicolons or tabs into files called .csv; upright lines only the user can name. */
function chosen(found: readonly Delimiter[], format: 'csv' | 'tsv'): Delimiter {
  if (format === 'tsv') return '\t'
  return ([',', '\t', ';'] as const).find((delimiter) => found.includes(delimiter)) ?? ','
}

const withoutQuoted = (line: string): string => line.replace(/"[^"]*"/g, '')
