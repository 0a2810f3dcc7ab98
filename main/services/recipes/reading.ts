// How a recipe says that its data files are read: the user's word on encoding, delimiter, columns, as written in YAML
// and as the readers take it. Checks types; whether there is such a column, the readers say.
import {
  dataShapes,
  textSplits,
  type DataOverrides,
  type DataShape,
  type Delimiter,
  type TextSplit
} from '../../contract/records'

/** A tab or a semicolon means something else to a shell. */
export const delimiterNames: Readonly<Record<string, Delimiter>> = {
  comma: ',',
  tab: '\t',
  semicolon: ';',
  pipe: '|',
  tilde: '~',
  caret: '^',
  'control-a': '\u0001',
  'unit-separator': '\u001f'
}

export const readingKeys = [
  'encoding',
  'delimiter',
  'header_row',
  'leave_out_sheets',
  'shape',
  'split',
  'columns',
  'unused_columns'
] as const
type ReadingKey = (typeof readingKeys)[number]

/** Thrown by whoever checks, in its own words. */
export type WrongType = (name: string, expected: string, got: unknown) => Error

export function readingFromDisk(values: ReadonlyMap<string, unknown>, wrong: WrongType): DataOverrides {
  const one = <T extends string>(key: ReadingKey, choices: readonly T[]): T | undefined => {
    const value = values.get(key)
    if (value === undefined || value === null) return undefined
    const known = choices.find((choice) => choice === value)
    if (known === undefined) throw wrong(key, choices.join(' | '), value)
    return known
  }
  const encoding = values.get('encoding') ?? undefined
  if (encoding !== undefined && typeof encoding !== 'string') throw wrong('encoding', '"utf-8"', encoding)
  const delimiter = one('delimiter', Object.keys(delimiterNames))
  const shape = one<DataShape>('shape', dataShapes)
  const split = one<TextSplit>('split', textSplits)
  const headerRows = headerRowsOf(values.get('header_row'), wrong)
  const unused = textsOf('unused_columns', values.get('unused_columns'), wrong)
  const leftOutSheets = textsOf('leave_out_sheets', values.get('leave_out_sheets'), wrong)
  return {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: delimiterNames[delimiter] }),
    ...(headerRows && { headerRows }),
    ...(leftOutSheets && { leftOutSheets }),
    ...(shape && { shape }),
    ...(split && { split }),
    ...columnsOf(values.get('columns'), wrong),
    ...(unused && { unused })
  }
}

/** As `reading:` of a recipe holds it. */
export function readingToDisk(reading: DataOverrides): Readonly<Partial<Record<ReadingKey, unknown>>> {
  const { encoding, delimiter, headerRows = {}, leftOutSheets, shape, split, mapping, joined = {} } = reading
  const { unused = [] } = reading
  const sheets = Object.keys(headerRows)
  const header = sheets.length === 1 && sheets[0] === '' ? headerRows[''] : headerRows
  const name = Object.entries(delimiterNames).find(([, sign]) => sign === delimiter)?.[0]
  const columns = Object.entries(mapping ?? {}).map(([role, column]) => {
    const more = joined[role] ?? []
    return [role, more.length > 0 ? [column, ...more] : column]
  })
  return {
    ...(encoding !== undefined && { encoding }),
    ...(name !== undefined && { delimiter: name }),
    ...(sheets.length > 0 && { header_row: header }),
    ...(leftOutSheets && leftOutSheets.length > 0 && { leave_out_sheets: leftOutSheets }),
    ...(shape && { shape }),
    ...(split && { split }),
    ...(columns.length > 0 && { columns: Object.fromEntries(columns) }),
    ...(unused.length > 0 && { unused_columns: unused })
  }
}

/** 3 for every table, or { sheet: 3 }. */
function headerRowsOf(value: unknown, wrong: WrongType): DataOverrides['headerRows'] {
  if (value === undefined || value === null) return undefined
  const rows = isRow(value) ? { '': value } : value
  if (!isMap(rows) || !Object.values(rows).every(isRow)) throw wrong('header_row', '0, 1, 2 …', value)
  return rows as Readonly<Record<string, number>>
}

const isRow = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textsOf(key: ReadingKey, value: unknown, wrong: WrongType): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value]
  const names = texts.filter((text) => typeof text === 'string')
  if (names.length < texts.length) throw wrong(key, '["text", …]', value)
  return names
}

/** A role with one column, or with several that are joined in this order. */
function columnsOf(value: unknown, wrong: WrongType): Pick<DataOverrides, 'mapping' | 'joined'> {
  if (value === undefined || value === null) return {}
  if (!isMap(value)) throw wrong('columns', '{ question: "name", answer: "name" }', value)
  const all = Object.entries(value).map(([role, names]) => ({
    role,
    // a column without a name is called by its number
    names: textsOf('columns', typeof names === 'number' ? String(names) : names, wrong) ?? []
  }))
  const named = all.filter(({ names }) => names.length > 0)
  const several = named.filter(({ names }) => names.length > 1)
  return {
    ...(named.length > 0 && {
      mapping: Object.fromEntries(named.map(({ role, names }) => [role, names[0] ?? '']))
    }),
    ...(several.length > 0 && {
      joined: Object.fromEntries(several.map(({ role, names }) => [role, names.slice(1)]))
    })
  }
}
