// What a pair of answers, one of them preferred, costs a policy: DPO and its kin (with a reference), CPO, SimPO and
// ORPO (without). Each is a function of the answers' log-probabilities alone and gives its gradient by them.
// Sources: Rafailov et al. 2023 (sigmoid), Zhao et al. 2023 (hinge), Azar et al. 2023 (ipo, here by the token as TRL
// does), Chowdhury et al. 2024 (robust), D'Oosterlinck et al. 2024 (apo_zero), Ji et al. 2024 (exo_pair), Xu et al. 2024
// (cpo), Meng et al. 2024 (simpo), Hong et al. 2024 (orpo).
import { logSigmoid, sigmoid } from './logistic'

/** Sums over the learnt tokens of each answer. */
export interface PairLogs {
  readonly chosen: number
  readonly rejected: number
  readonly chosenTokens: number
  readonly rejectedTokens: number
}

/** Sums of the same answers by the reference: the model with the adapter off. */
export interface ReferenceLogs {
  readonly chosen: number
  readonly rejected: number
}

/** Loss of one pair, and its derivatives by the two sums. */
export interface PairLoss {
  readonly loss: number
  readonly chosen: number
  readonly rejected: number
}

/** Those that compare the policy with a reference. */
export const referenceLosses = ['sigmoid', 'hinge', 'ipo', 'robust', 'apo_zero', 'exo_pair'] as const
export type ReferenceLoss = (typeof referenceLosses)[number]

export interface PreferenceOptions {
  readonly beta: number
  /** share of pairs that may be the wrong way round, 0 to below 0.5 */
  readonly labelSmoothing: number
}

export function referenceLoss(
  kind: ReferenceLoss,
  pair: PairLogs,
  reference: ReferenceLogs,
  { beta, labelSmoothing: e }: PreferenceOptions
): PairLoss {
  const chosen = pair.chosen - reference.chosen
  const rejected = pair.rejected - reference.rejected
  const x = beta * (chosen - rejected)
  switch (kind) {
    case 'sigmoid':
      return byMargin(smoothed(x, e), beta)
    case 'hinge':
      return byMargin({ loss: Math.max(0, 1 - x), slope: x < 1 ? -1 : 0 }, beta)
    case 'robust': {
      const loss = (-(1 - e) * logSigmoid(x) + e * logSigmoid(-x)) / (1 - 2 * e)
      const slope = (-(1 - e) * sigmoid(-x) - e * sigmoid(x)) / (1 - 2 * e)
      return byMargin({ loss, slope }, beta)
    }
    case 'exo_pair': {
      // a share of nothing has no logarithm
      const share = Math.max(e, 1e-3)
      const [p, q] = [sigmoid(x), sigmoid(-x)]
      const [left, right] = [logSigmoid(x) - Math.log(1 - share), logSigmoid(-x) - Math.log(share)]
      return byMargin({ loss: p * left + q * right, slope: p * q * (left - right) }, beta)
    }
    case 'ipo': {
      const off = chosen / pair.chosenTokens - rejected / pair.rejectedTokens - 1 / (2 * beta)
      return {
        loss: off * off,
        chosen: (2 * off) / pair.chosenTokens,
        rejected: (-2 * off) / pair.rejectedTokens
      }
    }
    case 'apo_zero': {
      const [c, r] = [sigmoid(beta * chosen), sigmoid(beta * rejected)]
      return { loss: 1 - c + r, chosen: -beta * c * (1 - c), rejected: beta * r * (1 - r) }
    }
  }
}

export interface PlainOptions extends PreferenceOptions {
  readonly kind: 'sigmoid' | 'hinge' | 'simpo'
  /** the margin that SimPO asks for */
  readonly gamma: number
}

/** CPO's and SimPO's part without a reference. */
export function plainLoss(pair: PairLogs, { kind, beta, labelSmoothing, gamma }: PlainOptions): PairLoss {
  const byToken = kind === 'simpo'
  const [perChosen, perRejected] = byToken ? [1 / pair.chosenTokens, 1 / pair.rejectedTokens] : [1, 1]
  const margin = beta * (pair.chosen * perChosen - pair.rejected * perRejected)
  const x = byToken ? margin - gamma : margin
  const { loss, slope } =
    kind === 'hinge' ? { loss: Math.max(0, 1 - x), slope: x < 1 ? -1 : 0 } : smoothed(x, labelSmoothing)
  return { loss, chosen: slope * beta * perChosen, rejected: -slope * beta * perRejected }
}

/** ORPO's part beside its likelihood: the odds of the chosen answer over those of the other, by the token. */
export function oddsLoss(pair: PairLogs, beta: number): PairLoss {
  const chosen = pair.chosen / pair.chosenTokens
  const rejected = pair.rejected / pair.rejectedTokens
  // log p - log(1 - p)
  const odds = (log: number): number => log - Math.log(-Math.expm1(log))
  const x = odds(chosen) - odds(rejected)
  // derivative of the odds by log p: 1 / (1 - p)
  const slope = -beta * sigmoid(-x)
  return {
    loss: -beta * logSigmoid(x),
    chosen: slope / -Math.expm1(chosen) / pair.chosenTokens,
    rejected: -slope / -Math.expm1(rejected) / pair.rejectedTokens
  }
}

interface OfMargin {
  readonly loss: number
  /** derivative by beta times the margin */
  readonly slope: number
}

const smoothed = (x: number, e: number): OfMargin => ({
  loss: -(1 - e) * logSigmoid(x) - e * logSigmoid(-x),
  slope: -(1 - e) * sigmoid(-x) + e * sigmoid(x)
})

const byMargin = ({ loss, slope }: OfMargin, beta: number): PairLoss => ({
  loss,
  chosen: slope * beta,
  rejected: -slope * beta
})
