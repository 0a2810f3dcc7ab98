// What was put away and can be brought back for 30 days, projects and runs; and the places on the list whose project
// cannot be read now. Kept in step with what comes and goes.
import type { LostProject, PutAway } from '../../main/contract/window/projects'
import { call, on, onReturn } from '../api.svelte'
import { chooser } from './chooser.svelte'
import { projects } from './projects.svelte'
import { runs } from './runs.svelte'

class PutAwayThings {
  #projects = $state.raw<readonly PutAway[]>([])
  #runs = $state.raw<readonly PutAway[]>([])
  #lost = $state.raw<readonly LostProject[]>([])
  #started = false

  get projects(): readonly PutAway[] {
    return this.#projects
  }
  get runs(): readonly PutAway[] {
    return this.#runs
  }
  get lost(): readonly LostProject[] {
    return this.#lost
  }

  /** Pages that show any of it ask for it; from then on it stays in step. */
  async start(): Promise<void> {
    if (!this.#started) {
      this.#started = true
      on('projects.changed', () => void this.refresh().catch(() => undefined))
      onReturn(() => void this.refresh().catch(() => undefined))
    }
    await this.refresh()
  }

  async refresh(): Promise<void> {
    ;[this.#projects, this.#runs, this.#lost] = await Promise.all([
      call('projects.bin', {}),
      call('runs.bin', {}),
      call('projects.lost', {})
    ])
  }

  async restoreProject(undo: string): Promise<void> {
    await projects.restore(undo)
    await this.refresh()
  }

  async restoreRun(undo: string): Promise<void> {
    await runs.restore(undo)
    await this.refresh()
  }

  async forget(id: string): Promise<{ undo: string }> {
    const forgotten = await call('projects.forget', { id })
    this.#lost = this.#lost.filter((lost) => lost.id !== id)
    return forgotten
  }

  /** Asks where the project lies now, and opens it there. */
  async relocate(id: string): Promise<void> {
    const [folder] = await chooser.choose('project-folder')
    if (!folder) return
    projects.add(await call('projects.relocate', { id, fileId: folder.id }))
    await this.refresh()
  }
}

export const putAway = new PutAwayThings()
