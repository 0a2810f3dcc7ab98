// A sweep as the window shows it, from how far it has come. Pure.
import type { NeiroErrorData } from '../../contract/errors'
import type { Difference } from '../../contract/evaluation'
import { rungsOf, type SweepTrial, type SweepView } from '../../contract/sweep'
import { trialsOf, type Standing } from './sweep'
import type { SweepFile } from './sweep-file'

export interface KnownRun {
  readonly rung: number
  readonly trial: number
  /** null: it could not be made */
  readonly run: string | null
  /** it trains, waits or rests */
  readonly isOpen: boolean
  readonly rests: boolean
  readonly loss: number | null
}

export interface SweepParts {
  readonly project: string
  readonly sweep: SweepFile
  readonly standing: Standing
  readonly runs: readonly KnownRun[]
  readonly measuring: boolean
  /** of finalists beside the first, by their numbers */
  readonly over: ReadonlyMap<number, Difference | null>
  readonly error: NeiroErrorData | null
}

export function viewOfSweep(o: SweepParts): SweepView {
  const { project, sweep, standing, runs } = o
  const { tried, part } = sweep
  const trials = trialsOf(tried.map(({ key, values }) => [key, values] as const))
  const rungs = rungsOf(trials.length, sweep.steps)
  const open = runs.find(({ isOpen }) => isOpen) ?? null
  return {
    ...{ project, tried, part, run: open?.run ?? null, error: o.error },
    state: stateOf(o, open),
    rungs: rungs.map(({ steps, runs: count }) => ({ steps, runs: count })),
    rung: standing.rung.number,
    done: runs.filter(({ isOpen }) => !isOpen).length,
    total: rungs.reduce((sum, { runs: count }) => sum + count, 0),
    trials: trials.map(({ number, settings }): SweepTrial => {
      const own = runs.filter(({ trial, isOpen }) => trial === number && !isOpen)
      const losses = own.map(({ loss }) => loss)
      const state = trialState(number, losses, open, standing)
      return { number, settings, losses, state, over: o.over.get(number) ?? null }
    }),
    leading: standing.finalists[0]?.trial.number ?? null
  }
}

function stateOf({ sweep, standing, measuring }: SweepParts, open: KnownRun | null): SweepView['state'] {
  if (sweep.cancelled) return 'cancelled'
  if (open?.rests) return 'resting'
  if (measuring) return 'measuring'
  return standing.ended ? 'done' : 'running'
}

function trialState(
  number: number,
  losses: readonly (number | null)[],
  open: KnownRun | null,
  { rung, finalists, open: still }: Standing
): SweepTrial['state'] {
  if (open?.trial === number) return 'training'
  if (finalists.some(({ trial }) => trial.number === number)) return 'left'
  if (still.some((trial) => trial.number === number)) return 'waiting'
  if (losses.at(-1) === null) return 'failed'
  return losses.length === rung.number + 1 ? 'measured' : 'out'
}
