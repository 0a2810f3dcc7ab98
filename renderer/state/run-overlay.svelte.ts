// Curves and differing settings of the runs that are being compared.
import type { RunScores } from '../../main/contract/evaluation'
import type { RunCurves, RunDifferences } from '../../main/contract/window/training'
import { call, onReturn } from '../api.svelte'

const none: RunDifferences = { settings: [], models: [], heldOut: [] }

class RunOverlayState {
  #ids: readonly string[] = []
  #curves = $state.raw<Readonly<Record<string, RunCurves>>>({})
  #differences = $state.raw<RunDifferences>(none)
  #scores = $state.raw<readonly RunScores[] | null>(null)
  #failure = $state.raw<unknown>(null)

  constructor() {
    onReturn(() => void this.show(this.#ids))
  }

  get differences(): RunDifferences {
    return this.#differences
  }
  /** null: they are being counted */
  get scores(): readonly RunScores[] | null {
    return this.#scores
  }
  get failure(): unknown {
    return this.#failure
  }

  curves(id: string): RunCurves | undefined {
    return this.#curves[id]
  }

  async show(ids: readonly string[]): Promise<void> {
    this.#ids = ids
    this.#failure = null
    this.#scores = null
    if (ids.length < 2) return
    try {
      const [differences, ...curves] = await Promise.all([
        call('runs.differences', { ids }),
        ...ids.map((id) => call('runs.curves', { id, points: 400 }))
      ])
      // others may have been chosen meanwhile
      if (this.#ids !== ids) return
      this.#differences = differences
      this.#curves = Object.fromEntries(curves.map((curve) => [curve.run, curve]))
      // it takes longer than the curves
      const scores = await call('runs.scores', { ids })
      if (this.#ids === ids) this.#scores = scores
    } catch (error) {
      if (this.#ids === ids) this.#failure = error
    }
  }
}

export const runOverlay = new RunOverlayState()
