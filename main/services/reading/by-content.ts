// What a text holds, whatever its file is called: lines of JSON, a list, objects one behind the other, a table, or plain
// text. Decided by its beginning; the reader of each is formats' matter.
import { hintedColumn, knownColumn } from './recognise/column-names'
import { parseJson } from './json/loose-json'
import { isObject, isRowOfTurns } from './rows'

export type TextKind = 'json' | 'json-lines' | 'json-values' | 'csv' | 'tsv' | 'text'

/** Lines that decide. */
const looked = 20

export async function withBeginning(
  text: AsyncIterable<string>
): Promise<{ readonly beginning: string; readonly text: AsyncIterable<string> }> {
  const iterator = text[Symbol.asyncIterator]()
  let beginning = ''
  while (beginning.length < 1 << 16) {
    const { value, done } = await iterator.next()
    if (done) break
    beginning += value
  }
  async function* again(): AsyncGenerator<string> {
    yield beginning
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { beginning, text: again() }
}

/** Of a file that should be JSON: how its values stand. */
export function kindOfJson(beginning: string): 'json' | 'json-lines' | 'json-values' {
  const lines = linesOf(beginning)
  const [first = ''] = lines
  if (first.startsWith('[')) return isValue(first) && lines.length > 1 ? 'json-lines' : 'json'
  if (lines.length === 1 && isValue(first)) return holdsRows(parseJson(first)) ? 'json' : 'json-lines'
  const share = (test: (line: string) => boolean): number => lines.filter(test).length / lines.length
  if (share(isValue) >= 0.5) return 'json-lines'
  if (share((line) => line.endsWith(',') && isValue(line.slice(0, -1))) >= 0.5) return 'json-values'
  // printed for people: most lines are parts of a value
  if (!first.startsWith('{') || !isPrinted(beginning))
    return first.startsWith('{') && lines.length === 1 ? 'json' : 'json-lines'
  return holdsSeveral(beginning) ? 'json-values' : 'json'
}

/** One list of objects, or columns: more than one row in one object. */
function holdsRows(value: unknown): boolean {
  if (!isObject(value)) return true
  if (isRowOfTurns(value)) return false
  const values = Object.values(value)
  const isList = (list: unknown): boolean => Array.isArray(list) && list.length > 0 && list.every(isObject)
  return values.filter(isList).length === 1 || values.every((one) => typeof one === 'object' && one !== null)
}

const isPrinted = (text: string): boolean => {
  const lines = text.split(/\r\n|\n|\r/, 200).filter((line) => line.trim() !== '')
  return lines.filter((line) => /^\s|^[}\]],?\s*$/.test(line)).length * 3 >= lines.length
}

/** Of a file that is called a text. */
export function kindOfText(beginning: string): TextKind {
  const start = beginning.trimStart()
  const lines = linesOf(beginning)
  if (/^(\{\s*"|\[\s*[[{"])/.test(start)) {
    const kind = kindOfJson(beginning)
    const isJson = kind !== 'json-lines' || lines.some((line) => isValue(line))
    if (isJson && (kind !== 'json' || looksLikeJson(start))) return kind
  }
  // what a program says of its table before it begins: #separator:tab
  const first = lines.findIndex((line) => !/^#\w[\w -]{0,30}:/.test(line))
  return tableOf(lines.slice(Math.max(0, first))) ?? 'text'
}

const linesOf = (text: string): readonly string[] => {
  const all = text.split(/\r\n|\n|\r/)
  // the last one may be cut
  const whole = all.length > 1 && text.length >= 1 << 16 ? all.slice(0, -1) : all
  return whole
    .map((line) => line.replace(/^\uFEFF/, '').trim())
    .filter((line) => line !== '')
    .slice(0, looked)
}

function isValue(line: string): boolean {
  try {
    const value = parseJson(line)
    return isObject(value) || Array.isArray(value)
  } catch {
    return false
  }
}

const looksLikeJson = (start: string): boolean =>
  isValue(start.trimEnd()) || /^\[?\s*(\{\s*"[^"\n]{1,80}"\s*:|\[)/.test(start)

/** Does another object begin behind the first one? */
function holdsSeveral(text: string): boolean {
  let depth = 0
  let inString = false
  let values = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (inString) {
      if (c === '\\') i++
      else if (c === '"' || c === '\n') inString = false
    } else if (c === '"') inString = true
    else if (c === '{' || c === '[') {
      if (depth++ === 0 && ++values > 1) return true
    } else if (c === '}' || c === ']') depth--
  }
  return false
}

/** Of a file that is called Markdown: nothing in it but a table, with its line below the names. */
export function isTableOfMarkdown(beginning: string): boolean {
  const lines = linesOf(beginning)
  return lines.length > 2 && lines.every((line) => line.startsWith('|')) && /^[|:\s-]+$/.test(lines[1] ?? '')
}

/** What names of columns mean, each once. */
const rolesIn = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.flatMap((name) => (name.length > 40 ? [] : (knownColumn(name) ?? hintedColumn(name) ?? []))))

/** A table needs names that are known, or as many cells in every line. */
function tableOf(lines: readonly string[]): 'csv' | 'tsv' | null {
  const [header = ''] = lines
  if (lines.length < 2) return null
  const counts = (sign: string): readonly number[] => lines.map((line) => line.split(sign).length)
  const tabs = counts('\t')
  if ((tabs[0] ?? 1) > 1 && tabs.filter((n) => n === tabs[0]).length >= 0.8 * lines.length) return 'tsv'
  // cells with line ends in them are seldom even, and names that are known are no text
  if (rolesIn(header.split('\t')).size >= 2) return 'tsv'
  // no text has them
  if (['\u0001', '\u001f'].some((sign) => counts(sign).every((cells) => cells > 1))) return 'csv'
  for (const sign of [',', ';', '|', '~', '^']) {
    const names = header.split(sign).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    if (names.length >= 2 && rolesIn(names).size >= 2) return 'csv'
    const isEven = counts(sign).every((n) => n === names.length)
    if (names.length >= 2 && lines.length >= 4 && isEven && !/[.。!?！？]$/.test(header)) return 'csv'
  }
  return null
}
