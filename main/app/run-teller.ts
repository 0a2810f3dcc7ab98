// Tells windows how runs stand. Many changes in a moment become one look at the folder: what is told is always
// the newest, and never more than one look at a time.
import type { RunState } from '../contract/records'
import type { Log } from '../log'
import type { RunStore } from '../services/runs/run-store'
import type { RunPlace } from '../services/runs/run-view'
import type { Tell } from './events'

export class RunTeller {
  readonly #looking = new Set<string>()
  readonly #again = new Set<string>()
  readonly #states = new Map<string, RunState>()

  constructor(
    private readonly store: RunStore,
    private readonly tell: Tell,
    private readonly log: Log
  ) {}

  changed(place: RunPlace): void {
    if (this.#looking.has(place.id)) {
      this.#again.add(place.id)
      return
    }
    void this.#look(place)
  }

  async #look(place: RunPlace): Promise<void> {
    this.#looking.add(place.id)
    try {
      const view = await this.store.view(place)
      // a folder that was put away in between has nothing to tell
      if (view.error?.code === 'RUN_GONE') return
      this.tell('run.changed', view)
      if (this.#states.get(place.id) !== view.state) this.tell('projects.changed', null)
      this.#states.set(place.id, view.state)
    } catch (error) {
      this.log('warn', `run ${place.id}: ${String(error)}`)
    } finally {
      this.#looking.delete(place.id)
      if (this.#again.delete(place.id)) void this.#look(place)
    }
  }
}
