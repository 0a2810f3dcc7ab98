// How a table of text is cut, told by the whole of its first part: the delimiter and the kind of quotation mark with
// which most records have the same number of cells. Cuts nothing for good.
import { delimiters, type Certainty, type Delimiter } from '../../../contract/records'
import { certain, fairly, hardly } from '../recognise/certainty'
import { knownColumn } from '../recognise/column-names'
import { cutRecord, type CsvRules } from './cut-record'

export interface Dialect extends CsvRules {
  readonly delimiter: Delimiter
  readonly certainty: Certainty
  /** cells that most records have */
  readonly columns: number
}

/** Records that decide. */
const looked = 1000
/** Rows among which the names of the columns may stand. */
const headRows = 60

/** `said`: the delimiter that the user or the file itself names. */
export function recogniseDialect(text: string, format: 'csv' | 'tsv', said?: Delimiter): Dialect {
  const candidates = said ? [said] : format === 'tsv' ? tabFirst : delimiters
  // the rare ones are tried where they stand at all
  const there = said ? candidates : candidates.filter((sign) => sign === ',' || text.includes(sign))
  const trials = there.map((delimiter) => steadier(text, delimiter))
  // the first of equals: what stands earlier in the list is the more common sign
  const best = trials.reduce((a, b) => (b.worth > a.worth + 1e-9 ? b : a), trials[0] as Trial)
  const others = trials.filter((trial) => trial !== best)
  const { delimiter, inner, mark, columns } = best
  const dialect = { delimiter, inner, mark, columns }
  if (said) return { ...dialect, certainty: certain }
  if (best.columns > 1) {
    const isClear =
      (format === 'csv' || delimiter === '\t') &&
      others.every(({ worth, first }) => first < 2 || worth < best.worth / 4)
    return { ...dialect, certainty: isClear ? certain : fairly('several-delimiters') }
  }
  // a table of one column has none, and neither have the lines below
  const isOneColumn = trials.every(({ widest }) => widest < 2)
  return { ...dialect, certainty: isOneColumn ? certain : hardly('no-delimiter') }
}

const tabFirst: readonly Delimiter[] = ['\t', ...delimiters.filter((sign) => sign !== '\t')]

interface Trial extends CsvRules {
  readonly delimiter: Delimiter
  readonly columns: number
  readonly widest: number
  /** cells of its first record */
  readonly first: number
  /** 0 and up: share of records that have as many cells as most, and more where their names are known */
  readonly worth: number
}

function steadier(text: string, delimiter: Delimiter): Trial {
  const doubled = attempt(text, { delimiter, inner: 'doubled', mark: '"' })
  const single = doubled.marked > 0 ? null : singlyMarked(text, delimiter)
  if (single && (single.marked >= nearlyAll || single.worth > doubled.worth)) return single
  if (doubled.hasDoubled || !/\\["\\]/.test(text)) return doubled
  const backslash = attempt(text, { delimiter, inner: 'backslash', mark: '"' })
  return backslash.worth > doubled.worth ? backslash : doubled
}

/** An apostrophe may begin a word: it marks cells where it does so throughout, and every one of them is closed. */
function singlyMarked(text: string, delimiter: Delimiter): Attempt | null {
  if (!text.startsWith("'") && !text.includes(`${delimiter}'`) && !text.includes("\n'")) return null
  const single = attempt(text, { delimiter, inner: 'doubled', mark: "'" })
  return single.columns > 1 && single.strange === 0 && single.marked > 0 ? single : null
}

/** of the cells that are text, below the first record */
const nearlyAll = 0.9

interface Attempt extends Trial {
  readonly hasDoubled: boolean
  /** share of the cells that are text and are marked, below the first record */
  readonly marked: number
  /** records that do not work out */
  readonly strange: number
}

function attempt(text: string, rules: CsvRules & { readonly delimiter: Delimiter }): Attempt {
  const counts = new Map<number, number>()
  let records = 0
  let strange = 0
  let named = 0
  let first = 0
  let hasDoubled = false
  let [marked, texts] = [0, 0]
  for (let at = 0; at < text.length && records < looked;) {
    const cut = cutRecord(text, at, rules, { isLast: true })
    // the last record of the sample may be cut off
    if (cut === 'open' && records > 0 && records > strange * 20) break
    records++
    if (typeof cut === 'string') {
      strange++
      at = behindLine(text, at)
      continue
    }
    if (cut.marked > 0 && !hasDoubled)
      hasDoubled = cut.cells.some((cell) => cell.length > 2 && cell.includes(rules.mark))
    at = cut.end
    const isEmpty = cut.cells.every((cell) => cell.trim() === '')
    if (isEmpty) {
      records--
      continue
    }
    if (first > 0) {
      marked += cut.marked
      texts += cut.cells.filter((cell) => cell !== '' && Number.isNaN(Number(cell))).length
    }
    first ||= cut.cells.length
    counts.set(cut.cells.length, (counts.get(cut.cells.length) ?? 0) + 1)
    if (records <= headRows && named < 2) named = Math.max(named, rolesIn(cut.cells))
  }
  const several = [...counts].filter(([cells]) => cells > 1).sort((a, b) => b[1] - a[1] || b[0] - a[0])
  const [columns = 1, steady = 0] = several[0] ?? []
  const share = records === 0 ? 0 : steady / records
  // prose has commas too: a table shows in most of its records, or in its names
  const isTable = named > 1 || share >= (rules.delimiter === '|' ? 0.9 : first > 1 || named > 0 ? 0.2 : 0.6)
  return {
    ...rules,
    hasDoubled: hasDoubled && rules.inner === 'doubled',
    marked: Math.min(1, marked / Math.max(1, texts)),
    strange,
    columns: isTable ? columns : 1,
    widest: [...counts.keys()].reduce((most, cells) => Math.max(most, cells), 1),
    first,
    worth: isTable ? Math.max(0, share - strange / Math.max(1, records)) + 0.3 * Math.min(named, 2) : 0
  }
}

function rolesIn(cells: readonly string[]): number {
  if (cells.length < 2) return 0
  return new Set(cells.map((cell) => (cell.length <= 80 ? knownColumn(cell) : null)).filter(Boolean)).size
}

function behindLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 10 || c === 13) return i + 1
  }
  return text.length
}
