// What each run is called among all that there are, in the language in use.
import type { Project } from '../../main/contract/window/projects'
import type { OtherRun, RunView } from '../../main/contract/window/training'
import { otherRunName, runNameIn } from '../../main/words/run-name'
import { i18n } from '../i18n/index.svelte'
import { projectNames, runNames, type RunName } from '../lib/run-names'
import { projects } from './projects.svelte'
import { runs } from './runs.svelte'

class RunNames {
  readonly #all = $derived(runNames(runs.list ?? [], projects.list ?? [], i18n.language))

  readonly #projects = $derived(projectNames(projects.list ?? [], i18n.language))

  /** What a project is called beside the others. */
  ofProject({ id, name }: Pick<Project, 'id' | 'name'>): string {
    return this.#projects.get(id) ?? name
  }

  /** short names by the ids of runs */
  get known(): ReadonlyMap<string, string> {
    return new Map([...this.#all].map(([id, { run }]) => [id, run]))
  }

  /** Beside others: the project is said only where they are of several. */
  among(run: RunView, others: readonly RunView[]): string {
    const { run: short, full } = this.of(run)
    return others.every(({ project }) => project === run.project) ? short : full
  }

  /** What the run is held against where that is no model that somebody chose, but what another run has learnt whole; else null. */
  baseOf(id: string | undefined): string | null {
    return this.#other(runs.list?.find((run) => run.id === id)?.baseRun)
  }

  /** Whose adapter it learnt on with; null: nobody's, or one from elsewhere. */
  startOf(id: string): string | null {
    return this.#other(runs.list?.find((run) => run.id === id)?.startRun)
  }

  /** The two that answer, above what they say. */
  sideOf(id: string, side: 'base' | 'tuned'): string {
    const { base, tuned } = i18n.words.common
    return side === 'tuned' ? tuned : (this.baseOf(id) ?? base)
  }

  #other(other: OtherRun | undefined): string | null {
    if (!other) return null
    const known = runs.list?.find(({ dir }) => dir === other.dir)
    return known ? this.of(known).run : otherRunName(other, i18n.language)
  }

  of({ id, name }: Pick<RunView, 'id' | 'name'>): RunName {
    // one that has just been put away may still be drawn
    const own = runNameIn(name, i18n.language)
    return this.#all.get(id) ?? { project: '', run: own, full: own }
  }
}

export const runName = new RunNames()
