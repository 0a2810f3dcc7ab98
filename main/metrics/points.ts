// How well points tell the preferred reply of a pair: from what both were given. Pure.
import { rewardLoss } from '../losses/reward'
import { wonOver } from './wins'

/** What both replies of a pair are given. */
export interface Points {
  readonly chosen: number
  readonly rejected: number
}

/** From the scores of the preferred replies of all pairs, and then of all others. */
export function pointsOf(scores: ArrayLike<number>): readonly Points[] {
  const half = scores.length / 2
  return Array.from({ length: half }, (_, i) => ({
    chosen: scores[i] as number,
    rejected: scores[half + i] as number
  }))
}

type PointFigure = 'loss' | 'pointAccuracy' | 'pointMargin' | 'pointsChosen' | 'pointsRejected'

/** Means over the pairs. */
export function pointFigures(pairs: readonly Points[]): Readonly<Record<PointFigure, number>> {
  const mean = (of: (pair: Points) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
  return {
    loss: mean(({ chosen, rejected }) => rewardLoss(chosen, rejected).loss),
    pointAccuracy: mean(({ chosen, rejected }) => wonOver(chosen, rejected)),
    pointMargin: mean(({ chosen, rejected }) => chosen - rejected),
    pointsChosen: mean(({ chosen }) => chosen),
    pointsRejected: mean(({ rejected }) => rejected)
  }
}
