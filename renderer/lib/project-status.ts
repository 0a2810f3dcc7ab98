// Where a project stands, from its newest run and the step where it was left: what home says of it and where it goes
// on. Pure.
import { steps, type Project, type Step } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'

export type Status = Step | 'training' | 'waiting' | 'paused' | 'interrupted' | 'failed'

export interface ProjectStatus {
  readonly status: Status
  /** where its button leads */
  readonly page: Step
  /** the run that is opened there */
  readonly run: string | null
  /** 1-based, for the six pips */
  readonly stepNumber: number
}

/** What a run that is not over says, whatever room the user was in. */
const unfinished = {
  running: 'training',
  waiting: 'waiting',
  paused: 'paused',
  interrupted: 'interrupted'
} as const

export function projectStatus(project: Project, runs: readonly RunView[]): ProjectStatus {
  const newest = newestOf(runs.filter((run) => run.project === project.id))
  const at = (status: Status, page: Step, run: string | null): ProjectStatus => ({
    status,
    page,
    run,
    stepNumber: steps.indexOf(page) + 1
  })
  if (newest && newest.state in unfinished)
    return at(unfinished[newest.state as keyof typeof unfinished], 'train', newest.id)
  // whoever went back to the goal, the data or the model prepares the next training
  if (!newest || steps.indexOf(project.step) < steps.indexOf('train'))
    return at(project.step, project.step, project.chosenRun)
  if (newest.state === 'failed') return at('failed', 'train', newest.id)
  if (project.step !== 'train') return at(project.step, project.step, project.chosenRun ?? newest.id)
  // ended by the user before there was anything to compare
  if (newest.state === 'stopped' && newest.savedStep === 0) return at('train', 'train', null)
  return at('compare', 'compare', newest.id)
}

/** One that trains now is the newest, whatever was queued behind it. */
function newestOf(runs: readonly RunView[]): RunView | undefined {
  const sorted = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return sorted.find((run) => run.state === 'running') ?? sorted[0]
}
