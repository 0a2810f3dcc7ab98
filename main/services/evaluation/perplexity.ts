// Perplexity of one long text through a sliding window, counted as in the Transformers guide "Perplexity of
// fixed-length models": each window predicts only the tokens that the window before it did not reach.

/** Negative log-likelihood summed over the learnt tokens of one window (labels of -100 are not learnt). */
export type WindowNll = (window: {
  readonly tokens: Int32Array
  readonly labels: Int32Array
}) => Promise<{ readonly nllSum: number; readonly learntTokens: number }>

export interface SlidingPerplexity {
  readonly perplexity: number
  /** tokens that were predicted */
  readonly tokens: number
}

/** `stride` at most `maxLength`; the smaller it is, the more context each token has, and the longer it takes. */
export async function slidingPerplexity(
  tokens: Int32Array,
  maxLength: number,
  stride: number,
  nllOf: WindowNll
): Promise<SlidingPerplexity> {
  let nllSum = 0
  let predicted = 0
  let reached = 0
  for (let begin = 0; begin < tokens.length; begin += stride) {
    const end = Math.min(begin + maxLength, tokens.length)
    const window = tokens.subarray(begin, end)
    const labels = Int32Array.from(window)
    // tokens that an earlier window predicted are context here
    labels.fill(-100, 0, reached - begin)
    const result = await nllOf({ tokens: window, labels })
    nllSum += result.nllSum
    predicted += result.learntTokens
    reached = end
    if (end === tokens.length) break
  }
  return { perplexity: Math.exp(nllSum / predicted), tokens: predicted }
}
