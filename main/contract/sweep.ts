// A sweep: settings tried beside each other on a small budget, the better half of them for twice as long, and so on. What the
// window asks of it and is told. Imports nothing but its neighbours.
import type { NeiroErrorData } from './errors'
import type { Difference } from './evaluation'
import type { SettingKey, Settings } from './settings'

export interface TriedSetting {
  readonly key: SettingKey
  readonly values: readonly Settings[SettingKey][]
}

export interface SweepTrial {
  /** from 1 on */
  readonly number: number
  readonly settings: Partial<Settings>
  /** of each rung that it was trained in, its least loss on what was held out; null: it failed there */
  readonly losses: readonly (number | null)[]
  /** out: others were better; left: it came to the end */
  readonly state: 'waiting' | 'training' | 'measured' | 'out' | 'failed' | 'left'
  /** its loss less the leading one's, with 95 %; null: of the leading one, of those that are out, and before it is measured */
  readonly over: Difference | null
}

/** Of a project: its last one. */
export interface SweepView {
  readonly project: string
  /** resting: its run was paused or cut off; measuring: all are trained, and the last ones are held against each other */
  readonly state: 'running' | 'resting' | 'measuring' | 'done' | 'cancelled'
  readonly tried: readonly TriedSetting[]
  readonly part: number
  readonly rungs: readonly { readonly steps: number; readonly runs: number }[]
  /** the one at hand, from 0 on */
  readonly rung: number
  /** trainings that have ended, of all */
  readonly done: number
  readonly total: number
  /** the run that trains, waits or rests */
  readonly run: string | null
  readonly trials: readonly SweepTrial[]
  /** number of the one with the least loss at the end; null before, and where all have failed */
  readonly leading: number | null
  /** why a training failed, or the differences could not be measured */
  readonly error: NeiroErrorData | null
}

export interface SweepRequest {
  readonly project: string
  /** what is not tried */
  readonly settings: Settings
  readonly tried: readonly TriedSetting[]
  /** updates of the first rung */
  readonly steps: number
  /** share of the examples */
  readonly part: number
}

export interface SweepCalls {
  /** null: none was begun */
  'sweep.get': { args: { project: string }; result: SweepView | null }
  /** the first run is put into the queue; what becomes of it arrives as sweep.changed. The one before is forgotten, its runs
   *  stay. TOO_MANY_TRIALS, NOTHING_TO_TRY, SWEEP_GOES_ON */
  'sweep.start': { args: SweepRequest; result: SweepView }
  /** goes on with the run that rests */
  'sweep.resume': { args: { project: string }; result: SweepView | null }
  /** what trains is paused, nothing more begins */
  'sweep.cancel': { args: { project: string }; result: SweepView | null }
}

export interface Rung {
  /** from 0 on */
  readonly number: number
  /** updates of each of its runs */
  readonly steps: number
  /** trials that get this far */
  readonly runs: number
}

/** more combinations nobody waits for */
export const mostTrials = 64

/** Half of them each time, on twice as many updates; the last one is of two or three. */
export function rungsOf(trials: number, firstSteps: number): readonly Rung[] {
  const rungs: Rung[] = []
  for (
    let [runs, steps, number] = [trials, firstSteps, 0];
    ;
    runs = Math.ceil(runs / 2), steps *= 2, number++
  ) {
    rungs.push({ number, steps, runs })
    if (runs <= 3) return rungs
  }
}
