// One row of known shape to one example, or a refusal with its reason. Reads no files and guesses nothing.
import type { Example, Message, RowSource } from '../../../contract/records'
import { FieldNotes } from './field-notes'
import { judgedExample } from './judged-row'
import { labelsIn } from '../kinds/labelled'
import { isCompared, isFilled, isJudged, verdictOf } from './other-kinds'
import { turnListKeys } from '../../reading/recognise/column-names'
import { refuse } from '../../reading/refusals'
import { isObject } from '../../reading/rows'
import type { Shape } from './recognise-shape'
import { CellError } from '../../reading/cell-error'
import { looksLikeTurns, readTurns } from './turns'
import { areNames } from './telling-columns'
import { contentOf } from './turn-content'
import { isWordForNothing, saysNothing } from './words-for-nothing'

type Values = Readonly<Record<string, unknown>>

export function rowToExample(
  values: Values,
  given: Shape,
  source: RowSource,
  notes = new FieldNotes()
): Example {
  const { shape, roles, joined = {} } = given
  if (shape === 'preference' || shape === 'rated') return judgedExample(values, given, source, notes)
  // of answers that are rated the liked ones are examples of how to answer, where the user has said so
  if (given.liked !== undefined) {
    if (verdictOf(values[given.liked]) === false) throw refuse('DISLIKED_ROW')
  } else if (isJudged(values) && !Object.values(roles).some(isCompared)) throw refuse('PREFERENCE_ROW')
  const plain = plainPair(values, given)
  if (plain) return { kind: 'conversation', messages: plain, source }
  if (!Object.values(roles).some((column) => column in values)) return otherTurns(values, source, notes)
  const cell = (role: string): unknown => {
    const own = roles[role] === undefined ? undefined : values[roles[role]]
    const behind = joined[role]
    return behind ? [own, ...behind.map((column) => values[column])].reduce(join) : own
  }
  if (shape === 'text-label') return labelledOf(cell('text'), cell('label'), source)
  if (shape === 'text') {
    const text = textOf(cell('text')).trim()
    if (text === '') throw refuse('EMPTY_TEXT')
    return { kind: 'text', text, source }
  }
  const system = systemOf(cell('system'))
  const before: Message[] = system ? [{ role: 'system', content: system }] : []
  return { kind: 'conversation', messages: checked([...before, ...turnsOf(shape, cell, notes)]), source }
}

const isTurns = (shape: Shape['shape']): shape is 'messages' | 'conversations' =>
  shape === 'messages' || shape === 'conversations'
const isJudging = (shape: Shape['shape']): shape is 'preference' | 'rated' =>
  shape === 'preference' || shape === 'rated'

/** A list of labels may be empty: none of several is right. A word for nothing may be a label's name, like any other. */
function labelledOf(text: unknown, label: unknown, source: RowSource): Example {
  const words = textOf(text).trim()
  if (words === '') throw refuse('EMPTY_TEXT')
  const labels = Array.isArray(label)
    ? [...new Set(label.map((one) => textOf(one).trim()).filter((one) => one !== ''))]
    : labelsIn(typeof label === 'string' ? label : textOf(label))
  if (labels.length === 0 && !Array.isArray(label)) throw refuse('EMPTY_LABEL')
  return { kind: 'labelled', text: words, labels, source }
}

const asks = {
  'question-answer': 'question',
  instruction: 'instruction',
  'prompt-completion': 'prompt'
} as const
const answers = {
  'question-answer': 'answer',
  instruction: 'output',
  'prompt-completion': 'completion'
} as const

/** One question and one answer in plain words, and nothing in any other column that is learnt from: what nearly every row
 *  of a table is. Null for all else, whatever it may be. */
function plainPair(values: Values, { shape, roles, joined }: Shape): Message[] | null {
  if (joined || shape === 'text' || shape === 'text-label' || isJudging(shape) || isTurns(shape)) return null
  const [asking, answering] = [asks[shape], answers[shape]]
  for (const role in roles) {
    if (role === asking || role === answering) continue
    const other = values[roles[role] as string]
    if (other !== undefined && other !== null && other !== '') return null
  }
  const question = plainText(values[roles[asking] ?? ''])
  const answer = plainText(values[roles[answering] ?? ''])
  if (question === '' || answer === '' || isNoPair(question, answer)) return null
  return [
    { role: 'user', content: question },
    { role: 'assistant', content: answer }
  ]
}

const isNoPair = (question: string, answer: string): boolean =>
  isTotal(question, answer) || areTypes(question, answer) || areNames(question, answer)

/** '' where it is anything but words. */
const plainText = (value: unknown): string =>
  typeof value === 'string' && !isWordForNothing(value) && !saysNothing(value) ? value.trim() : ''

/** A row without any of the file's columns: still a conversation when it says so itself. */
function otherTurns(values: Values, source: RowSource, notes: FieldNotes): Example {
  const key = turnListKeys.find((name) => looksLikeTurns(values[name]))
  if (!key) throw refuse('OTHER_SHAPE')
  return { kind: 'conversation', messages: checked(readTurns(values[key], notes)), source }
}

