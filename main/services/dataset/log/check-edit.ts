// An edit of one example, checked: it names the row of the file, so that it outlives every reading, and leaves
// nothing empty that is learnt.
import { NeiroError } from '../../../contract/errors'
import type { Change } from './data-log'
import { kindOf } from '../kinds'
import type { Edit } from './log-state'
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
