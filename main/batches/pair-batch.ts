// Pairs of answers in one batch: which rows it holds of each example.
import type { Batch } from '../../addon/index'
import { batchOf, otherAnswer, type ExampleSet } from './example-set'

/** First the preferred answers of all pairs, then the others. */
export interface PairBatch extends Batch {
  readonly set: ExampleSet
  readonly examples: readonly number[]
}

export function layPairs(set: ExampleSet, examples: readonly number[]): PairBatch {
  const laid = batchOf(set, examples)
  const rows: { readonly chosen: [number, number]; readonly rejected: [number, number] }[] = []
  let at = 0
  for (const length of laid.lengths) {
    const middle = laid.labels.indexOf(otherAnswer, at)
    rows.push({ chosen: [at, middle], rejected: [middle, at + length] })
    at += length
  }
  const places = [...rows.map(({ chosen }) => chosen), ...rows.map(({ rejected }) => rejected)]
  const joined = (values: Int32Array): Int32Array => {
    const all = new Int32Array(values.length)
    let next = 0
    for (const [from, to] of places) {
      all.set(values.subarray(from, to), next)
      next += to - from
    }
    return all
  }
  return {
    tokens: joined(laid.tokens),
    // the mark is for us alone
    labels: joined(laid.labels).map((label) => (label === otherAnswer ? -100 : label)),
    lengths: Int32Array.from(places, ([from, to]) => to - from),
    set,
    examples
  }
}
