// Of the run in view: how many of its held-out examples were learnt, too.
import type { Seen } from '../../main/contract/evaluation'
import { call } from '../api.svelte'
import { troubles } from './troubles.svelte'

class SeenOfRun {
  #known = $state.raw<{ readonly run: string; readonly seen: Seen | null } | null>(null)

  /** undefined: not counted yet */
  of(run: string): Seen | null | undefined {
    return this.#known?.run === run ? this.#known.seen : undefined
  }

  async load(run: string): Promise<void> {
    if (this.#known?.run === run) return
    await troubles.attempt(async () => {
      this.#known = { run, seen: await call('evaluation.seen', { run }) }
    })
  }
}

export const seenOfRun = new SeenOfRun()
