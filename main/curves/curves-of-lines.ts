// What metric lines become on a chart: a named series for each figure of each part, thinned, and the best
// evaluation. The app makes them from a run's file, the window goes on with the lines it is told. Pure.
import { figureRow } from '../contract/figures'
import type { MetricLine } from '../contract/records'
import type { BestPoint, Curve } from '../contract/window/training'
import { SmoothSeries } from './smooth-series'
import { ThinSeries, type Point } from './thin-series'

export interface Drawn {
  readonly curves: readonly Curve[]
  readonly best: BestPoint | null
}

interface Series {
  readonly curve: Omit<Curve, 'points' | 'course'>
  readonly thin: ThinSeries
  /** absent: there is no noise to take away */
  readonly course?: { readonly smooth: SmoothSeries; readonly thin: ThinSeries }
}

/** A learning rate is computed and memory is a stair; an evaluation is over many examples already. */
const isNoisy = (part: Curve['part'], figure: string): boolean =>
  part === 'training' && !['rate', 'bytes'].includes(figureRow(figure).kind)

export class CurvesOfLines {
  readonly #series = new Map<string, Series>()
  #best: BestPoint | null = null
  #step = 0

  /** Goes on from what was drawn before. */
  static from({ curves, best }: Drawn): CurvesOfLines {
    const all = new CurvesOfLines()
    for (const { part, figure, points, course } of curves) {
      const series = all.#seriesOf(part, figure, course?.at(-1))
      for (const { step, value } of points) {
        series.thin.add(step, value)
        all.#step = Math.max(all.#step, step)
      }
      for (const { step, value } of course ?? []) series.course?.thin.add(step, value)
    }
    all.#best = best
    return all
  }

  add(line: MetricLine): void {
    if (line.kind !== 'step' && line.kind !== 'evaluation') return
    const part = line.kind === 'step' ? 'training' : 'heldOut'
    for (const [figure, value] of Object.entries(line.figures)) this.#add(part, figure, line.step, value)
    if (line.kind !== 'evaluation' || !line.best) return
    this.#best = { step: line.step, figure: line.by, value: line.figures[line.by] ?? NaN }
  }

  get best(): BestPoint | null {
    return this.#best
  }
  /** the newest that was seen */
  get step(): number {
    return this.#step
  }

  /** Each with at most `points` points. */
  drawn(points: number): Drawn {
    const curves = [...this.#series.values()]
      .map(({ curve, thin, course }): Curve => ({
        ...curve,
        points: thin.points(points),
        ...(course && { course: course.thin.points(points) })
      }))
      .filter((curve) => curve.points.length > 0)
    return { curves, best: this.#best }
  }

  #add(part: Curve['part'], figure: string, step: number, value: number): void {
    const { thin, course } = this.#seriesOf(part, figure)
    thin.add(step, value)
    const point = course?.smooth.add(step, value)
    if (point) course?.thin.add(point.step, point.value)
    this.#step = Math.max(this.#step, step)
  }

  #seriesOf(part: Curve['part'], figure: string, reached?: Point): Series {
    const key = `${part} ${figure}`
    const known = this.#series.get(key)
    if (known) return known
    const series: Series = {
      curve: { part, figure },
      thin: new ThinSeries(),
      ...(isNoisy(part, figure) && {
        course: { smooth: new SmoothSeries(reached ?? null), thin: new ThinSeries() }
      })
    }
    this.#series.set(key, series)
    return series
  }
}
