// Two answers to one prompt in tokens: each rendered and cut as the last answer of a conversation, the preferred one
// first; the mark where the other begins keeps them apart.
import { otherAnswer } from '../../../batches/example-set'
import type { Example } from '../../../contract/records'
import { answered } from '../answered'
import { cutOff } from '../unlearnable'
import { conversationTokens } from './conversation'
import type { EncodedExample, KindTokens } from './kind'

type Preference = Extract<Example, { kind: 'preference' }>

const conversationOf = (
  { messages, source }: Preference,
  content: string
): Extract<Example, { kind: 'conversation' }> => ({
  kind: 'conversation',
  messages: answered(messages, content),
  source
})

export const preferenceTokens: KindTokens<Preference> = {
  comesBack: true,
  texts: ({ messages, chosen, rejected }) => [...messages.map(({ content }) => content), chosen, rejected],

  // what is shown of an example is the last: the preferred answer
  pieces: (example, wording, ends) =>
    [example.rejected, example.chosen].map((answer) => {
      const lists = conversationTokens.pieces(conversationOf(example, answer), wording, ends)
      return [...(lists.at(-1) ?? [])]
    }),

  whole: conversationTokens.whole,

  cut([rejected, chosen], source, marks, limits) {
    if (!rejected || !chosen) throw cutOff(limits.maxSeqLength)
    const only = { ...limits, lossOn: 'responses' as const }
    const one = (whole: typeof chosen): EncodedExample => {
      const [first] = conversationTokens.cut([whole], source, marks, only)
      if (!first) throw cutOff(limits.maxSeqLength)
      return first
    }
    const [better, worse] = [one(chosen), one(rejected)]
    const labels = Int32Array.from([...better.labels, ...worse.labels])
    labels[better.labels.length] = otherAnswer
    return [
      {
        tokens: Int32Array.from([...better.tokens, ...worse.tokens]),
        labels,
        source,
        cut: better.cut + worse.cut
      }
    ]
  },

  shown: conversationTokens.shown
}
