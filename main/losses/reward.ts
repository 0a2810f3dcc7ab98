// A reward model learns that the preferred answer of a pair scores higher (Bradley and Terry 1952).
import { logSigmoid, sigmoid } from './logistic'

export interface ScorePairLoss {
  readonly loss: number
  readonly chosen: number
  readonly rejected: number
}

export function rewardLoss(chosen: number, rejected: number): ScorePairLoss {
  const slope = -sigmoid(rejected - chosen)
  return { loss: -logSigmoid(chosen - rejected), chosen: slope, rejected: -slope }
}
