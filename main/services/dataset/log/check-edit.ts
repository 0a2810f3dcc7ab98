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
    throw new NeiroError('EXAMPLE_GONE', 'this example is no longer in the set', 'Look at the list again.')
  }
  const { file, row, sheet } = { ...found.example.source, file: found.file }
  const place = { kind: 'edit' as const, file, ...(sheet !== undefined && { sheet }), row }
  if (edit.removed) return { ...place, removed: true }
  const shown = rowOf(found)
  const isText = found.example.kind === 'text'
  const question = isText || edit.question === shown.question ? undefined : edit.question
  const answer = edit.answer === shown.answer ? undefined : edit.answer
  if (question?.trim() === '') throw empty('EMPTY_QUESTION', 'the question is empty', 'Write the question.')
  if (answer?.trim() === '') {
    throw isText
      ? empty('EMPTY_TEXT', 'the text is empty', 'Write the text.')
      : empty('EMPTY_ANSWER', 'the answer is empty', 'Write the answer.')
  }
  if (question === undefined && answer === undefined) return null
  return { ...place, ...(question !== undefined && { question }), ...(answer !== undefined && { answer }) }
}

function empty(code: string, message: string, hint: string): NeiroError {
  return new NeiroError(code, message, `${hint} Or leave the row out.`)
}
