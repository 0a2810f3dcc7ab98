// Where a project stands, from its step and its runs: what home says of it and where it goes on. Pure.
import { steps, type Project, type Step } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'

export type Status = Step | 'training'

export interface ProjectStatus {
  readonly status: Status
  /** 1-based, for the six pips */
  readonly stepNumber: number
  /** a run that was cut off and can go on */
  readonly interrupted: RunView | null
}

export function projectStatus(project: Project, runs: readonly RunView[]): ProjectStatus {
  const own = runs.filter((run) => run.project === project.id)
  const running = own.some((run) => run.state === 'running')
  return {
    status: running ? 'training' : project.step,
    stepNumber: steps.indexOf(running ? 'train' : project.step) + 1,
    interrupted: own.find((run) => run.state === 'interrupted') ?? null
  }
}
