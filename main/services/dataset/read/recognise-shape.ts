// What the columns of a file mean: its shape, and which column plays which role. Looks at names first and at
// some rows second; a guess says how sure it is. Reads no files.
import type { DataOverrides, DataShape } from '../../../contract/records'
import {
  hintedColumn,
  knownColumn,
  namesPerson,
  turnListKeys,
  type Role
} from '../../reading/recognise/column-names'
import {
  labelData,
  mappingIncomplete,
  missingAnswer,
  noHeader,
  noSuchColumn,
  unknownShape
} from '../../reading/file-errors'
import { isBinary, isFilled, isVerdictColumn, verdictOf } from './other-kinds'
import { isSpeaker, looksLikeTurns } from './turns'

type Values = Readonly<Record<string, unknown>>

export interface Shape {
  readonly shape: DataShape
  readonly confidence: number
  /** role -> column; the roles that row-to-example asks for */
  readonly roles: Readonly<Record<string, string>>
  /** role -> columns that are joined behind its own */
  readonly joined?: Readonly<Record<string, readonly string[]>>
  /** of answers whose verdict the user does not want learnt: the column that says which of them are liked */
  readonly liked?: string
}

export interface Sample {
  readonly file: string
  readonly rows: readonly Values[]
  readonly hasNames: boolean
}

/** Roles that a shape cannot do without. Those that nothing else has come first: by them the user's columns are told. */
const needed: Readonly<Record<DataShape, readonly string[]>> = {
  preference: ['chosen', 'rejected'],
  rated: ['verdict'],
  instruction: ['instruction', 'output'],
  'prompt-completion': ['prompt', 'completion'],
  'question-answer': ['question', 'answer'],
  messages: ['messages'],
  conversations: ['messages'],
  'text-label': ['text', 'label'],
  text: ['text']
}

/** Roles that are learnt from where a column plays them. */
const useful: Readonly<Record<DataShape, readonly string[]>> = {
  instruction: [...needed.instruction, 'input', 'system', 'history'],
  'prompt-completion': [...needed['prompt-completion'], 'system'],
  'question-answer': [...needed['question-answer'], 'subject', 'input', 'system', 'history'],
  messages: [...needed.messages, 'system'],
  conversations: [...needed.conversations, 'system'],
  'text-label': needed['text-label'],
  text: needed.text,
  preference: [...needed.preference, 'prompt', 'input', 'messages', 'system'],
  rated: [...needed.rated, 'messages', 'prompt', 'input', 'completion', 'system']
}

export function recogniseShape(sample: Sample, overrides: DataOverrides = {}): Shape {
  const all = columnsOf(sample.rows)
  if (overrides.mapping) return byMapping(sample, all, overrides.mapping, overrides)
  const columns = all.filter((name) => !holdsNames(sample.rows, name, all))
  if (!sample.hasNames) return asMeant(sample.file, withoutNames(sample, columns), overrides.shape)
  const found = candidates(sample, columns, overrides.shape).filter(
    // a text beside the names of people is a message of somebody
    ({ shape }) => shape !== 'text' || columns.length === all.length
  )
  const wanted = overrides.shape ? found.find(({ shape }) => shape === overrides.shape) : found[0]
  if (wanted) return overrides.shape ? { ...wanted, confidence: 1 } : wanted
  if (overrides.shape) throw mappingIncomplete(sample.file, needed[overrides.shape].join(', '))
  throw whatIsMissing(sample, all)
}

/** For one sheet of several: the user's columns where this sheet has them, its own for the other roles, but none that the
 *  user does not want used. Says which of the user's columns it lacks. */
export const shapeOfOneOfMany =
  (overrides: DataOverrides, lacks: (column: string) => void) =>
  (sample: Sample): Shape => {
    const { mapping = {}, shape } = overrides
    const columns = columnsOf(sample.rows)
    const own = Object.entries(mapping).filter(([, column]) => columns.includes(column))
    for (const column of Object.values(mapping)) if (!columns.includes(column)) lacks(column)
    for (const column of Object.values(overrides.joined ?? {}).flat())
      if (!columns.includes(column)) lacks(column)
    const joined = Object.fromEntries(
      Object.entries(overrides.joined ?? {}).map(([role, more]) => [
        role,
        more.filter((column) => columns.includes(column))
      ])
    )
    if (isComplete(Object.fromEntries(own), shape)) return recogniseShape(sample, { ...overrides, joined })
    const found = recogniseShape(without(sample, overrides.unused ?? []), { shape })
    if (own.length === 0) return found
    const used = new Set(own.map(([, column]) => column))
    const kept = Object.entries(found.roles).filter(([, column]) => !used.has(column))
    return recogniseShape(sample, { shape, mapping: Object.fromEntries([...kept, ...own]), joined })
  }

