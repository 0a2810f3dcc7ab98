// The form of a score over texts: each pair of answer and reference gives counts, counts are added over any choice of
// pairs, and the sum has one value. So the same score serves one pair, all of them, and every resampling of them.

export interface TextScore {
  /** of one pair; the same length for every pair */
  readonly counts: (answer: string, reference: string) => readonly number[]
  /** of counts that were added up */
  readonly value: (sums: readonly number[]) => number
}

/** A score that is the mean over the pairs, whatever their length. */
export const meanScore = (of: (answer: string, reference: string) => number): TextScore => ({
  counts: (answer, reference) => [of(answer, reference), 1],
  value: ([sum = 0, pairs = 0]) => (pairs === 0 ? 0 : sum / pairs)
})

export function addUp(counts: Iterable<readonly number[]>): readonly number[] {
  const sums: number[] = []
  for (const one of counts) for (const [at, value] of one.entries()) sums[at] = (sums[at] ?? 0) + value
  return sums
}
