// What runs are called wherever they stand beside others: by project and run, where a project has learnt for several goals
// by what each learnt, and two of one name told apart by the day and time they were begun. Pure.
import { goalOf, type GoalKey } from '../../main/contract/goals'
import type { Language } from '../../main/contract/language'
import type { Project } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { runNameIn } from '../../main/words/run-name'
import { windowWords } from '../../main/words/window'
import { dayAndTime } from './format'

type NamedRun = Pick<RunView, 'id' | 'name' | 'project' | 'createdAt' | 'settings'>
type NamedProject = Pick<Project, 'id' | 'name' | 'shownPath'>
/** with the goal that it has now */
type ProjectOfGoal = NamedProject & Pick<Project, 'goal'>

export interface RunName {
  readonly project: string
  /** within its project */
  readonly run: string
  /** everywhere */
  readonly full: string
}

export function runNames(
  runs: readonly NamedRun[],
  projects: readonly ProjectOfGoal[],
  language: Language
): ReadonlyMap<string, RunName> {
  const words = windowWords[language].runs
  const projectOf = projectNames(projects, language)
  const severalGoals = projectsOfSeveralGoals(runs, projects)
  const twins = new Map<string, NamedRun[]>()
  for (const one of runs) {
    const run = { ...one, name: runNameIn(one.name, language) }
    const learnt = severalGoals.has(run.project) ? goalOf(run.settings.method) : null
    const key = JSON.stringify([run.project, run.name, learnt])
    twins.set(key, [...(twins.get(key) ?? []), run])
  }
  return new Map(
    [...twins.values()].flatMap((same) =>
      same.map((run, at): [string, RunName] => {
        const project =
          run.project === null ? words.commandLine : (projectOf.get(run.project) ?? words.commandLine)
        const apart = [
          severalGoals.has(run.project) ? words.learnt[goalOf(run.settings.method)] : '',
          same.length === 1 ? '' : whenOf(run, same, at, language)
        ].filter(Boolean)
        const name = apart.length === 0 ? run.name : words.twin(run.name, apart.join(words.and))
        return [run.id, { project, run: name, full: words.ofProject(project, name) }]
      })
    )
  )
}

/** What was trained without a project stands under no goal; what a project is for now is one of its goals. */
function projectsOfSeveralGoals(
  runs: readonly NamedRun[],
  projects: readonly ProjectOfGoal[]
): ReadonlySet<string | null> {
  const first = new Map<string, GoalKey>(projects.map(({ id, goal }) => [id, goal]))
  const several = new Set<string | null>()
  for (const { project, settings } of runs) {
    if (project === null) continue
    const goal = goalOf(settings.method)
    if ((first.get(project) ?? goal) !== goal) several.add(project)
    first.set(project, goal)
  }
  return several
}

/** When it was begun; of several begun in one minute, which of them. */
function whenOf(run: NamedRun, same: readonly NamedRun[], at: number, language: Language): string {
  const begun = (one: NamedRun): string =>
    one.createdAt === '' ? '–' : dayAndTime(one.createdAt, language, new Date(0))
  const when = begun(run)
  const together = same.filter((other) => begun(other) === when)
  if (together.length === 1) return when
  const place = together.length - together.indexOf(same[at] as NamedRun)
  return `${when} #${place}`
}

/** Copies of a project have the name of the first: their folders tell them apart; '' where no other is called so. */
export function folderApart(
  { id, name, shownPath }: NamedProject,
  projects: readonly NamedProject[],
  language: Language
): string {
  const alone = !projects.some((other) => other.id !== id && other.name === name)
  return alone ? '' : windowWords[language].home.inFolder(shownPath.split(/[\\/]/).at(-1) ?? '')
}

export function projectNames(
  projects: readonly NamedProject[],
  language: Language
): ReadonlyMap<string, string> {
  const { twin } = windowWords[language].runs
  return new Map(
    projects.map((project) => {
      const folder = folderApart(project, projects, language)
      return [project.id, folder === '' ? project.name : twin(project.name, folder)]
    })
  )
}