function without(sample: Sample, unused: readonly string[]): Sample {
  if (unused.length === 0) return sample
  const isWanted = ([name]: [string, unknown]): boolean => !unused.includes(name)
  const rows = sample.rows.map((row) => Object.fromEntries(Object.entries(row).filter(isWanted)))
  return { ...sample, rows }
}

function isComplete(mapping: Readonly<Record<string, string>>, shape?: DataShape): boolean {
  const shapes = shape ? [shape] : (Object.keys(needed) as DataShape[])
  return shapes.some((name) => needed[name].every((role) => mapping[role] !== undefined))
}

/** Under "agent" or 担当者 stands what they say, or who they are: words without any sign of a sentence, which come back or
 *  beside which others stand that are said. */
function holdsNames(rows: readonly Values[], name: string, columns: readonly string[]): boolean {
  if (!namesPerson(name)) return false
  const cells = rows.map((row) => row[name]).filter(isFilled)
  const isName = (cell: unknown): boolean =>
    typeof cell === 'string' &&
    cell.trim().length <= longestPerson &&
    !/[。．.!?！？、,]$|[。！？]/.test(cell.trim())
  if (cells.length < 2 || !cells.every(isName)) return false
  const role = knownColumn(name)
  const others = columns.filter((other) => other !== name && !namesPerson(other))
  const isShort = cells.every((cell) => String(cell).trim().length <= shortName)
  const isSaid = others.some((other) => (knownColumn(other) ?? hintedColumn(other)) === role)
  return new Set(cells).size < cells.length || isSaid || isShort
}
const longestPerson = 24
/** 佐藤 花子, Anna */
const shortName = 6

