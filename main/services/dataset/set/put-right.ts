// Rows that were refused and that the user has put right: each with words of its own is an example like any other.
import type { DataShape, Example, Message, RefusedRow } from '../../../contract/records'
import type { Edit } from '../log/log-state'
import { isBlank } from '../kinds/kind'
import { labelsIn } from '../kinds/labelled'

/** What is refused for these reasons is no row of its own: a sheet, a file, or something inside a text. */
const noRows: ReadonlySet<string> = new Set([
  ...['HIDDEN_SHEET', 'UNUSABLE_SHEET', 'UNSUPPORTED_FILE', 'ABOUT_FILE', 'HIDDEN_COLUMN', 'EMBEDDED_PART'],
  ...[
    'HIDDEN_TEXT',
    'SYMBOL_FONT',
    'STRUCK_OUT',
    'DELETED_TEXT',
    'FORM_PLACEHOLDER',
    'SECTION_ROW',
    'REPEATED_HEADER'
  ]
])

export const canBePutRight = ({ reason, source }: RefusedRow): boolean =>
  source.row > 0 && !noRows.has(reason)

/** The example that a refused row is with the user's words; null as long as they are not all there. */
export function putRight(row: RefusedRow, edit: Edit, kind: Mended): Example | null {
  if (edit.removed || !canBePutRight(row)) return null
  const { question, answer } = edit
  if (answer === undefined || isBlank(answer)) return null
  const { source, pair } = row
  if (kind === 'text') return { kind, text: answer, source }
  if (question === undefined || isBlank(question)) return null
  if (kind === 'labelled') return { kind, text: question, labels: labelsIn(answer), source }
  const system: readonly Message[] = pair?.system ? [{ role: 'system', content: pair.system }] : []
  const messages: readonly Message[] = [
    ...system,
    { role: 'user', content: question },
    { role: 'assistant', content: answer }
  ]
  return { kind, messages, source }
}

/** Of each sheet, or of the file without sheets. */
export type TableShapes = readonly { readonly sheet?: string | undefined; readonly shape: DataShape }[]

/** Kinds that one question and one answer are enough for. */
export type Mended = 'conversation' | 'text' | 'labelled'

/** What a row of this table becomes; null where a question and an answer are not all of it. */
export function kindOfRow(tables: TableShapes, { source }: RefusedRow): Mended | null {
  const table = tables.find(({ sheet }) => sheet === source.sheet) ?? tables[0]
  if (table?.shape === 'preference' || table?.shape === 'rated') return null
  if (table?.shape === 'text-label') return 'labelled'
  return table?.shape === 'text' ? 'text' : 'conversation'
}

/** What it becomes once it is put right; null: it is no row of its own. */
export const mendableAs = (tables: TableShapes, row: RefusedRow): Mended | null =>
  canBePutRight(row) ? kindOfRow(tables, row) : null
