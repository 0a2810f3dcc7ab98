// What answers that the policy gave itself cost it, once their advantages are known: GRPO and its kin (Shao et al. 2024;
// DAPO, Yu et al. 2025; Dr. GRPO, Liu et al. 2025; GSPO, Zheng et al. 2025) and RLOO (Ahmadian et al. 2024). The ratio to
// the policy that gave the answer is clipped; as TRL computes it.

/** One answer: numbers of each of its tokens. */
export interface Told {
  readonly logs: ArrayLike<number>
  /** by the policy that said them; the same numbers where it is the same */
  readonly old: ArrayLike<number>
  /** by the reference; needed where a divergence is charged */
  readonly reference?: ArrayLike<number> | undefined
  readonly advantage: number
}

/** grpo: each answer weighs alike; bnpo and dapo: each token; dr_grpo: each token, by the longest answer allowed */
export type PolicyLoss = 'grpo' | 'bnpo' | 'dapo' | 'dr_grpo'

export interface PolicyOptions {
  readonly loss: PolicyLoss
  readonly clipLow: number
  readonly clipHigh: number
  /** price of the divergence from the reference (k3, Schulman 2020), by the token */
  readonly beta: number
  /** the divergence weighed by the ratio, which makes its gradient right off the policy */
  readonly correctedDivergence: boolean
  /** sequence: one ratio for the whole answer, the mean of its tokens' logarithms (GSPO) */
  readonly ratioOf: 'token' | 'sequence'
  /** longest answer allowed, for dr_grpo */
  readonly mostTokens: number
}

/** What the sum over tokens is divided by, for all answers of an update. */
export interface UpdateSize {
  readonly answers: number
  readonly tokens: number
}

export interface AnswerLoss {
  /** this answer's part of the mean over the update */
  readonly loss: number
  /** derivative by each token's logarithm */
  readonly gradient: Float64Array
  /** sum over tokens of the estimate of the divergence; 0 without a reference */
  readonly divergence: number
  /** tokens whose ratio was clipped */
  readonly clipped: number
}

export function policyLoss(told: Told, size: UpdateSize, options: PolicyOptions): AnswerLoss {
  const { logs, old, reference, advantage } = told
  const n = logs.length
  const weight = weightOf(n, size, options)
  const gradient = new Float64Array(n)
  const bySequence = options.ratioOf === 'sequence'
  let whole = 0
  for (let t = 0; t < n; t++) whole += ((logs[t] as number) - (old[t] as number)) / n
  let [loss, divergence, clipped, shared] = [0, 0, 0, 0]
  for (let t = 0; t < n; t++) {
    const log = logs[t] as number
    const ratio = Math.exp(bySequence ? whole : log - (old[t] as number))
    const surrogate = clippedSurrogate(ratio, advantage, options.clipLow, options.clipHigh)
    let value = surrogate.loss
    // derivative by the ratio's logarithm
    let byRatio = surrogate.slope * ratio
    if (surrogate.slope === 0 && advantage !== 0) clipped++
    if (reference) {
      const apart = (reference[t] as number) - log
      const k3 = Math.expm1(apart) - apart
      divergence += k3
      const charged = options.correctedDivergence ? ratio : 1
      value += options.beta * k3 * charged
      gradient[t] = weight * options.beta * charged * -Math.expm1(apart)
      if (options.correctedDivergence) byRatio += options.beta * k3 * ratio
    }
    loss += weight * value
    if (bySequence) shared += weight * byRatio
    else gradient[t] = (gradient[t] as number) + weight * byRatio
  }
  if (bySequence) for (let t = 0; t < n; t++) gradient[t] = (gradient[t] as number) + shared / n
  return { loss, gradient, divergence, clipped }
}

/** One answer of which the policy that said it is remembered as one sum. */
export interface ToldWhole {
  readonly logs: ArrayLike<number>
  readonly old: number
  readonly advantage: number
}

export interface SequenceOptions {
  readonly clipLow: number
  readonly clipHigh: number
}

/** RLOO: one ratio for the whole answer, the product of its tokens'. */
export function sequenceLoss(
  { logs, old, advantage }: ToldWhole,
  answers: number,
  { clipLow, clipHigh }: SequenceOptions
): AnswerLoss {
  let sum = 0
  for (let t = 0; t < logs.length; t++) sum += logs[t] as number
  const ratio = Math.exp(sum - old)
  const { loss, slope } = clippedSurrogate(ratio, advantage, clipLow, clipHigh)
  return {
    loss: loss / answers,
    gradient: new Float64Array(logs.length).fill((slope * ratio) / answers),
    divergence: 0,
    clipped: slope === 0 && advantage !== 0 ? logs.length : 0
  }
}

/** -min(ratio A, clip(ratio) A), and its derivative by the ratio. */
export function clippedSurrogate(
  ratio: number,
  advantage: number,
  low: number,
  high: number
): { readonly loss: number; readonly slope: number } {
  const free = ratio * advantage
  const bound = Math.min(Math.max(ratio, 1 - low), 1 + high) * advantage
  return free <= bound ? { loss: -free, slope: -advantage } : { loss: -bound, slope: 0 }
}

function weightOf(tokens: number, size: UpdateSize, { loss, mostTokens }: PolicyOptions): number {
  switch (loss) {
    case 'grpo':
      return 1 / (tokens * size.answers)
    case 'bnpo':
    case 'dapo':
      return 1 / size.tokens
    case 'dr_grpo':
      return 1 / (size.answers * mostTokens)
  }
}
