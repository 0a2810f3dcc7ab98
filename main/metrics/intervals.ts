// How sure a figure is: Wilson's interval of a share, and the paired bootstrap of a difference (Efron 1979, percentiles;
// Koehn 2004 for scores of texts). Everything is repeatable: the same rows give the same interval.
import type { Difference, Interval } from '../contract/evaluation'
import { randomFrom } from '../batches/shuffle'
import type { TextScore } from './text-score'

/** quantile of the normal distribution that leaves 95 % in the middle */
const z95 = 1.959963984540054

/** of 95 % */
const mayBeWrong = 0.05

/** 95 %, of a share 0..1 (Wilson 1927). Nothing was seen: everything is possible. */
export function wilson(hits: number, total: number, z = z95): Interval {
  if (total === 0) return { low: 0, high: 1 }
  const share = hits / total
  const scale = 1 + (z * z) / total
  const middle = (share + (z * z) / (2 * total)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** Counts of one item under one candidate, as a score takes them. */
export type Counts = readonly number[]

export const resamples = 1000
/** more of them where an interval is so wide that few draws lie outside of it */
const wideResamples = 3000

/** 95 % of a score itself over items drawn again: less nothing. */
export function ownBootstrap(
  counts: readonly Counts[],
  value: TextScore['value'],
  pause?: () => Promise<void>
): Promise<Difference> {
  const nothing = counts.map((one) => one.map(() => 0))
  const ofSums: TextScore['value'] = (sums) => (sums.every((sum) => sum === 0) ? 0 : value(sums))
  return pairedBootstrap(nothing, counts, ofSums, pause && { pause })
}

/** 95 % of what `second` less `first` is over items drawn again, the same items for both. `pause` is called now and
 *  then, for whoever must not be held up. */
export async function pairedBootstrap(
  first: readonly Counts[],
  second: readonly Counts[],
  value: TextScore['value'],
  {
    together = 1,
    draws = together > 1 ? wideResamples : resamples,
    seed = 17,
    pause
  }: {
    draws?: number
    seed?: number
    pause?: () => Promise<void>
    /** so many scores decide together: each may be wrong as much less often (Bonferroni) */
    together?: number
  } = {}
): Promise<Difference> {
  if (first.length !== second.length) throw new RangeError('the same items for both')
  const random = randomFrom(seed)
  const draw = (limit: number): number => Math.floor((random() / 2 ** 32) * limit)
  const width = first[0]?.length ?? 0
  const [a, b] = [flat(first, width), flat(second, width)]
  const found = new Float64Array(draws)
  for (let at = 0; at < draws; at++) {
    const [ofA, ofB] = [new Float64Array(width), new Float64Array(width)]
    for (let i = 0; i < first.length; i++) {
      const from = draw(first.length) * width
      for (let j = 0; j < width; j++) {
        ofA[j] = (ofA[j] ?? 0) + (a[from + j] ?? 0)
        ofB[j] = (ofB[j] ?? 0) + (b[from + j] ?? 0)
      }
    }
    found[at] = value(Array.from(ofB)) - value(Array.from(ofA))
    if (at % 50 === 49) await pause?.()
  }
  found.sort()
  const difference = value(sums(b, width)) - value(sums(a, width))
  const within = (wrong: number): Interval => ({
    low: quantile(found, wrong / 2),
    high: quantile(found, 1 - wrong / 2)
  })
  const own = { difference, ...within(mayBeWrong) }
  return together > 1 ? { ...own, together: within(mayBeWrong / together) } : own
}

/** As NumPy's percentile: linear between the two nearest. Of sorted values. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN]
  return low + (high - low) * (at - Math.floor(at))
}

function flat(rows: readonly Counts[], width: number): Float64Array {
  const all = new Float64Array(rows.length * width)
  for (const [at, row] of rows.entries()) all.set(row, at * width)
  return all
}

function sums(values: Float64Array, width: number): readonly number[] {
  const all = new Array<number>(width).fill(0)
  for (const [at, value] of values.entries()) all[at % width] = (all[at % width] ?? 0) + value
  return all
}
