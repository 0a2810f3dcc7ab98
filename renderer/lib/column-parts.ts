// The parts that the columns of a file play, as the mapper shows and changes them: every part that is learnt from has a
// name there, and giving one column a part leaves the parts of all others as they are.
import type { DataFileView } from '../../main/contract/window/data'

export const columnParts = [
  'question',
  'answer',
  'subject',
  'instruction',
  'input',
  'system',
  'history',
  'messages',
  'text',
  'none'
] as const
export type ColumnPart = (typeof columnParts)[number]

type Mapped = Pick<DataFileView, 'columns' | 'mapping'>

/** other words for the same parts: Alpaca's output, a completion */
const sameAs: Readonly<Record<string, ColumnPart>> = {
  output: 'answer',
  completion: 'answer',
  prompt: 'question'
}

export function partOf({ mapping }: Mapped, column: string): ColumnPart {
  const part = mapping[column] ?? ''
  return sameAs[part] ?? columnParts.find((known) => known === part) ?? 'none'
}

/** What cannot be read beside what: a whole text or a whole conversation is one column, and a question is either asked
 *  or told. */
const excludes: Readonly<Partial<Record<ColumnPart, readonly ColumnPart[]>>> = {
  text: columnParts,
  messages: ['question', 'answer', 'subject', 'instruction', 'input', 'history', 'text'],
  question: ['instruction', 'messages', 'text'],
  instruction: ['question', 'subject', 'messages', 'text'],
  answer: ['messages', 'text'],
  subject: ['instruction', 'messages', 'text'],
  input: ['messages', 'text'],
  history: ['messages', 'text'],
  system: ['text']
}

/** Gives a column a part; what cannot be read beside it is not used any more. Part -> column. */
export function withPart(file: Mapped, column: string, part: ColumnPart): Record<string, string> {
  const others = file.columns
    .filter(({ name }) => name !== column)
    .map(({ name }) => [partOf(file, name), name] as const)
    .filter(([other]) => other !== 'none' && other !== part && !excludes[part]?.includes(other))
  return Object.fromEntries(part === 'none' ? others : [...others, [part, column]])
}

/** Names of the columns, those that are learnt from first, in the order in which their parts are read. */
export function inOrder(file: Mapped): readonly string[] {
  const names = file.columns.map(({ name }) => name)
  const place = (name: string): number => columnParts.indexOf(partOf(file, name))
  return [...names].sort((a, b) => place(a) - place(b) || names.indexOf(a) - names.indexOf(b))
}
