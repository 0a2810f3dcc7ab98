// A sweep as parallel coordinates: an axis for each setting that was tried and one for the loss of each rung; a line for each
// combination, which ends where it went no further. Places from 0 (bottom) to 1 (top). Pure.
import type { Language } from '../../main/contract/language'
import type { SweepView } from '../../main/contract/sweep'
import { settingsWords } from '../../main/words/settings'
import { sweepWords } from '../../main/words/sweep'
import { count, decimal } from './format'
import { settingText } from './setting-words'

export interface ParallelAxis {
  readonly name: string
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}
export interface ParallelLine {
  readonly number: number
  /** on each axis; it ends at the first that it does not reach */
  readonly at: readonly number[]
  readonly kind: 'leading' | 'left' | 'out'
}

export function parallelLines(
  { tried, rungs, trials, leading }: Pick<SweepView, 'tried' | 'rungs' | 'trials' | 'leading'>,
  language: Language
): { readonly axes: readonly ParallelAxis[]; readonly lines: readonly ParallelLine[] } {
  const words = sweepWords[language]
  // in the order of their sizes, all as far apart: which came first says nothing
  const orders = tried.map(({ key, values }) => ({ key, values: [...new Set(values)].sort(bySize) }))
  const place = (at: number, of: number): number => (of < 2 ? 0.5 : at / (of - 1))
  const losses = trials.flatMap((trial) => trial.losses.filter((loss) => loss !== null))
  const [low, high] = [Math.min(...losses), Math.max(...losses)]
  const ofLoss = (loss: number): number => (high > low ? (loss - low) / (high - low) : 0.5)
  const reached = rungs.filter((_, at) => trials.some((trial) => trial.losses.length > at))
  const ends = high > low ? [low, high] : losses.slice(0, 1)
  const axes: readonly ParallelAxis[] = [
    ...orders.map(({ key, values }) => ({
      name: settingsWords[language][key].label,
      ticks: values.map((value, at) => ({
        at: place(at, values.length),
        text: settingText(key, value, language)
      }))
    })),
    ...reached.map(({ steps }, at) => ({
      name: words.lossOf(String(at + 1), count(steps, language)),
      ticks: ends.map((loss) => ({ at: ofLoss(loss), text: decimal(loss, 3, language) }))
    }))
  ]
  const lines = trials.map(({ number, settings, losses: own, state }): ParallelLine => {
    const known = own.findIndex((loss) => loss === null)
    return {
      number,
      at: [
        ...orders.map(({ key, values }) =>
          place(
            values.findIndex((value) => value === settings[key]),
            values.length
          )
        ),
        ...(known < 0 ? own : own.slice(0, known)).map((loss) => ofLoss(loss ?? 0))
      ],
      kind: number === leading ? 'leading' : state === 'left' ? 'left' : 'out'
    }
  })
  return { axes, lines }
}

const bySize = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1
