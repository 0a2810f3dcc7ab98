// What was handed to the app from outside its window. Projects are opened at once; data wait for the user's word.
import { NeiroError } from '../../main/contract/errors'
import type { FileRef } from '../../main/contract/window/app'
import { call, on } from '../api.svelte'
import { awaitedFiles } from './awaited-files'
import { dataRoom } from './data.svelte'
import { place } from './place.svelte'
import { projects } from './projects.svelte'
import { troubles } from './troubles.svelte'

class Handed {
  #data = $state.raw<readonly FileRef[]>([])

  /** files and folders that may become examples of a project */
  get data(): readonly FileRef[] {
    return this.#data
  }

  async start(): Promise<void> {
    on('files.handed', () => void this.#take())
    await this.#take()
  }

  /** The user does not want them: they stay where they are. */
  drop(): void {
    this.#data = []
  }

  /** Into a project, in sight; null: into one that is made for them. */
  async addTo(id: string | null, newName: string): Promise<void> {
    const refs = this.#data
    this.#data = []
    await troubles.attempt(async () => {
      const project = id ?? (await projects.create({ name: newName, company: '', sample: false })).id
      awaitedFiles.put(project, refs)
      if (place.project !== project) place.go('data', { project, run: null })
      await projects.goTo('data')
      // a room that was open before
      if (dataRoom.project === project && !dataRoom.loading) await dataRoom.add(awaitedFiles.take(project))
    })
  }

  async #take(): Promise<void> {
    try {
      const { projects: folders, data, refused } = await call('files.takeHanded', {})
      const known = new Set(this.#data.map(({ id }) => id))
      this.#data = [...this.#data, ...data.filter(({ id }) => !known.has(id))]
      for (const error of refused) troubles.tell(NeiroError.fromData(error))
      for (const folder of folders) await this.#open(folder)
    } catch (error) {
      troubles.tell(error)
    }
  }

  async #open(folder: FileRef): Promise<void> {
    try {
      const project = await projects.open(folder.id)
      place.go(project.step, { project: project.id, run: project.chosenRun })
    } catch (error) {
      troubles.tell(error)
    }
  }
}

export const handed = new Handed()
