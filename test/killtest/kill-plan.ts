// When a run is killed: drawn from a seed, spread over the whole run, at every kind of moment. Pure.
import { randomFrom } from '../../main/batches/shuffle'

export type Moment =
  /** so long after the process was started, whatever it is doing */
  | { readonly kind: 'start'; readonly ms: number }
  /** so long after this update was told */
  | { readonly kind: 'step'; readonly step: number; readonly ms: number }
  /** while the first checkpoint after this update is being written */
  | { readonly kind: 'checkpoint'; readonly step: number; readonly ms: number }
  /** so long after the last update: last evaluation, last checkpoint, result */
  | { readonly kind: 'end'; readonly step: number; readonly ms: number }

export interface UndisturbedTimes {
  readonly totalSteps: number
  /** from start of the process to its first metric, ms */
  readonly startMs: number
  readonly stepMs: number
}

/** In the order of the run, so that every life begins before its moment. */
export function killPlan(
  kills: number,
  seed: number,
  { totalSteps, startMs, stepMs }: UndisturbedTimes
): Moment[] {
  const random = randomFrom(seed)
  const part = (): number => random() / 2 ** 32
  const steps = Array.from({ length: kills }, () => 1 + (random() % Math.max(1, totalSteps - 3))).sort(
    (a, b) => a - b
  )
  return steps.map((step, index): Moment => {
    if (kills > 1 && index === kills - 1) return { kind: 'end', step: totalSteps, ms: part() * 10 }
    const dice = part()
    if (dice < 0.2) return { kind: 'start', ms: 5 + part() * startMs * 1.2 }
    if (dice < 0.6) return { kind: 'checkpoint', step, ms: part() * 8 }
    return { kind: 'step', step, ms: part() * stepMs * 3 }
  })
}
