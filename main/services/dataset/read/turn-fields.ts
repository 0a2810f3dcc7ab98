// What a turn says of itself besides its speaker and its words: whether it is learnt, what was thought before it was
// said, and fields that nobody reads. Each is honoured, or named; none disappears.
import type { Message } from '../../../contract/records'
import { refuse } from '../../reading/refusals'
import { isFilled } from './other-kinds'
import type { FieldNotes } from './field-notes'

type Turn = Readonly<Record<string, unknown>>

/** OpenAI: weight; Axolotl: train, training; LLaMA-Factory: loss_mask, loss; others by the same thought. */
const learntKeys = [
  'weight',
  'train',
  'training',
  'trainable',
  'loss_mask',
  'loss_weight',
  'loss',
  'learn'
] as const
/** 1 and true here mean that the turn is left out. */
const ignoredKeys = ['ignore', 'ignore_loss', 'skip', 'masked', 'mask_loss'] as const
export const thinkingKeys = ['reasoning_content', 'reasoning', 'thinking', 'thought', 'thoughts'] as const

/** Read elsewhere, or of no meaning for what is learnt. */
const known = new Set<string>([
  ...learntKeys,
  ...ignoredKeys,
  ...thinkingKeys,
  ...['role', 'from', 'speaker', 'content', 'value', 'text', 'utterance', 'message', 'parts'],
  ...['tool_calls', 'function_call', 'tool_call_id', 'tools', 'functions']
])

/** Names of fields that would change what a turn says or whether it counts. */
const telling =
  /weight|mask|loss|train|learn|ignore|skip|exclu|prefix|hidden|delet|edit|rating|rank|score|vote|feedback|label|refus|annotat|citation|attach|file|image|audio|video|tool|function|reason|think|variant|rejected|chosen|alternative|^name$|channel|recipient/i

/** What a message has besides role and content; counts what is named. */
export function fieldsOf(
  turn: Turn,
  role: Message['role'],
  notes: FieldNotes
): Omit<Message, 'role' | 'content'> {
  let isDenied: string | null = null
  for (const [key, value] of Object.entries(turn)) {
    if (known.has(key) || !telling.test(key)) continue
    if (says(value)) notes.add('not-read', key)
    else if (role === 'assistant' && deniesLearning(key, value)) isDenied = key
  }
  const thought = role === 'assistant' ? thoughtOf(turn, notes) : ''
  if (isDenied !== null) notes.add('not-learnt', isDenied)
  const isLeftOut = !isLearnt(turn, role, notes) || isDenied !== null
  return { ...(isLeftOut && { weight: 0 as const }), ...(thought !== '' && { reasoning_content: thought }) }
}

/** train_on_turn: false, include_in_loss: 0: whatever it is called, it says that the turn is not learnt. */
const deniesLearning = (key: string, value: unknown): boolean =>
  (value === false || value === 0) && /train|loss|learn/i.test(key) && !/mask|ignore|skip|exclu/i.test(key)

/** null, false, 0 and what is empty say nothing. */
const says = (value: unknown): boolean => isFilled(value) && value !== false && value !== 0

function isLearnt(turn: Turn, role: Message['role'], notes: FieldNotes): boolean {
  const said = [
    ...learntKeys.map((key) => [key, yesOrNo(key, turn[key])] as const),
    ...ignoredKeys.map((key) => [key, not(yesOrNo(key, turn[key]))] as const)
  ].filter((one): one is readonly [(typeof one)[0], boolean] => one[1] !== null)
  if (role !== 'assistant') {
    // only answers are learnt: a question that asks to be learnt is named
    const asks = said.find(([, learnt]) => learnt)
    if (asks && asks[0] !== 'weight') notes.add('not-read', `${role}.${asks[0]}`)
    return true
  }
  const no = said.find(([, learnt]) => !learnt)
  if (no) notes.add('not-learnt', no[0])
  return no === undefined
}

const not = (value: boolean | null): boolean | null => (value === null ? null : !value)

/** Null where nothing is said. A share between learnt and not cannot be honoured. */
function yesOrNo(key: string, value: unknown): boolean | null {
  if (value === undefined || value === null || value === '') return null
  const word = String(value).trim().toLowerCase()
  if (['1', '1.0', 'true', 'yes'].includes(word)) return true
  if (['0', '0.0', 'false', 'no'].includes(word)) return false
  if (Array.isArray(value) && value.length === 0) return null
  const shown = typeof value === 'object' ? JSON.stringify(value) : word
  throw refuse('TURN_WEIGHT', { field: key, value: shown.slice(0, 40) })
}

function thoughtOf(turn: Turn, notes: FieldNotes): string {
  const parts = Array.isArray(turn['content']) ? turn['content'].map(thinkingPart) : []
  const own = thinkingKeys.map((key) => turn[key]).filter(isFilled)
  const texts = [...own, ...parts.filter(isFilled)]
  if (texts.length === 0) return ''
  if (!texts.every((text) => typeof text === 'string')) {
    notes.add('not-read', thinkingKeys.find((key) => isFilled(turn[key])) ?? 'thinking')
    return ''
  }
  notes.add('thinking', thinkingKeys.find((key) => isFilled(turn[key])) ?? 'thinking')
  return (texts as string[]).join('\n').trim()
}

/** A thought that is given as a part of the content. */
export function thinkingPart(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return undefined
  const { type, thinking, reasoning, text } = part as Turn
  return type === 'thinking' || type === 'reasoning' ? (thinking ?? reasoning ?? text) : undefined
}
