// The axes of a run's chart: what the values are, and how often the examples were read. Pure.
import { figureRow } from '../../main/contract/figures'
import type { Language } from '../../main/contract/language'
import type { MethodKey } from '../../main/contract/methods'
import type { RunView } from '../../main/contract/window/training'
import { figureWords } from '../../main/words/figures'
import { windowWords } from '../../main/words/window'
import { wholeTicks, type Tick } from './chart-scale'
import { count, percent, significant } from './format'
import { termBeside } from './term-beside'

export type RunPace = Pick<RunView, 'step' | 'totalSteps' | 'epochs' | 'epochsDone' | 'settings'>

const mostTicks = 6

/** Updates in which all examples are read once; null before that is known. */
export function stepsPerEpoch({ step, totalSteps, epochs, epochsDone, settings }: RunPace): number | null {
  // a limit of its own ends the run before its epochs are read
  const limited = settings.maxSteps > 0 && settings.maxSteps <= totalSteps
  if (!limited) return totalSteps > 0 && epochs > 0 ? totalSteps / epochs : null
  return epochsDone > 0 ? step / epochsDone : null
}

/** Whole readings where there are any to mark, else updates. */
export function runTicks(run: RunPace, language: Language): { title: string; ticks: readonly Tick[] } {
  const { chart } = windowWords[language].train
  const perEpoch = stepsPerEpoch(run)
  if (perEpoch === null || run.totalSteps < perEpoch * 0.999) return stepTicks(run.totalSteps, language)
  const ticks = wholeTicks(run.totalSteps / perEpoch, mostTicks).map((epoch) => ({
    at: epoch * perEpoch,
    text: epoch === 0 ? chart.beginning : chart.epoch(count(epoch, language))
  }))
  return { title: chart.epochs, ticks }
}

export function stepTicks(last: number, language: Language): { title: string; ticks: readonly Tick[] } {
  const ticks = wholeTicks(Math.max(1, last), mostTicks).map((at) => ({ at, text: count(at, language) }))
  return { title: windowWords[language].train.chart.step, ticks }
}

/** What the values of a figure are, and how the numbers beside the axis are written. */
export function valueAxis(
  figure: string,
  language: Language,
  method: MethodKey | null
): { title: string; text: (value: number) => string; whole?: readonly [number, number] } {
  const { plain, term } = figureWords(figure, language, method)
  return {
    ...(figureRow(figure).kind === 'share' && { whole: [0, 1] }),
    title:
      termBeside(plain, term) === ''
        ? plain
        : [plain, term].join(windowWords[language].train.drawerSummary.and),
    text: (value) =>
      figureRow(figure).kind === 'share'
        ? percent(value)
        : Math.abs(value) >= 1000
          ? count(value, language)
          : significant(value, 3, language)
  }
}

/** "2.4 / 3", of the epoch that a step lies in */
export const epochAt = (run: RunPace, step: number, language: Language): string | null => {
  const perEpoch = stepsPerEpoch(run)
  return perEpoch === null ? null : significant(Math.round((step / perEpoch) * 10) / 10, 3, language)
}

/** The last that was measured up to this step; null before the first. */
export function lastUpTo<P extends { readonly x: number }>(points: readonly P[], step: number): P | null {
  return points.findLast(({ x }) => x <= step) ?? null
}
