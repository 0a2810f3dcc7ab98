// Whether a training fits into this machine: one meaning for every meter, plan and start. Pure.
import type { Fit } from '../../contract/window/training'

/** The engine's plan is within a tenth of the peak that is measured (engine.md): so much more may be needed. */
const planMayMiss = 0.1
/** What stays with the system and its services, whatever else is closed. */
const keptBySystem = 0.1

export interface Memory {
  /** as planned, bytes */
  readonly needed: number
  /** free now, and what a training of now will have given back */
  readonly free: number
  readonly machine: number
}

/**
 * | fit       | what is needed, with its margin, goes into                    | so                                  |
 * | --------- | -------------------------------------------------------------- | ----------------------------------- |
 * | fits      | what is free now                                               | begins                              |
 * | tight     | the machine without the system: others must give memory back  | begins, smaller where it must       |
 * | too-large | not even that                                                  | is refused, or made smaller         |
 */
export function fitOf({ needed, free, machine }: Memory): Fit {
  const most = needed * (1 + planMayMiss)
  if (most <= free) return 'fits'
  return most <= machine * (1 - keptBySystem) ? 'tight' : 'too-large'
}

/** On a GPU what is planned is what is taken, all of it before the first step: no margin. Other programs may hold some
 *  of it, but not the system's share, which is not for them to give back. */
export function fitOnGpu({ needed, free, machine }: Memory): Fit {
  if (needed <= free) return 'fits'
  return needed <= machine * (1 - keptBySystem) ? 'tight' : 'too-large'
}

const order: readonly Fit[] = ['fits', 'tight', 'too-large']

/** A training fits where each of its memories has room for its share. */
export const worstFit = (fits: readonly Fit[]): Fit =>
  fits.reduce((worst, fit) => (order.indexOf(fit) > order.indexOf(worst) ? fit : worst), 'fits')
