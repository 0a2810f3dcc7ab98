// What a run's chart draws of one figure: the lines as measured and without their noise, and how their figures are
// written. It goes by the rows of the figures and knows none by name. Pure.
import { figureRow, figureRows, isResult } from '../../main/contract/figures'
import type { Language } from '../../main/contract/language'
import type { BestPoint, Curve, RunCurves } from '../../main/contract/window/training'
import { figureText } from './figure-text'

export interface Point {
  readonly x: number
  readonly y: number
}
export interface CurveLine {
  readonly part: Curve['part']
  /** as measured */
  readonly points: readonly Point[]
  /** without its noise; null where there is none */
  readonly course: readonly Point[] | null
  /** measured now and then: every point counts */
  readonly marked: boolean
}

/** bytes are drawn in MB, so that the axis has numbers that can be read */
const mb = 2 ** 20
const unitOf = (figure: string): number => (figureRow(figure).kind === 'bytes' ? mb : 1)

/** The figures that there are curves of: results first, then as the table has them. */
export function curveViews({ curves }: Pick<RunCurves, 'curves'>): readonly string[] {
  const known = Object.keys(figureRows)
  const rank = (figure: string): number =>
    (isResult(figure) ? 0 : known.length) + ((known.indexOf(figure) + known.length) % known.length)
  return [...new Set(curves.map(({ figure }) => figure))].sort((a, b) => rank(a) - rank(b))
}

/** The figure that says how good a run is. */
export const judgedFigure = ({ curves, best }: Pick<RunCurves, 'curves' | 'best'>): string =>
  best?.figure ?? curves.find(({ part }) => part === 'heldOut')?.figure ?? 'loss'

/** What the newest evaluation was judged by; null before the first. */
export function newestEvaluation(curves: RunCurves): BestPoint | null {
  const figure = judgedFigure(curves)
  const held = curves.curves.find((curve) => curve.part === 'heldOut' && curve.figure === figure)
  const point = held?.points.at(-1)
  return point ? { ...point, figure } : null
}

/** Training before held out. */
export function curveLines({ curves }: Pick<RunCurves, 'curves'>, figure: string): readonly CurveLine[] {
  const unit = unitOf(figure)
  const drawn = (points: Curve['points']): readonly Point[] =>
    points.map(({ step, value }) => ({ x: step, y: value / unit }))
  return curves
    .filter((curve) => curve.figure === figure)
    .map(({ part, points, course }) => ({
      part,
      points: drawn(points),
      course: course ? drawn(course) : null,
      marked: part === 'heldOut'
    }))
    .sort((a, b) => Number(a.marked) - Number(b.marked))
}

/** A value of a line as a sentence says it. */
export const lineText = (figure: string, y: number, language: Language): string =>
  figureText(figure, y * unitOf(figure), language)
