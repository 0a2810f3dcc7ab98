// The check-up of the open project: made in the background whenever the set has changed, what its findings offer done by a
// click, and taken back by another.
import type { CheckChoices, KeepChoice, PersonalItem } from '../../main/contract/check-up'
import type { GoalKey } from '../../main/contract/goals'
import type { FindingKind } from '../../main/contract/findings'
import type { CheckUpView } from '../../main/contract/window/check-up'
import { call } from '../api.svelte'
import { dataRoom, type Outcome } from './data.svelte'

/** values that are listed at once */
const listed = 200

class CheckUpRoom {
  #view = $state.raw<CheckUpView | null>(null)
  #personal = $state.raw<{ readonly total: number; readonly items: readonly PersonalItem[] } | null>(null)
  #checking = $state(false)
  #failure = $state.raw<unknown>(null)
  #keep = $state<KeepChoice>('first')
  #newest: symbol | null = null
  #project = $state<string | null>(null)
  /** rows are other examples for another goal, and other things are found in them */
  #goal = $state<GoalKey | null>(null)

  /** of the set as it was checked last; null: not yet */
  get view(): CheckUpView | null {
    return this.#view
  }
  get personal(): { readonly total: number; readonly items: readonly PersonalItem[] } | null {
    return this.#personal
  }
  get checking(): boolean {
    return this.#checking
  }
  get failure(): unknown {
    return this.#failure
  }
  /** which of rows that are alike stays */
  get keep(): KeepChoice {
    return this.#keep
  }
  set keep(keep: KeepChoice) {
    this.#keep = keep
  }
  /** all that is listed of a project; none where another one was checked last, or the same for another goal */
  listedOf(project: string | null, goal: GoalKey): number {
    return project === this.#project && goal === this.#goal ? (this.#view?.findings.length ?? 0) : 0
  }
  /** findings with something to put right */
  get count(): number {
    return this.#view?.findings.filter(({ repair }) => repair !== null).length ?? 0
  }

  /** Checks the set as it is now; what was found before stays in sight meanwhile. */
  async check(project: string, goal: GoalKey): Promise<void> {
    if (project !== this.#project || goal !== this.#goal) this.#view = this.#personal = null
    this.#project = project
    this.#goal = goal
    const own = (this.#newest = Symbol(project))
    this.#checking = true
    this.#failure = null
    try {
      const view = await call('checkUp.get', { project, keep: this.#keep })
      if (this.#newest === own) this.#view = view
    } catch (error) {
      if (this.#newest === own) this.#failure = error
    } finally {
      if (this.#newest === own) this.#checking = false
    }
  }

  /** The set has no examples any more: what was found is not there either. */
  async letGo(): Promise<void> {
    this.#view = this.#personal = null
    this.#failure = null
    if (this.#checking) await this.stop()
  }

  async stop(): Promise<void> {
    this.#newest = null
    this.#checking = false
    if (this.#project) await call('checkUp.cancel', { project: this.#project })
  }

  /** kept: index of the row that was chosen among those that contradict one another */
  async repair(finding: FindingKind, kept?: number): Promise<Outcome> {
    const one = kept === undefined ? {} : { kept }
    return dataRoom.by((project) => call('checkUp.repair', { project, finding, keep: this.#keep, ...one }))
  }

  async undo(entry: number): Promise<Outcome> {
    return dataRoom.by((project) => call('data.undo', { project, entry }))
  }

  /** Other words of the user about what is looked for. */
  async choose(change: (choices: CheckChoices) => CheckChoices): Promise<void> {
    const choices = this.#view?.choices
    const project = this.#project
    if (!choices || !project) return
    await dataRoom.by(() => call('checkUp.setChoices', { project, choices: change(choices) }))
    // the set is what it was, so nobody else begins anew
    if (this.#goal) await this.check(project, this.#goal)
    if (this.#personal) await this.listPersonal()
  }

  async listPersonal(): Promise<void> {
    const project = this.#project
    if (!project) return
    const personal = await call('checkUp.personal', { project, offset: 0, limit: listed })
    if (this.#project === project) this.#personal = personal
  }

  async personalFile(): Promise<{ name: string; text: string } | null> {
    return this.#project ? call('checkUp.personalFile', { project: this.#project }) : null
  }
}

export const checkUpRoom = new CheckUpRoom()
