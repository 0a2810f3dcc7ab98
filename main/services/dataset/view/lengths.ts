// How long the examples are in tokens of a model, as a histogram, and how many would be cut at a limit.
import type { GoalRow } from '../../../contract/goals'
import type { Example } from '../../../contract/records'
import type { TokenHistogram } from '../../../contract/window/data'
import { exampleKinds } from '../kinds'
import { kindNumbers } from '../kept/kept-index'
import type { LongestLengths } from './longest-up-to'
import type { SetLengths } from './set-lengths'

export interface Length {
  readonly tokens: number
  /** it is cut there, and does not go on behind it */
  readonly endsAtLimit: boolean
}

/** What is learnt from. */
type Learnt = Pick<GoalRow, 'examples'>
const isLearnt = ({ examples }: Learnt): readonly boolean[] =>
  kindNumbers.map((kind) => examples.includes(kind))

/** Of every example that is and can be learnt, uncut: the longest where it becomes several texts or has several replies. */
export function longestOf({ kinds, longest }: SetLengths, learnt: Learnt): readonly Length[] {
  const all: Length[] = []
  const isWanted = isLearnt(learnt)
  for (let at = 0; at < kinds.length; at++) {
    if (!isWanted[kinds[at] as number]) continue
    const tokens = longest[at] as number
    if (tokens === 0) continue
    const { endsAtLimit } = exampleKinds[kindNumbers[kinds[at] as number] as Example['kind']]
    all.push({ tokens, endsAtLimit })
  }
  return all
}

const mostBins = 24

export function histogramOf(lengths: readonly Length[], maxSeqLength: number): TokenHistogram {
  const sorted = Uint32Array.from(lengths, ({ tokens }) => tokens).sort()
  const longest = sorted.at(-1) ?? 0
  const width = binWidth(longest, maxSeqLength)
  // a length on the border belongs to the bar below it: at the limit nothing is cut
  const barOf = (length: number): number => Math.max(0, Math.ceil(length / width) - 1)
  const counts = Array<number>(barOf(longest) + 1).fill(0)
  for (const length of sorted) counts[barOf(length)]!++
  return {
    bins: counts.map((examples, i) => ({ from: i * width, to: (i + 1) * width, examples })),
    longest,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    total: sorted.reduce((sum, length) => sum + length, 0),
    maxSeqLength,
    cutExamples: lengths.filter(({ tokens, endsAtLimit }) => endsAtLimit && tokens > maxSeqLength).length
  }
}

/** A part or a multiple of the limit, so that the limit stands between two bars. */
function binWidth(longest: number, maxSeqLength: number): number {
  if (longest > mostBins * maxSeqLength) return maxSeqLength * Math.ceil(longest / maxSeqLength / mostBins)
  let width = maxSeqLength
  while (width % 2 === 0 && (2 * longest) / width <= mostBins) width /= 2
  return width
}

/** Places in the order of the set of those that end at the limit and are cut there. */
export function tooLong(
  { kinds, longest }: LongestLengths,
  learnt: Learnt,
  maxSeqLength: number
): Uint32Array {
  const places: number[] = []
  const isWanted = isLearnt(learnt)
  for (let at = 0; at < kinds.length; at++) {
    const { endsAtLimit } = exampleKinds[kindNumbers[kinds[at] as number] as Example['kind']]
    if (isWanted[kinds[at] as number] && endsAtLimit && (longest[at] as number) > maxSeqLength)
      places.push(at)
  }
  return Uint32Array.from(places)
}
