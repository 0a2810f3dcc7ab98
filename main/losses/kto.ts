// KTO (Ethayarajh et al. 2024): single answers that are liked or not. How far the policy has moved for such an answer
// is held against how far it has moved for answers in general, which is an estimate that no gradient goes through.
import { sigmoid } from './logistic'

/** One answer: sums of its log-probabilities over the learnt tokens. */
export interface RatedLogs {
  readonly policy: number
  readonly reference: number
  readonly liked: boolean
}

export interface KtoOptions {
  readonly beta: number
  readonly likedWeight: number
  readonly dislikedWeight: number
}

/** Loss of one answer and its derivative by the policy's sum. */
export interface RatedLoss {
  readonly loss: number
  readonly policy: number
}

/** From answers that belong to other questions: the mean by which the policy says them more readily, 0 at least. */
export function divergence(mismatched: readonly Pick<RatedLogs, 'policy' | 'reference'>[]): number {
  const sum = mismatched.reduce((total, { policy, reference }) => total + policy - reference, 0)
  return mismatched.length === 0 ? 0 : Math.max(0, sum / mismatched.length)
}

export function ktoLoss(
  { policy, reference, liked }: RatedLogs,
  kl: number,
  { beta, likedWeight, dislikedWeight }: KtoOptions
): RatedLoss {
  const sign = liked ? 1 : -1
  const weight = liked ? likedWeight : dislikedWeight
  const value = sigmoid(sign * beta * (policy - reference - kl))
  return { loss: weight * (1 - value), policy: -weight * sign * beta * value * (1 - value) }
}
