// Where a run stands between two updates, beside weights and optimizer: what a checkpoint keeps as loop.json.
// Nothing in it depends on time.
import { freshPatience, type Patience } from './early-stopping'
import { freshCurve, type CurveState } from './warnings'

export interface LoopState {
  readonly version: 1
  /** updates done, skipped ones included */
  readonly step: number
  /** step of the last evaluation done; -1 = none */
  readonly evaluatedStep: number
  /** held-out loss before the first update */
  readonly baseLoss: number | null
  readonly evalLoss: number | null
  readonly lastLoss: number | null
  /** lowest held-out loss of a trained state */
  readonly best: { readonly step: number; readonly loss: number } | null
  readonly patience: Patience
  readonly stoppedEarly: boolean
  readonly skippedInRow: number
  readonly curve: CurveState
}

export const freshLoopState: LoopState = {
  version: 1,
  step: 0,
  evaluatedStep: -1,
  baseLoss: null,
  evalLoss: null,
  lastLoss: null,
  best: null,
  patience: freshPatience,
  stoppedEarly: false,
  skippedInRow: 0,
  curve: freshCurve
}
