// Conversations as they stand in one cell: OpenAI's messages, ShareGPT's conversations, and lists of turns
// under other names. Which words mean which speaker, and what cannot be learnt as text.
import type { Message } from '../../../contract/records'
import { refuse } from '../../reading/refusals'
import { isObject } from '../../reading/rows'

const roleKeys = ['role', 'from', 'name', 'speaker'] as const
const contentKeys = ['content', 'value', 'text', 'utterance', 'message'] as const

type Turn = Readonly<Record<string, unknown>>

const roles: Readonly<Record<string, Message['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  customer: 'user',
  prompter: 'user',
  お客様: 'user',
  顧客: 'user',
  ユーザー: 'user',
  ユーザ: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  chatgpt: 'assistant',
  bot: 'assistant',
  agent: 'assistant',
  model: 'assistant',
  ai: 'assistant',
  アシスタント: 'assistant',
  オペレーター: 'assistant',
  担当者: 'assistant'
}
const toolRoles = new Set(['tool', 'function', 'functioncall', 'function_call', 'observation', 'ipython'])
const callKeys = ['tool_calls', 'function_call', 'tool_call_id'] as const

/** Is the value a list whose items all name a speaker, at least one of them known? */
export function looksLikeTurns(value: unknown): boolean {
  if (!Array.isArray(value) || !value.every(isObject)) return false
  const speakers = value.map(speakerOf)
  return speakers.every((name) => name !== null) && speakers.some((name) => name in roles)
}

export function readTurns(value: unknown): Message[] {
  if (!Array.isArray(value)) throw refuse('NOT_TURNS')
  return value.map((turn) => {
    if (!isObject(turn)) throw refuse('NOT_TURNS')
    const role = roleOf(turn)
    return { role, content: contentOf(turn) }
  })
}

function speakerOf(turn: Turn): string | null {
  const named = roleKeys.map((key) => turn[key]).find((name) => typeof name === 'string')
  return typeof named === 'string' ? named.normalize('NFKC').trim().toLowerCase() : null
}

function roleOf(turn: Turn): Message['role'] {
  const name = speakerOf(turn) ?? ''
  const role = roles[name]
  if (callKeys.some((key) => turn[key] !== undefined && turn[key] !== null)) throw refuse('TOOL_CALL')
  if (toolRoles.has(name)) throw refuse('TOOL_CALL')
  if (!role) throw refuse('UNKNOWN_ROLE', { role: name || '—' })
  return role
}

function contentOf(turn: Turn): string {
  const content = contentKeys.map((key) => turn[key]).find((value) => value !== undefined)
  if (typeof content === 'string') return content
  if (content === null || content === undefined) return ''
  if (Array.isArray(content)) return content.map(partText).join('')
  throw refuse('NOT_TEXT')
}

/** A part of a message that is given in parts; only text can be learnt. */
function partText(part: unknown): string {
  if (typeof part === 'string') return part
  if (isObject(part) && part['type'] === 'text') {
    const text = part['text'] ?? part['value']
    if (typeof text === 'string') return text
  }
  throw isObject(part) && typeof part['type'] === 'string' && /tool|function/.test(part['type'])
    ? refuse('TOOL_CALL')
    : refuse('NOT_ONLY_TEXT')
}
