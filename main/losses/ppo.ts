// Proximal policy optimisation (Schulman et al. 2017) of answers with one score at their end, as Ziegler et al. 2019:
// each token pays for its divergence from the reference, a value head says what is still to come, advantages by GAE
// (Schulman et al. 2015), whitened over the batch.
import { clippedSurrogate } from './policy'

/** One answer: numbers of each of its tokens. */
export interface ScoredAnswer {
  /** by the policy that said them, and by the reference */
  readonly old: ArrayLike<number>
  readonly reference: ArrayLike<number>
  /** what the value head said then */
  readonly values: ArrayLike<number>
  readonly score: number
}

export interface PpoOptions {
  readonly divergencePrice: number
  readonly gamma: number
  readonly lambda: number
  readonly clip: number
  readonly valueClip: number
  readonly valueCoefficient: number
}

export interface Credit {
  readonly rewards: Float64Array
  readonly advantages: Float64Array
  readonly returns: Float64Array
}

/** What each token of an answer earned. */
export function creditOf(
  { old, reference, values, score }: ScoredAnswer,
  { divergencePrice, gamma, lambda }: PpoOptions
): Credit {
  const n = old.length
  const [rewards, advantages, returns] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  let after = 0
  for (let t = n - 1; t >= 0; t--) {
    const reward =
      -divergencePrice * ((old[t] as number) - (reference[t] as number)) + (t === n - 1 ? score : 0)
    const next = t === n - 1 ? 0 : (values[t + 1] as number)
    after = reward + gamma * next - (values[t] as number) + gamma * lambda * after
    rewards[t] = reward
    advantages[t] = after
    returns[t] = after + (values[t] as number)
  }
  return { rewards, advantages, returns }
}

/** All tokens of all answers to mean 0 and deviation 1 (with n, and 1e-8 under the root). */
export function whitened(advantages: readonly Float64Array[]): readonly Float64Array[] {
  let [count, sum, squares] = [0, 0, 0]
  for (const own of advantages) for (const value of own) [count, sum] = [count + 1, sum + value]
  const mean = sum / count
  for (const own of advantages) for (const value of own) squares += (value - mean) ** 2
  const by = 1 / Math.sqrt(squares / count + 1e-8)
  return advantages.map((own) => own.map((value) => (value - mean) * by))
}

export interface PpoTokens {
  readonly logs: ArrayLike<number>
  readonly old: ArrayLike<number>
  /** what the value head says now, and what it said then */
  readonly values: ArrayLike<number>
  readonly oldValues: ArrayLike<number>
  readonly advantages: ArrayLike<number>
  readonly returns: ArrayLike<number>
}

export interface PpoLoss {
  /** this answer's parts of the means over all tokens of the update */
  readonly policy: number
  readonly value: number
  /** policy + coefficient * value */
  readonly loss: number
  readonly byLogs: Float64Array
  readonly byValues: Float64Array
}

/** A part of the loss with its slopes by each number that it is of. */
export interface PpoPart {
  readonly loss: number
  readonly slopes: Float64Array
}

/** Of what the model says now; clipped: tokens whose ratio lies beyond the clipping. `tokens`: of all answers of the update. */
export function surrogateLoss(
  logs: ArrayLike<number>,
  { old, advantages }: Pick<PpoTokens, 'old' | 'advantages'>,
  tokens: number,
  { clip }: Pick<PpoOptions, 'clip'>
): PpoPart & { readonly clipped: number } {
  const slopes = new Float64Array(logs.length)
  let [loss, clipped] = [0, 0]
  for (let t = 0; t < logs.length; t++) {
    const ratio = Math.exp((logs[t] as number) - (old[t] as number))
    const surrogate = clippedSurrogate(ratio, advantages[t] as number, clip, clip)
    loss += surrogate.loss / tokens
    slopes[t] = (surrogate.slope * ratio) / tokens
    if (Math.abs(ratio - 1) > clip) clipped++
  }
  return { loss, slopes, clipped }
}

/** Of what the value head says now; the slopes have its coefficient in them. */
export function valueLoss(
  values: ArrayLike<number>,
  { oldValues, returns }: Pick<PpoTokens, 'oldValues' | 'returns'>,
  tokens: number,
  { valueClip, valueCoefficient }: Pick<PpoOptions, 'valueClip' | 'valueCoefficient'>
): PpoPart {
  const slopes = new Float64Array(values.length)
  let loss = 0
  for (let t = 0; t < values.length; t++) {
    const now = values[t] as number
    const before = oldValues[t] as number
    const wanted = returns[t] as number
    const bound = Math.min(Math.max(now, before - valueClip), before + valueClip)
    const [free, held] = [(now - wanted) ** 2, (bound - wanted) ** 2]
    loss += (0.5 * Math.max(free, held)) / tokens
    // a bound value has no derivative; inside the bounds both are one
    slopes[t] = free >= held ? (valueCoefficient * (now - wanted)) / tokens : 0
  }
  return { loss, slopes }
}

/** Both together. */
export function ppoLoss(answer: PpoTokens, tokens: number, options: PpoOptions): PpoLoss {
  const { loss: policy, slopes: byLogs } = surrogateLoss(answer.logs, answer, tokens, options)
  const { loss: value, slopes: byValues } = valueLoss(answer.values, answer, tokens, options)
  return { policy, value, loss: policy + options.valueCoefficient * value, byLogs, byValues }
}
