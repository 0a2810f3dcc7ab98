// The rows of a file as they stand in it: every column whole, nothing decided about what they mean. For whoever writes the
// table again with something beside each row.
import type { DataOverrides } from '../../../contract/records'
import { CellError } from '../../reading/cell-error'
import type { DataFile } from '../../reading/data-files'
import { openFile } from '../../reading/open-file'
import { Pauses } from '../../reading/pauses'
import type { BrokenRow } from '../../reading/refusals'
import type { RawRow } from '../../reading/rows'
import { systemError } from './read-file'
import { looksLikeTurns, readTurns } from './turns'

export interface TableRow {
  readonly sheet: string | null
  /** of the file, from 1 */
  readonly row: number
  /** by column, as text; of one that could not be read its beginning, under '' */
  readonly cells: Readonly<Record<string, string>>
  /** why it could not be read */
  readonly broken: BrokenRow | null
  /** of cells that are lists or objects: what is asked first of a conversation, '' of anything else */
  readonly asked?: Readonly<Record<string, string>>
}

export interface TableColumn {
  readonly name: string
  /** the first thing that stands in it */
  readonly sample: string
  /** characters in the first rows: sentences are longer than numbers and names */
  readonly length: number
}

export interface TableFacts {
  /** in the order in which they first appear */
  readonly columns: readonly TableColumn[]
  readonly rows: number
  readonly sheets: number
}

export type TakeTableRows = (rows: readonly TableRow[]) => Promise<void>

/** rows handed over at once, and what they weigh at most, in characters */
const mostAtOnce = 256
const pieceWeighs = 400_000
/** rows whose texts are measured */
const measured = 200
const longestSample = 80

/** take: absent, and the rows are only counted. beat is called while rows go by and throws where the reading must stop. */
export async function tableRows(
  file: DataFile,
  overrides: DataOverrides,
  beat: (rows: number) => void = () => {},
  take?: TakeTableRows
): Promise<TableFacts> {
  const columns = new Map<string, { sample: string; length: number }>()
  const sheets = new Set<string | null>()
  const pauses = new Pauses()
  let [rows, waiting, weight]: [number, TableRow[], number] = [0, [], 0]
  const hand = async (): Promise<void> => {
    const piece = waiting
    ;[waiting, weight] = [[], 0]
    if (piece.length > 0) await take?.(piece)
  }
  try {
    const opened = await openFile(file, overrides, beat)
    try {
      for await (const table of opened.tables) {
        if (table.leftOut) continue
        for await (const batch of table.rows) {
          beat(batch.length)
          for (const raw of batch) {
            await pauses.whenDue()
            const row = asTableRow(raw, table.sheet ?? null)
            sheets.add(row.sheet)
            if (raw.kind === 'row') note(columns, row.cells, rows < measured)
            rows++
            if (!take) continue
            waiting.push(row)
            weight += Object.values(row.cells).reduce((sum, { length }) => sum + length, 0)
            if (waiting.length >= mostAtOnce || weight >= pieceWeighs) await hand()
          }
        }
      }
      await hand()
    } finally {
      await opened.close()
    }
  } catch (error) {
    throw systemError(file.path, error)
  }
  return { columns: [...columns].map(([name, one]) => ({ name, ...one })), rows, sheets: sheets.size }
}

function note(
  columns: Map<string, { sample: string; length: number }>,
  cells: TableRow['cells'],
  isMeasured: boolean
): void {
  for (const name in cells) {
    const cell = cells[name] ?? ''
    const known = columns.get(name) ?? { sample: '', length: 0 }
    if (known.sample === '') known.sample = cell.slice(0, longestSample)
    if (isMeasured) known.length += cell.length
    columns.set(name, known)
  }
}

function asTableRow(raw: RawRow, sheet: string | null): TableRow {
  if (raw.kind === 'broken') return { sheet, row: raw.row, cells: { '': raw.excerpt }, broken: raw.reason }
  const cells: Record<string, string> = {}
  let asked: Record<string, string> | undefined
  for (const [name, value] of Object.entries(raw.values)) {
    cells[name] = cellText(value)
    if (typeof value === 'object' && value !== null && !(value instanceof CellError))
      (asked ??= {})[name] = looksLikeTurns(value) ? firstAsked(value) : ''
  }
  return { sheet, row: raw.row, cells, broken: null, ...(asked && { asked }) }
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  return value instanceof CellError || typeof value !== 'object' ? String(value) : JSON.stringify(value)
}

/** '' where the turns cannot be read. */
function firstAsked(turns: unknown): string {
  try {
    return readTurns(turns).find(({ role }) => role === 'user')?.content ?? ''
  } catch {
    return ''
  }
}
