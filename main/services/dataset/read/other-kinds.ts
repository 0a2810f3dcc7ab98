// Rows that are made for other goals than answering in text: preferences, tools, pictures and sound. They are
// refused by name, because their other fields look like ordinary questions and answers.
import { isObject } from '../../reading/rows'

type Values = Readonly<Record<string, unknown>>

const preferenceKeys = ['chosen', 'rejected', 'chosen_messages', 'rejected_messages', 'kto_tag']
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
  if (found === 'PREFERENCE_ROW') return found
  return isVerdict(values['label']) && answerKeys.some((key) => isFilled(values[key]))
    ? 'PREFERENCE_ROW'
    : found
}

/** Good or bad, as KTO has it; a label in words may be a topic. */
const isVerdict = (label: unknown): boolean =>
  typeof label === 'boolean' || (typeof label === 'string' && /^(true|false)$/i.test(label.trim()))
const answerKeys = ['messages', 'conversations', 'completion', 'response', 'answer', 'output', '回答']

type OtherKind = 'PREFERENCE_ROW' | 'NOT_ONLY_TEXT' | 'TOOL_CALL'
const order: Readonly<Record<OtherKind, number>> = { PREFERENCE_ROW: 0, NOT_ONLY_TEXT: 1, TOOL_CALL: 2 }
const named = (keys: readonly string[], kind: OtherKind): [string, OtherKind][] =>
  keys.map((key) => [key, kind])
const kindByKey = new Map([
  ...named(preferenceKeys, 'PREFERENCE_ROW'),
  ...named(mediaKeys, 'NOT_ONLY_TEXT'),
  ...named(toolKeys, 'TOOL_CALL')
])

/** Does it say anything? What programs write for nothing does not. */
export function isFilled(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string')
    return !['', '[]', '{}', 'null', 'none', 'nan'].includes(value.trim().toLowerCase())
  if (Array.isArray(value)) return value.some((one) => isObject(one) || isFilled(one))
  // a call of nothing: { name: '', arguments: '' }
  return !isObject(value) || Object.values(value).some(isFilled)
}
