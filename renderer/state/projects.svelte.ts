// The projects: the list for home, and the one that is open. Changes go through main and come back.
import type { Calls } from '../../main/contract/channels'
import { NeiroError } from '../../main/contract/errors'
import type { Project, Step } from '../../main/contract/window/projects'
import { call, on, onReturn } from '../api.svelte'
import { place } from './place.svelte'
import { troubles } from './troubles.svelte'

type Change = Omit<Calls['projects.update']['args'], 'id'>

class Projects {
  #list = $state.raw<readonly Project[] | null>(null)
  #failure = $state.raw<unknown>(null)
  /** counts questions and answers: what was asked for before is never shown over what is known since */
  #turn = 0
  #listed = 0
  readonly #changed = new Map<string, number>()
  readonly #kept = new Map<string, number>()

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
    onReturn(() => void this.refresh())
    await this.refresh()
  }

  async refresh(): Promise<void> {
    const own = ++this.#turn
    try {
      const list = await call('projects.list', {})
      if (own < this.#listed) return
      this.#listed = own
      // what came since it was asked is newer, also where the list does not know of it
      const newer = (this.#list ?? []).filter(({ id }) => (this.#kept.get(id) ?? 0) > own)
      const added = newer.filter(({ id }) => !list.some((listed) => listed.id === id))
      this.#list = [...added, ...list.map((listed) => newer.find(({ id }) => id === listed.id) ?? listed)]
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

  /** Looks for the project of the place, which the list does not know; home with the reason if it is gone. */
  async find(): Promise<void> {
    const id = place.project
    if (id === null) return
    try {
      this.#keep(await call('projects.get', { id }))
    } catch (error) {
      // nobody knows; it is looked for again when the connection is back
      if (codeOf(error) !== 'CONNECTION_LOST') this.#leave(id, error)
    }
  }

  /** Changes the open project. */
  async update(change: Change): Promise<void> {
    const id = place.project
    if (id === null) return
    try {
      await this.#change(id, change)
    } catch (error) {
      if (codeOf(error) === 'PROJECT_GONE') this.#leave(id, error)
      throw error
    }
  }

  /** One that was opened elsewhere. */
  add(project: Project): void {
    this.#keep(project)
  }

  async rename(id: string, name: string, company: string): Promise<void> {
    await this.#change(id, { name, company })
  }

  async remove(id: string): Promise<{ undo: string }> {
    const removed = await call('projects.remove', { id })
    this.#list = (this.#list ?? []).filter((project) => project.id !== id)
    return removed
  }

  async restore(undo: string): Promise<void> {
    const project = await call('projects.restore', { undo })
    if (project) this.#keep(project)
    // back among those that cannot be read
    else await this.refresh()
  }

  /** Goes to a step of the open project and remembers it there. */
  async goTo(step: Step): Promise<void> {
    place.go(step)
    await this.update({ step })
  }

  /** Of changes made fast the answers may come in another order: the newest one knows of all before it. */
  async #change(id: string, change: Change): Promise<void> {
    const own = ++this.#turn
    const project = await call('projects.update', { id, ...change })
    if ((this.#changed.get(id) ?? 0) > own) return
    this.#changed.set(id, own)
    this.#keep(project)
  }

  /** In the rooms of a project that is gone nothing can be done: home, with the reason. */
  #leave(id: string, error: unknown): void {
    this.#list = (this.#list ?? []).filter((project) => project.id !== id)
    // an address that was never one of a project
    troubles.tell(codeOf(error) === 'BAD_ARGUMENTS' ? gone : error)
    if (place.project === id) place.go('home', { project: null, run: null })
  }

  #keep(project: Project): Project {
    this.#kept.set(project.id, ++this.#turn)
    const rest = (this.#list ?? []).filter((other) => other.id !== project.id)
    this.#list = [project, ...rest]
    return project
  }
}

const codeOf = (error: unknown): string => (error instanceof NeiroError ? error.code : '')
const gone = new NeiroError('PROJECT_GONE')

export const projects = new Projects()
