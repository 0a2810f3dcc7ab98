// What each view of a run's chart draws: the lines as measured, which of them may be smoothed, and how their
// figures are written. Pure.
import type { RunCurves } from '../../main/contract/window/training'
import type { Language } from '../../main/contract/language'
import { smooth } from './downsample'
import { count, decimal, memory, significant, tiny } from './format'

export const curveViews = ['loss', 'rate', 'norm', 'speed', 'memory'] as const
export type CurveView = (typeof curveViews)[number]

export interface Point {
  readonly x: number
  readonly y: number
}
export interface CurveLine {
  readonly of: 'train' | 'heldOut' | Exclude<CurveView, 'loss'>
  /** as measured */
  readonly points: readonly Point[]
  /** measured now and then: every point counts */
  readonly marked: boolean
}

type Series = RunCurves['trainLoss']
const pointsOf = (series: Series): readonly Point[] =>
  series.map(({ step, value }) => ({ x: step, y: value }))

export function curveLines(curves: RunCurves, view: CurveView): readonly CurveLine[] {
  const line = (of: CurveLine['of'], series: Series, marked = false): CurveLine => ({
    of,
    points: pointsOf(series),
    marked
  })
  switch (view) {
    case 'loss': {
      const heldOut = line('heldOut', curves.evalLoss, true)
      return [line('train', curves.trainLoss), ...(heldOut.points.length > 0 ? [heldOut] : [])]
    }
    case 'rate':
      return [line('rate', curves.learningRate)]
    case 'norm':
      return [line('norm', curves.gradNorm)]
    case 'speed':
      return [line('speed', curves.tokensPerSecond)]
    case 'memory':
      return [
        line(
          'memory',
          curves.memory.map(({ step, value }) => ({ step, value: value / 2 ** 20 }))
        )
      ]
  }
}

/** A learning rate is computed and memory is a stair: there is no noise to take away. */
export const canSmooth = (view: CurveView): boolean => view === 'loss' || view === 'norm' || view === 'speed'

/** The line without its noise; the more points, the calmer. */
export function smoothPoints(points: readonly Point[]): readonly Point[] {
  const values = smooth(
    points.map((point) => point.y),
    Math.min(0.97, 1 - 2 / Math.max(4, points.length / 8))
  )
  return points.map(({ x }, index) => ({ x, y: values[index] ?? 0 }))
}

/** A figure of a view as a sentence says it; memory comes in the MB of its line. */
export function curveFigure(view: CurveView, value: number, language: Language): string {
  switch (view) {
    case 'loss':
      return lossText(value, language)
    case 'rate':
      return significant(value, 2, language)
    case 'norm':
      return significant(value, 3, language)
    case 'speed':
      return count(value, language)
    case 'memory':
      return memory(value * 2 ** 20)
  }
}

/** 1.27; near nothing the figures that are left: 0.013 */
export const lossText = (value: number, language: Language): string =>
  value !== 0 && Math.abs(value) < 0.1 ? tiny(value, language) : decimal(value, 2, language)
