// All runs: the list, the one that trains now, and what can be done with them from anywhere.
import type { RunView } from '../../main/contract/window/training'
import { call, on, onReturn } from '../api.svelte'

class Runs {
  #list = $state.raw<readonly RunView[] | null>(null)
  #failure = $state.raw<unknown>(null)
  /** the run that was last seen to go from training to paused */
  #paused = $state<string | null>(null)

  get list(): readonly RunView[] | null {
    return this.#list
  }
  get failure(): unknown {
    return this.#failure
  }
  /** training now */
  get active(): RunView | null {
    return this.#list?.find((run) => run.state === 'running') ?? null
  }
  /** training now; else what was paused while this window was open, so that it can go on */
  get followed(): RunView | null {
    const paused = this.byId(this.#paused)
    return this.active ?? (paused?.state === 'paused' ? paused : null)
  }

  async start(): Promise<void> {
    on('run.changed', (run) => this.#keep(run))
    // a project that comes or goes brings or takes its runs
    on('projects.changed', () => void this.refresh())
    // a run tells of its training; what came of it afterwards is told by others
    on('export.changed', ({ state }) => void (state === 'done' && this.refresh()))
    on('evaluation.progress', ({ state }) => void (state === 'done' && this.refresh()))
    onReturn(() => void this.refresh())
    await this.refresh()
  }

  async refresh(): Promise<void> {
    try {
      this.#list = await call('runs.list', {})
      this.#failure = null
    } catch (error) {
      this.#failure = error
    }
  }

  byId(id: string | null): RunView | null {
    return this.#list?.find((run) => run.id === id) ?? null
  }
  ofProject(project: string | null): readonly RunView[] {
    return (this.#list ?? []).filter((run) => run.project === project)
  }

  async pauseRun(id: string): Promise<void> {
    this.#keep(await call('runs.pauseRun', { id }))
  }
  async resumeRun(id: string): Promise<void> {
    this.#keep(await call('runs.resumeRun', { id }))
  }
  async stopRun(id: string): Promise<void> {
    this.#keep(await call('runs.stopRun', { id }))
  }
  async rename(id: string, name: string): Promise<void> {
    this.#keep(await call('runs.rename', { id, name }))
  }
  async remove(id: string): Promise<{ undo: string }> {
    const removed = await call('runs.remove', { id })
    this.#list = (this.#list ?? []).filter((run) => run.id !== id)
    return removed
  }
  async restore(undo: string): Promise<void> {
    this.#keep(await call('runs.restore', { undo }))
  }
  /** A run that was just started, before its first event arrives. */
  add(run: RunView): void {
    this.#keep(run)
  }

  #keep(run: RunView): void {
    const list = this.#list ?? []
    if (run.state === 'paused' && this.byId(run.id)?.state === 'running') this.#paused = run.id
    this.#list = list.some((other) => other.id === run.id)
      ? list.map((other) => (other.id === run.id ? run : other))
      : [run, ...list]
  }
}

export const runs = new Runs()
