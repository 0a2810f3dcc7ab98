// Rows that are made for other goals than answering in text: preferences, tools, pictures and sound. They are
// refused by name, because their other fields look like ordinary questions and answers.
import { isObject } from '../../reading/rows'

type Values = Readonly<Record<string, unknown>>

const preferenceKeys = ['chosen', 'rejected', 'chosen_messages', 'rejected_messages', 'kto_tag']
const mediaKeys = ['images', 'image', 'videos', 'video', 'audios', 'audio']
const toolKeys = ['tools', 'functions', 'tool_calls', 'function_call']

/** Why this row is no question and answer in text; null where nothing speaks against it. */
export function kindOfRow(values: Values): 'PREFERENCE_ROW' | 'NOT_ONLY_TEXT' | 'TOOL_CALL' | null {
  const has = (key: string): boolean => isFilled(values[key])
  if (
    preferenceKeys.some(has) ||
    (typeof values['label'] === 'boolean' && Array.isArray(values['messages']))
  ) {
    return 'PREFERENCE_ROW'
  }
  if (mediaKeys.some(has)) return 'NOT_ONLY_TEXT'
  return toolKeys.some(has) ? 'TOOL_CALL' : null
}

/** Does it say anything? What programs write for nothing does not. */
export function isFilled(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string')
    return !['', '[]', '{}', 'null', 'none', 'nan'].includes(value.trim().toLowerCase())
  if (Array.isArray(value)) return value.some((one) => isObject(one) || isFilled(one))
  // a call of nothing: { name: '', arguments: '' }
  return !isObject(value) || Object.values(value).some(isFilled)
}
