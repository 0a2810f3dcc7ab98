// Curves and differing settings of the runs that are being compared.
import type { Calls } from '../../main/contract/channels'
import type { RunCurves } from '../../main/contract/window/training'
import { call } from '../api.svelte'

type Differences = Calls['runs.differences']['result']

class RunOverlayState {
  #curves = $state.raw<Readonly<Record<string, RunCurves>>>({})
  #differences = $state.raw<Differences>([])

  get differences(): Differences {
    return this.#differences
  }

  curves(id: string): RunCurves | undefined {
    return this.#curves[id]
  }

  async show(ids: readonly string[]): Promise<void> {
    if (ids.length < 2) return
    const [differences, ...curves] = await Promise.all([
      call('runs.differences', { ids }),
      ...ids.map((id) => call('runs.curves', { id, points: 400 }))
    ])
    this.#differences = differences
    this.#curves = Object.fromEntries(curves.map((curve) => [curve.run, curve]))
  }
}

export const runOverlay = new RunOverlayState()
