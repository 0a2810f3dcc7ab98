// A text that is sorted: as the tokenizer itself marks a whole text ([CLS] … [SEP]), cut like Transformers does, inside
// of these marks. Nothing of it is said, so no token is learnt.
import type { Example } from '../../../contract/records'
import { NeiroError } from '../../../contract/errors'
import { tooShort } from '../unlearnable'
import { notLearnt, type KindTokens } from './kind'

export const labelledTokens: KindTokens<Extract<Example, { kind: 'labelled' }>> = {
  comesBack: false,
  texts: ({ text }) => [text],

  pieces: ({ text }) => [[{ text, learnt: false }]],

  whole: (encoded) => encoded,

  cut(whole, source, { around, unknown }, { maxSeqLength }) {
    const ids = whole[0]?.tokens ?? new Int32Array()
    if (ids.length === 0) throw tooShort()
    if (ids.every((id) => id === unknown)) throw new NeiroError('UNKNOWN_TEXT')
    const { before, behind } = around
    const room = Math.max(1, maxSeqLength - before.length - behind.length)
    const tokens = Int32Array.from([...before, ...ids.subarray(0, room), ...behind])
    const labels = new Int32Array(tokens.length).fill(notLearnt)
    return [{ tokens, labels, source, cut: Math.max(0, ids.length - room) }]
  },

  shown: (pieces) => pieces
}
