// Several runs in one chart: the line of each, held out or from training, and how many there can be. A run without
// a figure of the held-out part shows that of its training, and says so. Pure.
import { isResult } from '../../main/contract/figures'
import { goalOf } from '../../main/contract/goals'
import type { MethodKey } from '../../main/contract/methods'
import type { Curve, RunCurves, RunView } from '../../main/contract/window/training'
import { curveLines, curveViews, judgedFigure, type Point } from './curve-lines'

export type OverlayOf = Curve['part']

/** as many as there are colours, dashes and markers */
export const mostOverlaid = 5

export interface OverlayLine {
  /** what it really is: asked for the held-out part, there may only be the other */
  readonly of: OverlayOf
  readonly marked: boolean
  /** as measured */
  readonly points: readonly Point[]
  /** as drawn: training without its noise */
  readonly drawn: readonly Point[]
}

/** By which their figures are named; null: they learnt for several goals, and what each calls its loss is of another thing. */
export function methodOfAll(runs: readonly Pick<RunView, 'settings'>[]): MethodKey | null {
  const [first] = runs.map(({ settings }) => settings.method)
  const alike = runs.every(({ settings }) => first && goalOf(settings.method) === goalOf(first))
  return first && alike ? first : null
}

/** The results that any of the runs gives, that by which the first is judged before the others. */
export function overlayFigures(all: readonly RunCurves[]): readonly string[] {
  const [first] = all
  const found = all.flatMap((curves) => curveViews(curves).filter(isResult))
  return [...new Set(first ? [judgedFigure(first), ...found] : ['loss'])]
}

export function overlayLine(curves: RunCurves, figure: string, wanted: OverlayOf): OverlayLine {
  const lines = curveLines(curves, figure)
  const line = lines.find(({ part }) => part === wanted) ?? lines.find(({ part }) => part === 'training')
  const points = line?.points ?? []
  const marked = line?.marked ?? false
  return { of: line?.part ?? 'training', marked, points, drawn: line?.course ?? points }
}
