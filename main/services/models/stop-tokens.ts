// The token ids at which an answer ends: what the model's files say, and the end-of-turn marks of chat
// templates that some of them forget.
import type { Model } from './read-model'

export const endOfTurn = [
  '<|im_end|>',
  '<|eot_id|>',
  '<|end|>',
  '<|eom_id|>',
  '<end_of_turn>',
  '<|endoftext|>',
  '</s>'
]

export function stopTokensOf(
  model: Pick<Model, 'eosTokenIds' | 'specialTokens' | 'chatTemplate'>,
  idOf: (token: string) => number | null
): readonly number[] {
  const template = model.chatTemplate ?? ''
  const marks = endOfTurn.filter((mark) => template.includes(mark))
  const eos = model.specialTokens['eos_token']
  const named = [...marks, ...(eos === undefined ? [] : [eos])].map(idOf).filter((id) => id !== null)
  return [...new Set([...model.eosTokenIds, ...named])]
}
