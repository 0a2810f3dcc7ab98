// A sweep: settings tried beside each other on a small budget, the better half of them on twice as much, until one is left
// (successive halving, Jamieson and Talwalkar 2016). Pure.
import { settingRows, type SettingKey, type Settings } from '../../contract/settings'
import { NeiroError } from '../../contract/errors'

export type Tried = readonly (readonly [key: SettingKey, values: readonly Settings[SettingKey][]])[]

export interface Trial {
  /** from 1 on, in the order of what was tried */
  readonly number: number
  readonly settings: Partial<Settings>
}

export interface Rung {
  /** from 0 on */
  readonly number: number
  /** updates of each of its runs */
  readonly steps: number
  /** trials that get this far */
  readonly runs: number
}

/** more of them nobody waits for */
export const mostTrials = 64

/** Every combination. TOO_MANY_TRIALS where there are more than a sweep takes; NOTHING_TO_TRY where there is one. */
export function trialsOf(tried: Tried): readonly Trial[] {
  let all: readonly Partial<Settings>[] = [{}]
  for (const [key, values] of tried)
    all = all.flatMap((settings) => [...new Set(values)].map((value) => ({ ...settings, [key]: value })))
  if (all.length > mostTrials) throw new NeiroError('TOO_MANY_TRIALS', { most: String(mostTrials) })
  if (all.length < 2) throw new NeiroError('NOTHING_TO_TRY')
  return all.map((settings, at) => ({ number: at + 1, settings }))
}

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

/** A run of few updates still warms up and decays: its schedule is as long as itself. */
export const settingsOfRung = (base: Settings, trial: Trial, { steps }: Rung): Settings => ({
  ...base,
  ...trial.settings,
  maxSteps: steps
})

export const isTriable = (key: string): key is SettingKey =>
  key in settingRows && !['maxSteps', 'seed', 'heldOutRatio', 'method'].includes(key)
