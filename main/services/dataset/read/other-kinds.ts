// Rows that are made for other goals than answering in text: tools, pictures and sound. They are refused by name, because
// their other fields look like ordinary questions and answers; and rows that compare answers or rate one.
import { isObject } from '../../reading/rows'

type Values = Readonly<Record<string, unknown>>

const comparedKeys = ['chosen', 'rejected', 'chosen_messages', 'rejected_messages']
const preferenceKeys = [...comparedKeys, 'kto_tag']
const mediaKeys = ['images', 'image', 'videos', 'video', 'audios', 'audio']
const toolKeys = ['tools', 'functions', 'tool_calls', 'function_call']

/** Why this row is no question and answer in text; null where nothing speaks against it. */
export function kindOfRow(values: Values): OtherKind | null {
  let found: OtherKind | null = null
  // every row is asked, and hardly any has such a key
  for (const key in values) {
    const kind = kindByKey.get(key)
    if (kind && (found === null || order[kind] < order[found]) && isFilled(values[key])) found = kind
  }
  return found
}

/** One of two answers that are compared: as the answer of a question it can only have been chosen by the user. */
export const isCompared = (column: string): boolean => comparedKeys.includes(column)

/** Does this row compare answers or rate one? Only files that are made of such rows are read so. */
export function isJudged(values: Values): boolean {
  if (preferenceKeys.some((key) => isFilled(values[key]))) return true
  return typeof values['label'] === 'boolean' && answerKeys.some((key) => isFilled(values[key]))
}

const answerKeys = ['messages', 'conversations', 'completion', 'response', 'answer', 'output', '回答']

/** Names of columns that say whether an answer is liked. */
export const isVerdictColumn = (name: string): boolean => verdictNames.test(name.normalize('NFKC').trim())
const verdictNames =
  /^(label|kto_tag|liked?|thumbs?(_?up)?|rating|feedback|verdict|desirable|評価|良し悪し|判定|いいね|高評価)$/i
const goods = [
  'true',
  'good',
  'like',
  'liked',
  'up',
  'thumbs_up',
  'thumbsup',
  '👍',
  '良い',
  'よい',
  'いい',
  '高評価',
  '○',
  '〇'
]
const bads = [
  'false',
  'bad',
  'dislike',
  'disliked',
  'down',
  'thumbs_down',
  'thumbsdown',
  '👎',
  '悪い',
  '低評価',
  '×',
  '✕',
  '良くない'
]

/** Is the answer liked? null: the value does not say. */
export function verdictOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (isBinary(value)) return Number(value) === 1
  if (typeof value !== 'string') return null
  const word = value.trim().toLowerCase()
  if (goods.includes(word)) return true
  return bads.includes(word) ? false : null
}

/** 0 or 1: a verdict where no other number stands beside it. */
export const isBinary = (value: unknown): boolean =>
  value === 0 || value === 1 || (typeof value === 'string' && /^[01](?:\.0)?$/.test(value.trim()))

type OtherKind = 'NOT_ONLY_TEXT' | 'TOOL_CALL'
const order: Readonly<Record<OtherKind, number>> = { NOT_ONLY_TEXT: 0, TOOL_CALL: 1 }
const named = (keys: readonly string[], kind: OtherKind): [string, OtherKind][] =>
  keys.map((key) => [key, kind])
const kindByKey = new Map([...named(mediaKeys, 'NOT_ONLY_TEXT'), ...named(toolKeys, 'TOOL_CALL')])

/** Does it say anything? What programs write for nothing does not. */
export function isFilled(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string')
    return !['', '[]', '{}', 'null', 'none', 'nan'].includes(value.trim().toLowerCase())
  if (Array.isArray(value)) return value.some((one) => isObject(one) || isFilled(one))
  // a call of nothing: { name: '', arguments: '' }
  return !isObject(value) || Object.values(value).some(isFilled)
}
