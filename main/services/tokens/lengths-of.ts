// The lengths of examples whose tokens were made: of each text that one becomes, uncut. Pure.
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { cutOne, type EncodeOptions } from './cut'
import type { Outcome } from './kinds/kind'
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
  examples.forEach((example, i) => {
    const cut = cutOne(example, outcomes[i] ?? [], { modelText, ...uncut })
    if (!(cut instanceof NeiroError)) for (const { tokens } of cut) lengths.push(tokens.length)
    starts[i + 1] = lengths.length
  })
  return { starts, lengths: Uint32Array.from(lengths) }
}
