// Where a run stands between two updates, beside weights and optimizer: what a checkpoint keeps as loop.json.
// Nothing in it depends on time.
import type { Figures } from '../contract/figures'
import { freshPatience, type Patience } from './early-stopping'
import { freshCurve, type CurveState } from './warnings'

export interface LoopState {
  readonly version: 2
  /** updates done, skipped ones included */
  readonly step: number
  /** step of the last evaluation done; -1 = none */
  readonly evaluatedStep: number
  /** of the newest update that was not skipped, and of the newest evaluation */
  readonly training: Figures
  readonly heldOut: Figures
  /** weights were set to zero, where the settings ask for it */
  readonly pruned?: true
  /** best evaluation of a trained state, by the method's figure */
  readonly best: { readonly step: number; readonly value: number } | null
  readonly patience: Patience
  readonly stoppedEarly: boolean
  readonly skippedInRow: number
  readonly curve: CurveState
}

export const freshLoopState: LoopState = {
  version: 2,
  step: 0,
  evaluatedStep: -1,
  training: {},
  heldOut: {},
  best: null,
  patience: freshPatience,
  stoppedEarly: false,
  skippedInRow: 0,
  curve: freshCurve
}

/** The first version: all methods were one, and every figure a loss. */
interface FirstState extends Omit<LoopState, 'version' | 'training' | 'heldOut' | 'best' | 'curve'> {
  readonly version: 1
  readonly baseLoss: number | null
  readonly evalLoss: number | null
  readonly lastLoss: number | null
  readonly best: { readonly step: number; readonly loss: number } | null
  readonly curve: Omit<CurveState, 'base' | 'best'>
}

/** of today's form */
export const loopVersion = 2

/** As read back from a checkpoint, whichever version wrote it. */
export function loopStateOf(written: LoopState | FirstState): LoopState {
  // one that is newer still is refused by whoever found it
  if (written.version !== 1) return written
  const { baseLoss, evalLoss, lastLoss, best, curve, ...rest } = written
  const named = (loss: number | null): Figures => (loss === null ? {} : { loss })
  return {
    ...rest,
    version: 2,
    training: named(lastLoss),
    heldOut: named(evalLoss),
    best: best && { step: best.step, value: best.loss },
    curve: { ...curve, base: baseLoss, best }
  }
}