/** Names of all columns, in the order in which they first appear. */
function columnsOf(rows: readonly Values[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

/** Every shape that the names allow, the most telling first; somebody may have said which one is meant. */
function candidates({ rows }: Sample, columns: readonly string[], meant?: DataShape): Shape[] {
  const turns = turnColumn(rows, columns)
  const found: Shape[] = judged(rows, columns, turns)
  if (turns) {
    const shape = rows.some((row) => isSaidBy('role', row[turns])) ? 'messages' : 'conversations'
    found.push({ shape, confidence: 1, roles: pick({ messages: turns, system: column(columns, 'system') }) })
  }
  const add = (shape: DataShape, confidence: number, roles: Partial<Record<Role, string | null>>): void => {
    const picked = pick(roles)
    if (needed[shape].every((role) => picked[role] !== undefined))
      found.push({ shape, confidence, roles: picked })
  }
  const known = (role: Role): string | null => column(columns, role)
  const extra = { system: known('system'), history: known('history') }
  const answer = known('answer') ?? known('output')
  add('instruction', 1, {
    instruction: known('instruction'),
    input: known('input'),
    output: answer,
    ...extra
  })
  add('prompt-completion', 1, {
    prompt: known('prompt'),
    completion: known('completion') ?? answer,
    system: known('system')
  })
  const question = known('question') ?? known('input') ?? known('prompt')
  const subject = known('subject')
  add('question-answer', 0.95, { question, answer, subject, ...extra })
  // a mail: subject, body, reply
  add('question-answer', 0.8, { question: known('text') ?? subject, answer, subject, ...extra })
  add('question-answer', 0.7, {
    question: question ?? hinted(columns, 'question') ?? known('text') ?? subject,
    answer: answer ?? hinted(columns, 'answer'),
    subject,
    ...extra
  })
  const label = known('label')
  // who speaks is no label
  const isRole = label !== null && rows.every((row) => isSpeaker(String(row[label] ?? '')))
  if (label !== null && !isRole) {
    // what is a question besides may be what is sorted, where somebody says so
    const isAsked = found.length > 0 || meant === 'text-label'
    const asked = isAsked ? (question ?? known('instruction') ?? hinted(columns, 'question')) : null
    // beside more columns, a label may be the number of one of them (a choice)
    const alone = columns.length <= 3 ? longestColumn(rows, columns, label) : null
    const text = known('text') ?? asked ?? alone
    add('text-label', known('text') === null ? 0.7 : 0.9, { text, label })
  }
  const isLabelled = label !== null || question !== null
  if (!isLabelled) add('text', columns.length === 1 ? 1 : 0.8, { text: known('text') })
  return found
}

type Roles = Readonly<Record<string, string | null>>

/** Do most rows do so? */
const mostOf = (rows: readonly Values[], holds: (row: Values) => boolean): boolean =>
  rows.filter(holds).length * 2 >= rows.length

/** The column that says which answers are liked. */
function verdictColumn(rows: readonly Values[], columns: readonly string[]): string | undefined {
  // a number may be one of many grades, or of a topic: only where there are no others than 0 and 1
  const isVerdict = (name: string): boolean =>
    mostOf(rows, (row) => verdictOf(row[name]) !== null) &&
    (rows.every((row) => !isFilled(row[name]) || isBinary(row[name])) ||
      !rows.some((row) => isBinary(row[name])))
  return columns.find((name) => isVerdictColumn(name) && isVerdict(name))
}

/** Answers that are compared or rated, where most rows do so. */
function judged(rows: readonly Values[], columns: readonly string[], turns: string | null): Shape[] {
  const known = (role: Role): string | null => column(columns, role)
  const prompt = known('prompt') ?? known('question') ?? known('instruction')
  const said = { system: known('system'), input: known('input') }
  const [chosen, rejected] = [known('chosen'), known('rejected')]
  const both = chosen !== null && rejected !== null
  if (both && mostOf(rows, (row) => isFilled(row[chosen]) && isFilled(row[rejected]))) {
    // a list of turns that is one of the two answers is no prompt
    const messages = turns === chosen || turns === rejected ? null : turns
    const asked: Roles = messages ? { messages } : { prompt: prompt ?? known('text') }
    return [{ shape: 'preference', confidence: 1, roles: pick({ ...asked, chosen, rejected, ...said }) }]
  }
  const verdict = verdictColumn(rows, columns)
  const completion = known('completion') ?? known('answer') ?? known('output')
  if (verdict === undefined || (!turns && (!prompt || !completion))) return []
  const answered: Roles = turns ? { messages: turns } : { prompt, completion }
  const confidence = rows.some((row) => isBinary(row[verdict])) ? 0.7 : 1
  return [{ shape: 'rated', confidence, roles: pick({ ...answered, verdict, ...said }) }]
}

/** Beside the labels, the only column of sentences. */
function longestColumn(rows: readonly Values[], columns: readonly string[], label: string): string | null {
  const texts = columns.filter(
    (name) => name !== label && shareOfSentences(rows.map((row) => row[name])) > 0.5
  )
  return texts.length === 1 ? (texts[0] as string) : null
}

/** The column that holds lists of turns: under a known name, or the only one that looks like it. */
function turnColumn(rows: readonly Values[], columns: readonly string[]): string | null {
  const looking = columns.filter((name) => rows.some((row) => looksLikeTurns(row[name])))
  const empty = columns.filter((name) =>
    rows.every((row) => Array.isArray(row[name]) && row[name].length === 0)
  )
  const named =
    turnListKeys.find((key) => looking.includes(key)) ?? turnListKeys.find((key) => empty.includes(key))
  return named ?? (looking.length === 1 ? (looking[0] as string) : null)
}

function isSaidBy(key: string, turns: unknown): boolean {
  return (
    Array.isArray(turns) && turns.some((turn) => typeof turn === 'object' && turn !== null && key in turn)
  )
}

function column(columns: readonly string[], role: Role): string | null {
  return columns.find((name) => knownColumn(name) === role) ?? null
}

/** The only column whose longer name hints at the role. */
function hinted(columns: readonly string[], role: Role): string | null {
  const hints = columns.filter((name) => knownColumn(name) === null && hintedColumn(name) === role)
  return hints.length === 1 ? (hints[0] as string) : null
}

function pick(roles: Readonly<Record<string, string | null>>): Record<string, string> {
  const used = new Set<string>()
  return Object.fromEntries(
    Object.entries(roles).filter((entry): entry is [string, string] => {
      if (entry[1] === null || used.has(entry[1])) return false
      used.add(entry[1])
      return true
    })
  )
}

/** The user's word: role -> column. */
function byMapping(
  { file, rows }: Sample,
  columns: readonly string[],
  mapping: Readonly<Record<string, string>>,
  { shape: wanted, joined = {} }: DataOverrides
): Shape {
  for (const name of [...Object.values(mapping), ...Object.values(joined).flat()]) {
    if (!columns.includes(name)) throw noSuchColumn(file, name, columns)
  }
  const shapes = Object.keys(needed) as DataShape[]
  const lacksOf = (name: DataShape): readonly string[] =>
    needed[name].filter((role) => mapping[role] === undefined)
  const shape = wanted ?? shapes.find((name) => lacksOf(name).length === 0)
  if (shape === undefined) throw mappingIncomplete(file, lacksOf(closest(shapes, mapping)).join(', '))
  if (lacksOf(shape).length > 0) throw mappingIncomplete(file, lacksOf(shape).join(', '))
  // what nobody reads is not said to be used
  const roles = Object.fromEntries(Object.entries(mapping).filter(([role]) => useful[shape].includes(role)))
  const behind = Object.entries(joined).filter(([role, more]) => role in roles && more.length > 0)
  const answers = needed[shape].some((role) => ['answer', 'output', 'completion', 'messages'].includes(role))
  const liked = answers
    ? verdictColumn(
        rows,
        columns.filter((name) => !Object.values(roles).includes(name))
      )
    : undefined
  return {
    ...{ shape, confidence: 1, roles },
    ...(behind.length > 0 && { joined: Object.fromEntries(behind) }),
    ...(liked !== undefined && { liked })
  }
}

/** The shape that the user is about to say: the one begun with, else question and answer. */
function closest(shapes: readonly DataShape[], mapping: Readonly<Record<string, string>>): DataShape {
  return shapes.find((name) => needed[name].some((role) => mapping[role] !== undefined)) ?? 'question-answer'
}

/** A table that starts with data: two columns of sentences are questions and answers, most likely. */
/** What was found, unless another shape is meant. */
function asMeant(file: string, found: Shape, meant: DataShape | undefined): Shape {
  if (meant === undefined || found.shape === meant) return found
  throw mappingIncomplete(file, needed[meant].join(', '))
}

function withoutNames({ file, rows }: Sample, columns: readonly string[]): Shape {
  const [first, second] = columns
  const areTexts = columns.every((name) => shareOfSentences(rows.map((row) => row[name])) > 0.5)
  const answers = new Set(rows.map((row) => row[second ?? '']))
  // a single line of two words is a header without a table
  const isHeader = rows.length === 1 && [first, second].every((name) => isWord(rows[0]?.[name ?? '']))
  const isPairs = columns.length === 2 && areTexts && !isHeader && answers.size * 2 >= rows.length
  if (!isPairs || !first || !second) {
    throw noHeader(file, columns.length)
  }
  return { shape: 'question-answer', confidence: 0.3, roles: { question: first, answer: second } }
}

/** No sentence: nothing ends in it, and it is short. */
const isWord = (cell: unknown): boolean =>
  typeof cell === 'string' && cell.trim().length <= 12 && !/[。．.!?！？、,]/.test(cell)

function shareOfSentences(cells: readonly unknown[]): number {
  const isSentence = (cell: unknown): boolean =>
    typeof cell === 'string' && cell.trim().length >= 4 && !/^[\d.,:/\s%¥$-]+$/.test(cell)
  return cells.length === 0 ? 0 : cells.filter(isSentence).length / cells.length
}

function whatIsMissing({ file, rows }: Sample, columns: readonly string[]): Error {
  const label = column(columns, 'label')
  const others = columns.filter((name) => name !== label)
  if (label && others.some((name) => shareOfSentences(rows.map((row) => row[name])) > 0.5)) {
    return labelData(file, label)
  }
  if (column(columns, 'question') ?? hinted(columns, 'question')) return missingAnswer(file, columns)
  return unknownShape(file, columns)
}
