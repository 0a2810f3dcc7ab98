// An edit of one example, or of a row that was refused, checked: it names the row of the file, so that it outlives every
// reading, and leaves nothing empty that is learnt.
import { NeiroError } from '../../../contract/errors'
import type { RowSource } from '../../../contract/records'
import type { Change } from './data-log'
import { exampleKinds, kindOf } from '../kinds'
import type { Edit } from './log-state'
import { kindOfRow } from '../set/data-set'
import { canBePutRight } from '../set/put-right'
import type { Snapshot } from '../store/project-data'

/** Null where nothing would change. */
export function checkedEdit({ set }: Snapshot, index: number, edit: Edit): Change | null {
  const found = set.examples.find((one) => one.index === index)
  if (!found) {
    throw new NeiroError('EXAMPLE_GONE')
  }
  const { file, row, sheet } = { ...found.example.source, file: found.file }
  const place = { kind: 'edit' as const, file, ...(sheet !== undefined && { sheet }), row }
  if (edit.removed) return { ...place, removed: true }
  const kind = kindOf(found.example)
  const shown = kind.pair(found.example)
  const question = edit.question === shown.question ? undefined : edit.question
  const answer = edit.answer === shown.answer ? undefined : edit.answer
  const reason = kind.refuses({ question, answer })
  if (reason) throw new NeiroError(reason)
  if (kind.edited(found.example, { question, answer }) === found.example) return null
  return { ...place, ...(question !== undefined && { question }), ...(answer !== undefined && { answer }) }
}

export interface Mending {
  readonly file: string
  readonly source: Pick<RowSource, 'sheet' | 'row'>
  readonly question: string
  readonly answer: string
}

/** The words that make an example of a refused row. Throws ROW_NOT_REFUSED where there is no such row, or it has been put
 *  right already. */
export function checkedMending({ files, set }: Snapshot, { file, source, ...words }: Mending): Change {
  const { sheet, row } = source
  const found = files.find(({ id }) => id === file)
  const refused = found?.refused.find((one) => one.source.row === row && one.source.sheet === sheet)
  const isExample = set.examples.some(
    (one) => one.file === file && one.example.source.row === row && one.example.source.sheet === sheet
  )
  if (!found || !refused || isExample || !canBePutRight(refused)) throw new NeiroError('ROW_NOT_REFUSED')
  const reason = exampleKinds[kindOfRow(found, refused)].refuses(words)
  if (reason) throw new NeiroError(reason)
  return { kind: 'edit', file, ...(sheet !== undefined && { sheet }), row, ...words, removed: false }
}
