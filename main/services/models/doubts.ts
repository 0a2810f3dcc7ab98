// What of a model is only half known, and goes on all the same: said where the model is chosen and before it is
// trained, in sentences. Pure.
import type { ModelInfo } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { Model } from './read-model'
import type { Marks } from '../tokens/kinds/kind'

const shown = 6

/** head: what it is to do; who only reads needs no end of an answer and is asked by no template. */
export function doubtsOf(
  { unreadTensors: unread }: ModelInfo,
  marks: Marks,
  { hasOtherTemplate, halfFollowed }: Pick<Model, 'hasOtherTemplate' | 'halfFollowed'>,
  head: 'language' | 'score'
): readonly NeiroError[] {
  return [
    ...(hasOtherTemplate && head === 'language' ? [new NeiroError('TEMPLATES_DISAGREE')] : []),
    ...(unread.length > 0
      ? [new NeiroError('UNREAD_TENSORS', { count: String(unread.length), tensors: listed(unread) })]
      : []),
    ...halfFollowed.always,
    ...(isReadOtherwise(marks, halfFollowed) ? [new NeiroError('SPACES_READ_OTHERWISE')] : []),
    ...(head === 'score' ? [] : [...halfFollowed.answering, ...answering(marks)])
  ]
}

/** Transformers would give other tokens for the same text. */
export const isReadOtherwise = (
  { spaces }: Pick<Marks, 'spaces'>,
  { spaces: ofClass }: Pick<Model['halfFollowed'], 'spaces'>
): boolean => spaces !== undefined && ofClass !== null && spaces !== ofClass

function answering(marks: Marks): readonly NeiroError[] {
  return [
    ...(marks.strays.length > 0 ? [new NeiroError('MARKS_NOT_TOKENS', { marks: listed(marks.strays) })] : []),
    ...(marks.leftOut?.includes('system') ? [new NeiroError('SYSTEM_NOT_SEEN')] : []),
    ...(marks.leftOut?.includes('earlier') ? [new NeiroError('EARLIER_NOT_SEEN')] : []),
    ...(marks.turnEnd === null ? [new NeiroError('END_NEVER_LEARNT')] : [])
  ]
}

const listed = (names: readonly string[]): string =>
  names.slice(0, shown).join(', ') + (names.length > shown ? ', …' : '')
