// An edit of one example, or of a row that was refused, checked: it names the row of the file, so that it outlives every
// reading, and leaves nothing empty that is learnt.
import { NeiroError } from '../../../contract/errors'
import type { RowSource } from '../../../contract/records'
import type { Change } from './data-log'
import { exampleKinds, kindOf } from '../kinds'
import type { Edit } from './log-state'
import type { FoundRow, SetExample } from '../set/kept-set'

/** Null where nothing would change. */
export function checkedEdit(found: SetExample | null, edit: Edit): Change | null {
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
  const other = edit.other === shown.other ? undefined : edit.other
  const words = {
    ...(question !== undefined && { question }),
    ...(answer !== undefined && { answer }),
    ...(other !== undefined && { other })
  }
  const reason = kind.refuses(words, shown)
  if (reason) throw new NeiroError(reason)
  return kind.edited(found.example, words) === found.example
    ? null
    : { ...place, ...words, of: found.example.kind }
}

export interface Mending {
  readonly file: string
  readonly source: Pick<RowSource, 'sheet' | 'row'>
  readonly question: string
  readonly answer: string
}

/** The words that make an example of a refused row. Throws ROW_NOT_REFUSED where there is no such row, or it has been put
 *  right already. */
export function checkedMending(found: FoundRow | null, { file, source, ...words }: Mending): Change {
  const { sheet, row } = source
  if (!found || found.isExample || found.mendable === null) throw new NeiroError('ROW_NOT_REFUSED')
  const reason = exampleKinds[found.mendable].refuses(words)
  if (reason) throw new NeiroError(reason)
  return {
    kind: 'edit',
    file,
    ...(sheet !== undefined && { sheet }),
    row,
    ...words,
    removed: false,
    of: found.mendable
  }
}
