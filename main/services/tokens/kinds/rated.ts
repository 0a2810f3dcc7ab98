// An answer that is liked or not in tokens: as the last answer of a conversation. The verdict is added where the tokens
// are cut, which knows the example only by its source: it stands in the whole text's first mark.
import { disliked, liked } from '../../../batches/example-set'
import type { Example } from '../../../contract/records'
import { conversationTokens } from './conversation'
import type { KindTokens } from './kind'

type Rated = Extract<Example, { kind: 'rated' }>

/** What `learnt` holds at the first token, where nothing can be learnt. */
const verdicts = { liked: 3, disliked: 4 } as const

export const ratedTokens: KindTokens<Rated> = {
  comesBack: true,
  texts: ({ messages }) => messages.map(({ content }) => content),

  pieces({ messages, liked: good, source }, wording, ends) {
    const lists = conversationTokens.pieces({ kind: 'conversation', messages, source }, wording, ends)
    const pieces = [...(lists.at(-1) ?? [])]
    // told to `whole` by an empty piece, which becomes no token
    return [[{ text: '', learnt: good }, ...pieces]]
  },

  whole(encoded, lists, wording, ends) {
    const good = lists[0]?.[0]?.learnt ?? false
    return conversationTokens.whole(encoded, lists, wording, ends).map((whole) => {
      const learnt = Uint8Array.from(whole.learnt)
      learnt[0] = good ? verdicts.liked : verdicts.disliked
      return { ...whole, learnt }
    })
  },

  cut(whole, source, marks, limits) {
    const examples = conversationTokens.cut(whole, source, marks, { ...limits, lossOn: 'responses' })
    return examples.map((example) => {
      const labels = Int32Array.from(example.labels)
      labels[0] = whole[0]?.learnt[0] === verdicts.liked ? liked : disliked
      return { ...example, labels }
    })
  },

  shown: (pieces, wording, ends) =>
    conversationTokens.shown(
      pieces.filter(({ text }) => text !== ''),
      wording,
      ends
    )
}
