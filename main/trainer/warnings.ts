// What the curves say that a person should hear: divergence, over-fitting, nothing learnt. A pure function of
// the losses, its state kept in checkpoints, so that a resumed run warns at the same steps.

/** What has been seen of the losses so far. */
export interface CurveState {
  /** losses seen */
  readonly steps: number
  /** moving average of the training loss, not yet corrected for its start at zero */
  readonly average: number
  /** lowest corrected average, and the first one */
  readonly lowest: number | null
  readonly first: number | null
  /** held-out loss before the first update, and the lowest since */
  readonly base: number | null
  readonly best: { readonly step: number; readonly loss: number } | null
  /** sum and number of training losses since the last evaluation */
  readonly sinceSum: number
  readonly sinceCount: number
  /** mean training loss before the best evaluation */
  readonly trainAtBest: number | null
  /** evaluations in a row that looked over-fitted */
  readonly overfittedInRow: number
  /** codes already said: each is said once */
  readonly said: readonly string[]
}

export interface Warning {
  readonly code: 'DIVERGENCE' | 'OVERFITTING' | 'NOTHING_LEARNT' | 'TOO_FAR'
  readonly details: Readonly<Record<string, string>>
}

export interface Seen {
  readonly curve: CurveState
  readonly warning: Warning | null
}

export const freshCurve: CurveState = {
  steps: 0,
  average: 0,
  lowest: null,
  first: null,
  base: null,
  best: null,
  sinceSum: 0,
  sinceCount: 0,
  trainAtBest: null,
  overfittedInRow: 0,
  said: []
}

const decay = 0.9
/** updates before the moving average means anything */
const settled = 10

/** After an update that was not skipped. */
export function seeTraining(curve: CurveState, loss: number): Seen {
  const steps = curve.steps + 1
  const average = decay * curve.average + (1 - decay) * loss
  const next: CurveState = {
    ...curve,
    steps,
    average,
    sinceSum: curve.sinceSum + loss,
    sinceCount: curve.sinceCount + 1
  }
  if (steps < settled) return { curve: next, warning: null }
  const current = average / (1 - decay ** steps)
  const lowest = Math.min(curve.lowest ?? current, current)
  const known: CurveState = { ...next, lowest, first: curve.first ?? current }
  // half as much again and half a nat: noise of small batches stays below, a runaway does not
  const diverged = current > 1.5 * lowest + 0.5
  return say(known, diverged, 'DIVERGENCE', { loss: current.toFixed(3), lowest: lowest.toFixed(3) })
}

/** Before the first update. */
export const seeBase = (curve: CurveState, loss: number): CurveState => ({ ...curve, base: loss })

/** of a loss: where nearly nothing is left of it, a hundredth is no news */
const leastWorse = 0.005

/** After an evaluation of a trained state. */
export function seeEvaluation(curve: CurveState, step: number, loss: number): Seen {
  const train = curve.sinceCount > 0 ? curve.sinceSum / curve.sinceCount : null
  const rest: CurveState = { ...curve, sinceSum: 0, sinceCount: 0 }
  const { best } = curve
  if (best === null ? loss < Infinity : loss < best.loss) {
    const next = { ...rest, best: { step, loss }, trainAtBest: train, overfittedInRow: 0 }
    return { curve: next, warning: null }
  }
  const worse =
    best !== null &&
    loss > best.loss * 1.01 &&
    loss > best.loss + leastWorse &&
    train !== null &&
    train < (curve.trainAtBest ?? -Infinity)
  const overfittedInRow = worse ? curve.overfittedInRow + 1 : 0
  return say({ ...rest, overfittedInRow }, overfittedInRow >= 2, 'OVERFITTING', {
    loss: loss.toFixed(3),
    best: (best?.loss ?? NaN).toFixed(3),
    bestStep: String(best?.step)
  })
}

/** At the end: by the held-out loss where there is one, else by the training loss. */
export function seeEnd(curve: CurveState): Seen {
  const heldOut = curve.base !== null && curve.best !== null
  const before = heldOut ? curve.base : curve.first
  const after = heldOut ? (curve.best?.loss ?? null) : curve.lowest
  // under one per cent
  const nothing = before !== null && after !== null && after > before * 0.99
  return say(curve, nothing, 'NOTHING_LEARNT', {
    before: (before ?? NaN).toFixed(3),
    after: (after ?? NaN).toFixed(3)
  })
}

function say(
  curve: CurveState,
  when: boolean,
  code: Warning['code'],
  details: Readonly<Record<string, string>>
): Seen {
  if (!when || curve.said.includes(code)) return { curve, warning: null }
  return { curve: { ...curve, said: [...curve.said, code] }, warning: { code, details } }
}
