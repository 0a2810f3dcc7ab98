// A sweep: settings tried beside each other on a small budget, the better half of them on twice as much, until one is left
// (successive halving, Jamieson and Talwalkar 2016). Pure.
import { mostTrials, type Rung } from '../../contract/sweep'
import { settingRows, type SettingKey, type Settings } from '../../contract/settings'
import { NeiroError } from '../../contract/errors'

export type Tried = readonly (readonly [key: SettingKey, values: readonly Settings[SettingKey][]])[]

export interface Trial {
  /** from 1 on, in the order of what was tried */
  readonly number: number
  readonly settings: Partial<Settings>
}

/** Every combination. TOO_MANY_TRIALS where there are more than a sweep takes; NOTHING_TO_TRY where there is one. */
export function trialsOf(tried: Tried): readonly Trial[] {
  let all: readonly Partial<Settings>[] = [{}]
  for (const [key, values] of tried)
    all = all.flatMap((settings) => [...new Set(values)].map((value) => ({ ...settings, [key]: value })))
  if (all.length > mostTrials) throw new NeiroError('TOO_MANY_TRIALS', { most: String(mostTrials) })
  if (all.length < 2) throw new NeiroError('NOTHING_TO_TRY')
  return all.map((settings, at) => ({ number: at + 1, settings }))
}

/** The better ones, best first: by loss on what was held out; one without a finite loss has failed and goes no further. */
export function survivorsOf<T extends { readonly loss: number | null }>(
  measured: readonly T[],
  most: number
): readonly T[] {
  return measured
    .filter(({ loss }) => loss !== null && Number.isFinite(loss))
    .sort((a, b) => (a.loss ?? 0) - (b.loss ?? 0))
    .slice(0, most)
}

/** What came of one of them in a rung. */
export interface Outcome {
  readonly rung: number
  readonly trial: number
  /** least on what was held out; null: it failed */
  readonly loss: number | null
}

export interface Measured {
  readonly trial: Trial
  readonly loss: number | null
}

export interface Standing {
  /** the one at hand, or the last one */
  readonly rung: Rung
  /** of its trials those that nothing is known of yet */
  readonly open: readonly Trial[]
  /** of its trials the others */
  readonly measured: readonly Measured[]
  /** nothing is left to train: either it was the last rung, or none of its trials had a loss */
  readonly ended: boolean
  /** least loss first; none before it has ended */
  readonly finalists: readonly Measured[]
}

/** How far a sweep has come, from what is known of its runs alone. */
export function standingOf(
  trials: readonly Trial[],
  rungs: readonly Rung[],
  outcomes: readonly Outcome[]
): Standing {
  let now = trials
  for (const rung of rungs) {
    const of = ({ number }: Trial): Outcome | undefined =>
      outcomes.find((one) => one.rung === rung.number && one.trial === number)
    const open = now.filter((trial) => !of(trial))
    const measured = now.flatMap((trial) => {
      const known = of(trial)
      return known ? [{ trial, loss: known.loss }] : []
    })
    if (open.length > 0) return { rung, open, measured, ended: false, finalists: [] }
    const next = rungs[rung.number + 1]
    const left = survivorsOf(measured, next?.runs ?? measured.length)
    if (!next || left.length === 0) return { rung, open, measured, ended: true, finalists: left }
    now = left.map(({ trial }) => trial)
  }
  throw new RangeError('a sweep has a rung')
}

/** A run of few updates still warms up and decays: its schedule is as long as itself. */
export const settingsOfRung = (base: Settings, trial: Trial, { steps }: Rung): Settings => ({
  ...base,
  ...trial.settings,
  maxSteps: steps
})

export const isTriable = (key: string): key is SettingKey =>
  key in settingRows && !['maxSteps', 'seed', 'heldOutRatio', 'method'].includes(key)
