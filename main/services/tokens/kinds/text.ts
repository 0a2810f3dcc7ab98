// A plain text in tokens: learnt whole; a longer one goes on in further examples.
import type { Example } from '../../../contract/records'
import { tooShort } from '../unlearnable'
import { textWindows } from '../text-windows'
import { isLearnt, notLearnt, type KindTokens } from './kind'

export const textTokens: KindTokens<Extract<Example, { kind: 'text' }>> = {
  comesBack: true,
  texts: ({ text }) => [text],

  pieces: ({ text }) => [[{ text, learnt: true }]],

  whole: (encoded) => encoded,

  cut(whole, source, marks, { maxSeqLength: maxLength }) {
    const ids = whole[0]?.tokens ?? new Int32Array()
    const windows = textWindows(ids, { ...marks, maxLength }).map((tokens) => {
      // nothing comes before the first token, so it cannot be predicted
      const labels = tokens.map((id, at) => (at > 0 ? id : notLearnt))
      return { tokens, labels, source, cut: 0 }
    })
    if (ids.length === 0 || !windows.some(isLearnt)) throw tooShort()
    return windows
  },

  shown(pieces, { tokenizer, bosToken, eosToken }) {
    const known = (token: string | null, learnt: boolean): { text: string; learnt: boolean }[] =>
      token !== null && tokenizer.idOf(token) !== null ? [{ text: token, learnt }] : []
    return [...known(bosToken, false), ...pieces, ...known(eosToken, true)]
  }
}
