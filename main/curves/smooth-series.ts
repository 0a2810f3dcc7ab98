// The course of a noisy series, made as its values come: each value is blended in by how far it lies from the one
// before, over a stretch that grows with the step, so that a short run and a long one look alike. It goes by the
// step alone, never by how many values follow: what was once drawn stays. Pure.
import type { Point } from './thin-series'

/** steps of memory: a sixteenth of those behind, so that the line follows a steep beginning closely */
const stretch = (step: number): number => Math.max(1, step / 16)

export class SmoothSeries {
  #last: Point | null

  /** Goes on from the point that was reached. */
  constructor(last: Point | null = null) {
    this.#last = last
  }

  /** The point of the course at this step; null where there is nothing new to say. */
  add(step: number, value: number): Point | null {
    const last = this.#last
    if (!Number.isFinite(value) || step <= (last?.step ?? -Infinity)) return null
    const share = last === null ? 1 : 1 - Math.exp((last.step - step) / stretch(step))
    const from = last?.value ?? value
    return (this.#last = { step, value: from + (value - from) * share })
  }
}
