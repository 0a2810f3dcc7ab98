// The projects: the list for home, and the one that is open. Changes go through main and come back.
import type { Calls } from '../../main/contract/channels'
import type { Project, Step } from '../../main/contract/window/projects'
import { call, on } from '../api.svelte'
import { place } from './place.svelte'

type Change = Omit<Calls['projects.update']['args'], 'id'>

class Projects {
  #list = $state.raw<readonly Project[] | null>(null)
  #failure = $state.raw<unknown>(null)

  /** null until main has answered once */
  get list(): readonly Project[] | null {
    return this.#list
  }
  get failure(): unknown {
    return this.#failure
  }
  /** the project the place is about */
  get current(): Project | null {
    return this.#list?.find((project) => project.id === place.project) ?? null
  }

  async start(): Promise<void> {
    on('projects.changed', () => void this.refresh())
    await this.refresh()
  }

  async refresh(): Promise<void> {
    try {
      this.#list = await call('projects.list', {})
      this.#failure = null
    } catch (error) {
      this.#failure = error
    }
  }

  async create(args: Calls['projects.create']['args']): Promise<Project> {
    return this.#keep(await call('projects.create', args))
  }

  async open(fileId: string): Promise<Project> {
    return this.#keep(await call('projects.open', { fileId }))
  }

  /** Changes the open project. */
  async update(change: Change): Promise<void> {
    const project = this.current
    if (project) this.#keep(await call('projects.update', { id: project.id, ...change }))
  }

  async rename(id: string, name: string, company: string): Promise<void> {
    this.#keep(await call('projects.update', { id, name, company }))
  }

  async remove(id: string): Promise<{ undo: string }> {
    const removed = await call('projects.remove', { id })
    this.#list = (this.#list ?? []).filter((project) => project.id !== id)
    return removed
  }

  async restore(undo: string): Promise<void> {
    this.#keep(await call('projects.restore', { undo }))
  }

  /** Goes to a step of the open project and remembers it there. */
  async goTo(step: Step): Promise<void> {
    place.go(step)
    await this.update({ step })
  }

  #keep(project: Project): Project {
    const rest = (this.#list ?? []).filter((other) => other.id !== project.id)
    this.#list = [project, ...rest]
    return project
  }
}

export const projects = new Projects()
