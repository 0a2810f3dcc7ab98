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
