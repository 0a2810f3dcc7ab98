// What metric lines become on a chart: a named series for each figure of each part, thinned, and the best
// evaluation. The app makes them from a run's file, the window goes on with the lines it is told. Pure.
import type { MetricLine } from '../contract/records'
import type { BestPoint, Curve } from '../contract/window/training'
import { ThinSeries } from './thin-series'

export interface Drawn {
  readonly curves: readonly Curve[]
  readonly best: BestPoint | null
}

export class CurvesOfLines {
  readonly #series = new Map<string, { readonly curve: Omit<Curve, 'points'>; readonly thin: ThinSeries }>()
  #best: BestPoint | null = null
  #step = 0

  /** Goes on from what was drawn before. */
  static from({ curves, best }: Drawn): CurvesOfLines {
    const all = new CurvesOfLines()
    for (const { part, figure, points } of curves)
      for (const { step, value } of points) all.#add(part, figure, step, value)
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
      .map(({ curve, thin }): Curve => ({ ...curve, points: thin.points(points) }))
      .filter((curve) => curve.points.length > 0)
    return { curves, best: this.#best }
  }

  #add(part: Curve['part'], figure: string, step: number, value: number): void {
    const key = `${part} ${figure}`
    let series = this.#series.get(key)
    if (!series) this.#series.set(key, (series = { curve: { part, figure }, thin: new ThinSeries() }))
    series.thin.add(step, value)
    this.#step = Math.max(this.#step, step)
  }
}
