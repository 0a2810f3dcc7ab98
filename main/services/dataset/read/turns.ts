// Conversations as they stand in one cell: OpenAI's messages, ShareGPT's conversations, and lists of turns
// under other names. Which words mean which speaker, and what cannot be learnt as text.
import type { Message } from '../../../contract/records'
import { refuse } from '../../reading/refusals'
import { isObject } from '../../reading/rows'
import { FieldNotes } from './field-notes'
import { isFilled } from './other-kinds'
import { contentOf } from './turn-content'
import { fieldsOf } from './turn-fields'

const roleKeys = ['role', 'from', 'name', 'speaker'] as const
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
  q: 'user',
  question: 'user',
  質問: 'user',
  問: 'user',
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
  担当者: 'assistant',
  a: 'assistant',
  answer: 'assistant',
  回答: 'assistant',
  答: 'assistant',
  答え: 'assistant'
}
const toolRoles = new Set(['tool', 'function', 'functioncall', 'function_call', 'observation', 'ipython'])
const callKeys = ['tool_calls', 'function_call', 'tool_call_id'] as const
const mediaKeys = ['images', 'image', 'image_url', 'audio', 'audios', 'video', 'videos'] as const

/** the longest word for one who speaks has a tenth of these characters */
const longestName = 200
const plainName = (name: string): string => name.slice(0, longestName).normalize('NFKC').trim().toLowerCase()

/** Is it a word for one who speaks, tools included? */
export function isSpeaker(name: string): boolean {
  const plain = plainName(name)
  return plain in roles || toolRoles.has(plain)
}

/** Who asks. */
export const asks = (name: string): boolean => roles[plainName(name)] === 'user'
/** Who answers. */
export const answers = (name: string): boolean => roles[plainName(name)] === 'assistant'

/** Is the value a list whose items all name a speaker, at least one of them known? */
export function looksLikeTurns(value: unknown): boolean {
  if (!Array.isArray(value) || !value.every(isObject)) return false
  const speakers = value.map(speakerOf)
  return speakers.every((name) => name !== null) && speakers.some((name) => name in roles)
}

/** notes: where what is found besides is counted */
export function readTurns(value: unknown, notes = new FieldNotes()): Message[] {
  if (!Array.isArray(value)) throw refuse('NOT_TURNS')
  return value.map((turn) => {
    if (!isObject(turn)) throw refuse('NOT_TURNS')
    const plain = plainTurn(turn)
    if (plain) return plain
    const role = roleOf(turn)
    return { role, content: contentOf(turn), ...fieldsOf(turn, role, notes) }
  })
}

/** A turn that says who speaks and what, and nothing else, as nearly all do. */
function plainTurn(turn: Turn): Message | null {
  const { role, content } = turn
  if (typeof content !== 'string' || (role !== 'user' && role !== 'assistant' && role !== 'system'))
    return null
  for (const key in turn) if (key !== 'role' && key !== 'content') return null
  return { role, content }
}

function speakerOf(turn: Turn): string | null {
  const named = roleKeys.map((key) => turn[key]).find((name) => typeof name === 'string')
  return typeof named === 'string' ? plainName(named) : null
}

function roleOf(turn: Turn): Message['role'] {
  const name = speakerOf(turn) ?? ''
  const role = roles[name]
  if (callKeys.some((key) => isFilled(turn[key]))) throw refuse('TOOL_CALL')
  if (mediaKeys.some((key) => isFilled(turn[key]))) throw refuse('NOT_ONLY_TEXT')
  if (toolRoles.has(name)) throw refuse('TOOL_CALL')
  if (!role) throw refuse('UNKNOWN_ROLE', { role: name || '—' })
  return role
}
