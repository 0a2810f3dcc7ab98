// BLEU (Papineni et al. 2002) as sacreBLEU 2 counts it: up to four words in a row, exponential smoothing of orders
// without a hit, brevity penalty. 0..100.
import { divide, type BleuTokens } from './bleu-tokens'
import { commonOf, ngramsOf } from './ngrams'
import { addUp, type TextScore } from './text-score'

const orders = [1, 2, 3, 4] as const

export interface Bleu {
  readonly score: number
  /** of each order, percent */
  readonly precisions: readonly number[]
  readonly brevityPenalty: number
}

/** Hits and runs of each order, then the lengths of answer and reference. */
export function bleuCounts(answer: string, reference: string, tokens: BleuTokens): readonly number[] {
  const [said, given] = [divide[tokens](answer), divide[tokens](reference)]
  const of = orders.map((order) => commonOf(ngramsOf(said, order), ngramsOf(given, order)))
  const all = orders.map((order) => Math.max(0, said.length - order + 1))
  return [...of, ...all, said.length, given.length]
}

/** `effectiveOrder`: orders that an answer is too short for do not count; meant for a single pair. */
export function bleuOf(counts: readonly number[], { effectiveOrder = false } = {}): Bleu {
  const hits = counts.slice(0, 4)
  const all = counts.slice(4, 8)
  const [said = 0, given = 0] = counts.slice(8)
  const brevityPenalty = said >= given ? 1 : said > 0 ? Math.exp(1 - given / said) : 0
  const precisions = [0, 0, 0, 0]
  if (hits.every((hit) => hit === 0)) return { score: 0, precisions, brevityPenalty }
  let used: number = orders.length
  let smooth = 1
  for (const [at, total] of all.entries()) {
    if (total === 0) break
    if (effectiveOrder) used = at + 1
    const hit = hits[at] ?? 0
    if (hit === 0) smooth *= 2
    precisions[at] = hit === 0 ? 100 / (smooth * total) : (100 * hit) / total
  }
  const log = (value: number): number => (value === 0 ? -9_999_999_999 : Math.log(value))
  const mean = precisions.slice(0, used).reduce((sum, one) => sum + log(one), 0) / used
  return { score: brevityPenalty * Math.exp(mean), precisions, brevityPenalty }
}

export const bleu = (tokens: BleuTokens): TextScore => ({
  counts: (answer, reference) => bleuCounts(answer, reference, tokens),
  value: (sums) => bleuOf(sums).score
})

/** Of one pair. */
export const sentenceBleu = (answer: string, reference: string, tokens: BleuTokens): number =>
  bleuOf(addUp([bleuCounts(answer, reference, tokens)]), { effectiveOrder: true }).score
