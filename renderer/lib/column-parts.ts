// The parts that the columns of a file play, as the mapper shows and changes them: every part that is learnt from has a
// name there, a part may be several columns joined in an order, and giving one column a part leaves all others as they
// are.
import type { DataOverrides } from '../../main/contract/records'
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
  'label',
  'chosen',
  'rejected',
  'verdict',
  'none'
] as const
export type ColumnPart = (typeof columnParts)[number]

/** Parts that another column can be joined to. */
export const joinableParts = ['question', 'answer', 'instruction', 'text'] as const
export type JoinablePart = (typeof joinableParts)[number]
/** What is chosen for a column: a part, or to stand behind those that play it. */
export type ColumnChoice = ColumnPart | `${JoinablePart}+`

type Mapped = Pick<DataFileView, 'columns' | 'mapping' | 'overrides'>
/** What is told: part -> column, part -> further columns behind it, and the columns that are not to be used. */
type Told = Required<Pick<DataOverrides, 'mapping' | 'joined' | 'unused'>>
/** Of each part that is played, its columns in their order. */
type Lists = ReadonlyMap<ColumnPart, readonly string[]>

/** other words for the same parts: Alpaca's output, a completion */
const sameAs: Readonly<Record<string, ColumnPart>> = {
  output: 'answer',
  completion: 'answer',
  prompt: 'question'
}

const asPart = (role: string): ColumnPart =>
  sameAs[role] ?? columnParts.find((known) => known === role) ?? 'none'

export const partOf = ({ mapping }: Mapped, column: string): ColumnPart => asPart(mapping[column] ?? '')

const isJoinable = (part: ColumnPart): part is JoinablePart =>
  (joinableParts as readonly ColumnPart[]).includes(part)

function listsOf(file: Mapped): Lists {
  const lists = new Map<ColumnPart, string[]>()
  const behind = Object.entries(file.overrides.joined ?? {}).flatMap(([role, names]) =>
    names.map((name) => [asPart(role), name] as const)
  )
  const isBehind = new Set(behind.map(([, name]) => name))
  for (const { name } of file.columns) {
    const part = partOf(file, name)
    if (part !== 'none' && !isBehind.has(name)) lists.set(part, [name, ...(lists.get(part) ?? [])])
  }
  for (const [part, name] of behind)
    if (partOf(file, name) === part) lists.set(part, [...(lists.get(part) ?? []), name])
  return lists
}

/** Parts that a table of judged answers has, and no other. */
const judged: readonly ColumnPart[] = ['chosen', 'rejected', 'verdict']
/** what a question and an answer are called there */
const asJudged: Readonly<Partial<Record<ColumnPart, string>>> = { question: 'prompt', answer: 'completion' }

function told(file: Mapped, lists: Lists): Told {
  const played = [...lists].filter(([, names]) => names.length > 0)
  const isJudged = played.some(([part]) => judged.includes(part))
  const filled = played.map(
    ([part, names]) => [(isJudged ? asJudged[part] : undefined) ?? part, names] as const
  )
  return {
    mapping: Object.fromEntries(filled.map(([part, [first]]) => [part, first ?? ''])),
    joined: Object.fromEntries(
      filled.filter(([, names]) => names.length > 1).map(([part, names]) => [part, names.slice(1)])
    ),
    unused: unusedOf(file, new Set(played.flatMap(([, names]) => names)))
  }
}

/** What played a part and plays none now: another sheet of the file would recognise it again. */
function unusedOf(file: Mapped, used: ReadonlySet<string>): readonly string[] {
  const before = file.overrides.unused ?? []
  return file.columns
    .map(({ name }) => name)
    .filter((name) => !used.has(name) && (before.includes(name) || partOf(file, name) !== 'none'))
}

export function choiceOf(file: Mapped, column: string): ColumnChoice {
  const part = partOf(file, column)
  const at = listsOf(file).get(part)?.indexOf(column) ?? 0
  return isJoinable(part) && at > 0 ? `${part}+` : part
}

