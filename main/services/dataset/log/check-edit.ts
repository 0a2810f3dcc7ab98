// An edit of one example, checked: it names the row of the file, so that it outlives every reading, and leaves
// nothing empty that is learnt.
import { NeiroError } from '../../../contract/errors'
import type { Change } from './data-log'
import { rowOf } from '../view/data-view'
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
  const shown = rowOf(found)
  const isText = found.example.kind === 'text'
  const question = isText || edit.question === shown.question ? undefined : edit.question
  const answer = edit.answer === shown.answer ? undefined : edit.answer
  if (question?.trim() === '') throw new NeiroError('EMPTY_QUESTION')
  if (answer?.trim() === '') throw isText ? new NeiroError('EMPTY_TEXT') : new NeiroError('EMPTY_ANSWER')
  if (question === undefined && answer === undefined) return null
  return { ...place, ...(question !== undefined && { question }), ...(answer !== undefined && { answer }) }
}
