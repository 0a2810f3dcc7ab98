// Tells windows how runs stand. Many changes in a moment become one look at the folder: what is told is always
// the newest, and never more than one look at a time.
import type { RunState } from '../../contract/records'
import type { RunView } from '../../contract/window/training'
import type { RunStore } from './run-store'
import type { RunPlace } from './run-view'

export interface RunTellerOptions {
  readonly onView: (view: RunView) => void
  /** its state has become another */
  readonly onState: () => void
  readonly log: (level: 'warn', message: string) => void
}

export class RunTeller {
  readonly #looking = new Set<string>()
  readonly #again = new Set<string>()
  readonly #states = new Map<string, RunState>()

  constructor(
    private readonly store: Pick<RunStore, 'view'>,
    private readonly options: RunTellerOptions
  ) {}

  changed(place: RunPlace): void {
    if (this.#looking.has(place.id)) {
      this.#again.add(place.id)
      return
    }
    void this.#look(place)
  }

  async #look(place: RunPlace): Promise<void> {
    const { onView, onState, log } = this.options
    this.#looking.add(place.id)
    try {
      const view = await this.store.view(place)
      // a folder that was put away in between has nothing to tell
      if (view.error?.code === 'RUN_GONE') return
      onView(view)
      if (this.#states.get(place.id) !== view.state) onState()
      this.#states.set(place.id, view.state)
    } catch (error) {
      log('warn', `run ${place.id}: ${String(error)}`)
    } finally {
      this.#looking.delete(place.id)
      if (this.#again.delete(place.id)) void this.#look(place)
    }
  }
}
