// The lengths of examples where only those matter that are longer than a limit: of a text that surely is not, what it has at the
// most stands in their place, and its tokens are never made.
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { orError } from './cut'
import { tokensOf } from './kinds'
import type { Wording } from './kinds/kind'
import { joinedLengths, noLengths, type Lengths } from './lengths'
import { endsOf } from './turn-end'

/** what a kind may put around a text */
const around = 8

/** exact: the lengths of examples by their tokens */
export async function lengthsUpTo(
  examples: readonly Example[],
  limit: number,
  wording: Wording,
  exact: (some: readonly Example[]) => Promise<Lengths>
): Promise<Lengths> {
  const ends = endsOf(wording.tokenizer)
  const most = examples.map((example) => mostOf(example, limit, wording, ends))
  const long = await exact(examples.filter((_, i) => most[i] === null))
  let next = 0
  return joinedLengths(
    most.map((known) => {
      if (known) return known
      const [from, to] = [long.starts[next] as number, long.starts[++next] as number]
      return {
        starts: Uint32Array.of(0, to - from),
        lengths: long.lengths.subarray(from, to),
        longest: long.longest.subarray(next - 1, next)
      }
    })
  )
}

/** Null where it may be longer than the limit. */
function mostOf(example: Example, limit: number, wording: Wording, ends: readonly string[]): Lengths | null {
  const { mostTokens } = wording.tokenizer
  if (!mostTokens) return null
  const lists = orError(() => tokensOf(example).pieces(example, wording, ends))
  if (lists instanceof NeiroError) return noLengths
  const lengths = lists.map((pieces) => pieces.reduce((sum, { text }) => sum + mostTokens.of(text), around))
  if (lengths.some((length) => length > limit)) return null
  return {
    starts: Uint32Array.of(0, lengths.length),
    lengths: Uint32Array.from(lengths),
    longest: Uint32Array.of(lengths.reduce((longest, length) => Math.max(longest, length), 0))
  }
}
