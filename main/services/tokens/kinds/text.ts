// A plain text in tokens: learnt whole; a longer one goes on in further examples. What is a part of a document is not
// taught to end where the part does.
import type { Example } from '../../../contract/records'
import { tooShort } from '../unlearnable'
import { textWindows } from '../text-windows'
import type { Piece } from '../pieces'
import { isLearnt, notLearnt, type KindTokens } from './kind'

/** What `learnt` holds at the first token, where nothing can be learnt, of a part whose document goes on. */
const goingOn = 3

export const textTokens: KindTokens<Extract<Example, { kind: 'text' }>> = {
  comesBack: true,
  texts: ({ text }) => [text],

  // told to `whole` by an empty piece, which becomes no token
  pieces: ({ text, goesOn }) => [[...(goesOn ? [{ text: '', learnt: true }] : []), { text, learnt: true }]],

  whole: (encoded, lists) =>
    encoded.map((one, at) => {
      if (!goesOn(lists[at]) || one.learnt.length === 0) return one
      const learnt = Uint8Array.from(one.learnt)
      learnt[0] = goingOn
      return { tokens: one.tokens, learnt }
    }),

  cut(whole, source, marks, { maxSeqLength: maxLength }) {
    const ids = whole[0]?.tokens ?? new Int32Array()
    const end = whole[0]?.learnt[0] === goingOn ? null : marks.end
    const windows = textWindows(ids, { begin: marks.begin, end, maxLength }).map((tokens) => {
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
    const said = pieces.filter(({ text }) => text !== '')
    return [...known(bosToken, false), ...said, ...(goesOn(pieces) ? [] : known(eosToken, true))]
  }
}

const goesOn = (pieces: readonly Piece[] | undefined): boolean => pieces?.[0]?.text === ''
