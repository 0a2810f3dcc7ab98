// A row that compares two answers, or says of one whether it is liked, to an example. The answers may be plain words, a
// turn, or whole conversations that begin alike (TRL, LLaMA-Factory, Anthropic's HH).
import type { Example, Message, RowSource } from '../../../contract/records'
import { refuse } from '../../reading/refusals'
import { isObject } from '../../reading/rows'
import type { FieldNotes } from './field-notes'
import { isFilled, verdictOf } from './other-kinds'
import type { Shape } from './recognise-shape'
import { looksLikeTurns, readTurns } from './turns'
import { saysNothing } from './words-for-nothing'

type Values = Readonly<Record<string, unknown>>

export function judgedExample(
  values: Values,
  { shape, roles }: Shape,
  source: RowSource,
  notes: FieldNotes
): Example {
  const cell = (role: string): unknown => (roles[role] === undefined ? undefined : values[roles[role]])
  const before = [...systemOf(cell('system')), ...asked(cell, notes)]
  if (shape === 'rated') {
    const liked = verdictOf(cell('verdict'))
    if (liked === null) throw refuse('NO_VERDICT')
    return { kind: 'rated', messages: ledTo(...answerOf(before, cell('completion'), notes)), liked, source }
  }
  const [led, chosen] = answerOf(before, cell('chosen'), notes)
  const [otherLed, rejected] = answerOf(before, cell('rejected'), notes)
  if (JSON.stringify(led) !== JSON.stringify(otherLed)) throw refuse('TWO_PROMPTS')
  if (saysNothing(rejected) && !saysNothing(chosen)) throw refuse('EMPTY_OTHER')
  if (chosen === rejected) throw refuse('SAME_ANSWERS')
  ledTo(led, rejected)
  return { kind: 'preference', messages: ledTo(led, chosen).slice(0, -1), chosen, rejected, source }
}

/** What leads to the answer, and the answer: the last turn of both. */
function answerOf(
  before: readonly Message[],
  value: unknown,
  notes: FieldNotes
): [readonly Message[], string] {
  const said = value === undefined ? [] : turnsOf('assistant', value, notes)
  // a whole conversation says its beginning once more
  const repeats = before.length > 0 && said.length > before.length
  const isWhole = repeats && before.every((turn, i) => same(turn, said[i] as Message))
  const all = isWhole ? said : [...before, ...said]
  const last = all.at(-1)
  if (last?.role !== 'assistant') throw refuse('EMPTY_ANSWER')
  return [all.slice(0, -1), last.content.trim()]
}

function ledTo(led: readonly Message[], answer: string): readonly Message[] {
  if (saysNothing(answer)) throw refuse('EMPTY_ANSWER')
  const isAsked = led.some(({ role, content }) => role === 'user' && !saysNothing(content))
  if (!isAsked || led.some(({ role, content }) => role !== 'system' && saysNothing(content)))
    throw refuse('EMPTY_QUESTION')
  // earlier answers are context
  const context = led.map((turn): Message => (turn.role === 'assistant' ? { ...turn, weight: 0 } : turn))
  return [...context, { role: 'assistant', content: answer }]
}

function asked(cell: (role: string) => unknown, notes: FieldNotes): readonly Message[] {
  const [turns, prompt, input] = [cell('messages'), cell('prompt'), cell('input')]
  if (isFilled(turns)) return readTurns(turns, notes)
  if (!isFilled(prompt)) return []
  const messages = turnsOf('user', prompt, notes)
  const [only] = messages
  if (!isFilled(input) || messages.length !== 1 || !only) return messages
  return [{ ...only, content: `${only.content}\n\n${String(input).trim()}` }]
}

function systemOf(value: unknown): readonly Message[] {
  return typeof value === 'string' && isFilled(value) ? [{ role: 'system', content: value.trim() }] : []
}

function turnsOf(role: Message['role'], value: unknown, notes: FieldNotes): Message[] {
  if (looksLikeTurns(value)) return readTurns(value, notes)
  if (isObject(value)) return readTurns([value], notes)
  if (typeof value !== 'string') throw refuse('NOT_TEXT')
  const spoken = role === 'assistant' ? humanTurns(value) : null
  if (spoken) return spoken
  return [{ role, content: value.trim() }]
}

/** A whole conversation in one text, as Anthropic's HH has it: Human: … Assistant: …, each behind an empty line. */
function humanTurns(text: string): Message[] | null {
  if (!/^\s{0,4}Human: /.test(text)) return null
  const parts = `\n\n${text.trim()}`.split('\n\n')
  const turns: Message[] = []
  for (const part of parts.slice(1)) {
    const [, name = '', said = ''] = /^(Human|Assistant): ?([^]*)$/.exec(part) ?? []
    const last = turns.at(-1)
    if (name !== '') turns.push({ role: name === 'Human' ? 'user' : 'assistant', content: said })
    else if (last) turns[turns.length - 1] = { ...last, content: `${last.content}\n\n${part}` }
  }
  return turns
}

const same = (one: Message, other: Message): boolean =>
  one.role === other.role && one.content.trim() === other.content.trim()