/** What can be chosen for a column: a part, or to stand behind another column that plays it. judges: answers are judged in
 *  this project; elsewhere such parts are only shown where they are played. */
export function choicesFor(file: Mapped, column: string, judges = false): readonly ColumnChoice[] {
  const lists = listsOf(file)
  const isShown = judges || judged.some((part) => (lists.get(part) ?? []).length > 0)
  return columnParts.flatMap((part): ColumnChoice[] => {
    if (judged.includes(part) && !isShown) return []
    const isElsewhere = (lists.get(part) ?? []).some((name) => name !== column)
    return isJoinable(part) && isElsewhere ? [part, `${part}+`] : [part]
  })
}

/** What cannot be read beside what: a whole text or a whole conversation is one column, and a question is either asked
 *  or told. */
const excludes: Readonly<Partial<Record<ColumnPart, readonly ColumnPart[]>>> = {
  text: columnParts.filter((part) => part !== 'text' && part !== 'label'),
  label: columnParts.filter((part) => part !== 'text' && part !== 'label'),
  messages: ['question', 'answer', 'subject', 'instruction', 'input', 'history', 'text', 'label'],
  question: ['instruction', 'messages', 'text', 'label'],
  instruction: ['question', 'subject', 'messages', 'text', 'label', ...judged],
  answer: ['messages', 'text', 'label', 'chosen', 'rejected'],
  subject: ['instruction', 'messages', 'text', 'label', ...judged],
  input: ['messages', 'text', 'label'],
  history: ['messages', 'text', 'label', ...judged],
  system: ['text', 'label'],
  chosen: ['answer', 'subject', 'instruction', 'history', 'text', 'label', 'verdict'],
  rejected: ['answer', 'subject', 'instruction', 'history', 'text', 'label', 'verdict'],
  verdict: ['chosen', 'rejected', 'subject', 'instruction', 'history', 'text', 'label']
}

/** Gives a column a part, or a place behind those that play it; what cannot be read beside it is not used any more. */
export function withChoice(file: Mapped, column: string, choice: ColumnChoice): Told {
  const behind = choice.endsWith('+')
  const part = asPart(choice.replace('+', ''))
  const lists = new Map<ColumnPart, readonly string[]>()
  // two answers change places: neither is of any use without the other
  const left = partOf(file, column)
  const other = listsOf(file).get(part)?.[0]
  const changesPlaces = answers.includes(left) && answers.includes(part) && left !== part
  for (const [other, names] of listsOf(file)) {
    if (excludes[part]?.includes(other)) continue
    lists.set(
      other,
      names.filter((name) => name !== column)
    )
  }
  const there = lists.get(part) ?? []
  if (behind) lists.set(part, [...there, column])
  else if (part !== 'none') {
    // the one that played it gives way; those that were joined to it stay
    const before = listsOf(file).get(part)?.[0]
    lists.set(part, [column, ...there.filter((name) => name !== before)])
  }
  if (changesPlaces && other !== undefined) lists.set(left, [other])
  return told(file, lists)
}

const answers: readonly ColumnPart[] = ['chosen', 'rejected']

/** Can the column be read before the one that it is joined to? */
export const canMoveUp = (file: Mapped, column: string): boolean => choiceOf(file, column).endsWith('+')

/** One place further to the front among the columns of its part. */
export function movedUp(file: Mapped, column: string): Told {
  const lists = new Map(listsOf(file))
  const names = [...(lists.get(partOf(file, column)) ?? [])]
  const at = names.indexOf(column)
  const before = names[at - 1]
  if (before !== undefined) names.splice(at - 1, 2, column, before)
  lists.set(partOf(file, column), names)
  return told(file, lists)
}

/** Names of the columns, those that are learnt from first, in the order in which their parts are read. */
export function inOrder(file: Mapped): readonly string[] {
  const lists = listsOf(file)
  const used = columnParts.flatMap((part) => lists.get(part) ?? [])
  return [...used, ...file.columns.map(({ name }) => name).filter((name) => !used.includes(name))]
}
