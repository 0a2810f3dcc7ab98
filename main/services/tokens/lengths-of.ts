// The lengths of examples whose tokens were made: of each text that one becomes, uncut. Pure.
import { otherAnswer } from '../../batches/example-set'
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { cutOne, type EncodeOptions } from './cut'
import type { EncodedExample, Outcome } from './kinds/kind'
import type { Lengths } from './lengths'

/** longer than any text */
const maxSeqLength = 2 ** 30

export const uncut = { maxSeqLength, lossOn: 'responses' } as const

export function lengthsOf(
  examples: readonly Example[],
  outcomes: readonly Outcome[],
  { modelText }: Pick<EncodeOptions, 'modelText'>
): Lengths {
  const starts = new Uint32Array(examples.length + 1)
  const lengths: number[] = []
  const longest = new Uint32Array(examples.length)
  examples.forEach((example, i) => {
    const cut = cutOne(example, outcomes[i] ?? [], { modelText, ...uncut })
    if (!(cut instanceof NeiroError))
      for (const one of cut) {
        lengths.push(one.tokens.length)
        longest[i] = Math.max(longest[i] as number, longerReply(one))
      }
    starts[i + 1] = lengths.length
  })
  return { starts, lengths: Uint32Array.from(lengths), longest }
}

/** Each of two replies is rendered and cut with what was asked. */
function longerReply({ tokens, labels }: EncodedExample): number {
  const middle = labels.indexOf(otherAnswer)
  return middle < 0 ? tokens.length : Math.max(middle, tokens.length - middle)
}