function turnsOf(
  shape: Exclude<Shape['shape'], 'text' | 'text-label' | 'preference' | 'rated'>,
  cell: (role: string) => unknown,
  notes: FieldNotes
): Message[] {
  switch (shape) {
    case 'messages':
    case 'conversations':
      return readTurns(cell('messages'), notes)
    case 'instruction':
      return [...history(cell('history')), ...asked(join(cell('instruction'), cell('input')), cell('output'))]
    case 'prompt-completion':
      // either may be given as messages
      return [...said('user', cell('prompt'), notes), ...said('assistant', cell('completion'), notes)]
    case 'question-answer':
      return [
        ...history(cell('history')),
        ...asked(join(join(cell('subject'), cell('question')), cell('input')), cell('answer'))
      ]
  }
}

/** Text of a cell; numbers are text here, nothing is the empty text. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return isWordForNothing(value) || saysNothing(value) ? '' : value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw value instanceof CellError ? refuse('CELL_ERROR', { cell: value.text }) : refuse('NOT_TEXT')
}

/** The system prompt of Anthropic and Gemini may be given in parts. */
function systemOf(value: unknown): string {
  if (Array.isArray(value)) return contentOf({ content: value }).trim()
  return isObject(value) ? contentOf(value).trim() : textOf(value).trim()
}

/** A word for nothing might be the answer, and hardly is: the user is asked. */
function answerOf(value: unknown): string {
  if (typeof value === 'string' && isWordForNothing(value))
    throw refuse('WORD_FOR_NOTHING', { word: value.trim() })
  return textOf(value)
}

function asked(question: string, answer: unknown): Message[] {
  const said = answerOf(answer).trim()
  if (isTotal(question, said)) throw refuse('TOTAL_ROW')
  if (areTypes(question, said)) throw refuse('TYPE_ROW')
  if (areNames(question, said)) throw refuse('REPEATED_HEADER')
  return [
    { role: 'user', content: question },
    { role: 'assistant', content: said }
  ]
}

/** 合計 and 120件: the last line of a table, and no question. */
const isTotal = (question: string, answer: string): boolean =>
  question.length <= longestTotal &&
  answer.length <= longestTotal &&
  /^(?:合\s*計|総\s*計|小\s*計|集\s*計|計|総数|件数|個数|平\s*均|最大|最小|(?:grand |sub)?totals?|sum|count|average|mean|median|max|min)\s?[:：]?$/i.test(
    question
  ) &&
  /^[\d.,%¥￥$€ -]+(?:件|個|名|円|人|組|行|rows?|items?|entries)?$/i.test(answer)
const longestTotal = 20

/** As databases write them below the names of columns, with or without a length. */
const types = new Set(
  'char varchar nchar nvarchar varchar2 nvarchar2 character text ntext mediumtext longtext clob string str object int integer int4 int8 int32 int64 bigint smallint number numeric decimal float double real bool boolean bit date datetime timestamp time uuid json jsonb blob 文字列 数値 整数 日付 テキスト型 文字型 数値型 日付型'.split(
    ' '
  )
)
// the answer first: nearly none is as short
const areTypes = (question: string, answer: string): boolean => isType(answer) && isType(question)
const isType = (text: string): boolean =>
  text.length <= longestTotal && types.has(text.toLowerCase().split('(', 1)[0]?.trim() ?? '')

function join(first: unknown, second: unknown): string {
  return [textOf(first).trim(), textOf(second).trim()].filter((text) => text !== '').join('\n\n')
}

function said(role: Message['role'], value: unknown, notes: FieldNotes): Message[] {
  return looksLikeTurns(value)
    ? readTurns(value, notes)
    : [{ role, content: (role === 'assistant' ? answerOf(value) : textOf(value)).trim() }]
}

/** Earlier turns of an Alpaca row: pairs of question and answer. */
function history(value: unknown): Message[] {
  if (!isFilled(value)) return []
  if (!Array.isArray(value)) throw refuse('NOT_TURNS')
  return value.flatMap((pair: unknown) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw refuse('NOT_TURNS')
    return asked(textOf(pair[0]).trim(), pair[1])
  })
}

/** Every question and every answer says something, and some answer has something before it. */
function checked(messages: Message[]): Message[] {
  const isBlank = (role: Message['role']): boolean =>
    messages.some((message) => message.role === role && saysNothing(message.content))
  const kept = messages.filter(({ role, content }) => role !== 'system' || content.trim() !== '')
  if (isBlank('user')) throw refuse('EMPTY_QUESTION')
  if (isBlank('assistant') || !kept.some(({ role }) => role === 'assistant')) throw refuse('EMPTY_ANSWER')
  const led = kept.slice(1).filter(({ role }) => role === 'assistant')
  if (led.length === 0) throw refuse('EMPTY_QUESTION')
  if (led.every(({ weight }) => weight === 0)) throw refuse('NO_LEARNT_TURN')
  return kept
}
