// The words of one turn, however they are given: a text, or parts of which only text can be learnt.
import { refuse } from '../../reading/refusals'
import { isObject } from '../../reading/rows'
import { thinkingPart } from './turn-fields'

const contentKeys = ['content', 'value', 'text', 'utterance', 'message', 'parts'] as const

type Turn = Readonly<Record<string, unknown>>

export function contentOf(turn: Turn): string {
  const content = contentKeys.map((key) => turn[key]).find((value) => value !== undefined && value !== null)
  return content === undefined ? '' : textOf(content)
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (typeof content === 'number' || typeof content === 'boolean') return String(content)
  if (Array.isArray(content)) return content.map(partText).join('')
  if (isObject(content)) {
    // { content_type: text, parts: [...] } and { text: ... }
    const inside = content['parts'] ?? content['text'] ?? content['value'] ?? content['content']
    if (typeof inside === 'string' || Array.isArray(inside)) return textOf(inside)
  }
  throw refuse('NOT_TEXT')
}

const textTypes = new Set(['text', 'input_text', 'output_text', 'refusal', 'summary_text'])

/** A part of a message that is given in parts; only text can be learnt. */
function partText(part: unknown): string {
  if (typeof part === 'string') return part
  if (thinkingPart(part) !== undefined) return ''
  if (isObject(part)) {
    const { type } = part
    const text = part['text'] ?? part['value'] ?? part['refusal']
    const hasText = typeof text === 'string'
    if (hasText && (type === undefined || textTypes.has(String(type)))) return text
    // { type: text, text: { value, annotations } }
    if (isObject(text) && typeof text['value'] === 'string' && textTypes.has(String(type)))
      return text['value']
    if (text === null && textTypes.has(String(type))) return ''
  }
  throw isObject(part) && typeof part['type'] === 'string' && /tool|function/.test(part['type'])
    ? refuse('TOOL_CALL')
    : refuse('NOT_ONLY_TEXT')
}
