// Where a project stands: the furthest that it has truly come (trained, compared, exported), or what a training of it
// is at now; what home says of it and where it goes on. Pure.
import { methodRows } from '../../main/contract/methods'
import { steps, type Project, type Step } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { hasResult, isAwaited } from './run-acts'
import { learntShare, resultInView } from './run-in-view'

export type Status =
  Step | 'training' | 'waiting' | 'awaited' | 'paused' | 'interrupted' | 'failed' | 'exported'

export interface ProjectStatus {
  readonly status: Status
  /** where its button leads */
  readonly page: Step
  /** what the button says: an earlier room, where the user went back to one */
  readonly go: Status
  /** the run that is opened there */
  readonly run: string | null
  /** 1-based, for the six pips */
  readonly stepNumber: number
  /** 0..1: as far as anything was learnt */
  readonly learnt: number
}

/** What a run that is not over says, whatever room the user was in. */
const unfinished = {
  running: 'training',
  waiting: 'waiting',
  paused: 'paused',
  interrupted: 'interrupted'
} as const

const isEarlier = (step: Step, than: Step): boolean => steps.indexOf(step) < steps.indexOf(than)

export function projectStatus(project: Project, runs: readonly RunView[]): ProjectStatus {
  const own = runs.filter((run) => run.project === project.id)
  const newest = newestOf(own)
  const results = own.filter(cameToSomething)
  const at = (status: Status, page: Step, run: RunView | null, go = status): ProjectStatus => {
    const reached = Math.max(steps.indexOf(page), steps.indexOf(stepOf(status)))
    const learnt = run ? learntShare(run) : Math.max(0, ...results.map(learntShare))
    return { status, page, go, run: run?.id ?? null, stepNumber: reached + 1, learnt }
  }
  // its result is taken back there
  if (newest && isAwaited(newest)) return at('awaited', 'train', newest)
  if (newest && newest.state in unfinished)
    return at(unfinished[newest.state as keyof typeof unfinished], 'train', newest)
  // whoever went back to the goal, the data or the model prepares the next training
  const wentBack = isEarlier(project.step, 'train')
  const chosen = resultInView(project, results, null)
  if (newest?.state === 'failed' && !wentBack && (project.step === 'train' || !chosen))
    return at('failed', 'train', newest)
  if (!chosen) {
    const step = isEarlier('train', project.step) ? 'train' : project.step
    return at(step, step, null)
  }
  // one that came to its end while nobody looked is what there is to compare now
  if (project.step === 'train' && newest && !newest.compared && cameToSomething(newest))
    return at('compare', 'compare', newest)
  const status = furthest(results, project.step, chosen)
  // from a step that is done the next one is offered
  const isDone = project.step === 'train' || (project.step === 'compare' && status !== 'compare')
  const page = isDone ? stepOf(status) : project.step
  // what is said to be exported is what was exported, whatever was trained since
  const told = status === 'exported' && chosen.exported === 0 ? newestExported(results) : chosen
  return at(status, page, told, page === stepOf(status) ? status : page)
}

const newestExported = (results: readonly RunView[]): RunView | null =>
  results.filter(({ exported }) => exported > 0).sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0] ??
  null

/** Ended by the user before its first save there is nothing to compare. */
const cameToSomething = (run: RunView): boolean =>
  hasResult(run) && !(run.state === 'stopped' && run.savedStep === 0)

function furthest(results: readonly RunView[], step: Step, chosen: RunView): Status {
  if (results.some(({ exported }) => exported > 0)) return 'exported'
  // how well texts are sorted is known as soon as it is looked at: no answers are compared
  const isSeen = step === 'compare' && methodRows[chosen.settings.method].head === 'score'
  if (step === 'export' || isSeen || results.some(({ compared }) => compared)) return 'export'
  return 'compare'
}

function stepOf(status: Status): Step {
  if (status === 'exported') return 'export'
  return (steps as readonly string[]).includes(status) ? (status as Step) : 'train'
}

/** One that trains now is the newest, whatever was queued behind it. */
function newestOf(runs: readonly RunView[]): RunView | undefined {
  const sorted = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return sorted.find((run) => run.state === 'running') ?? sorted[0]
}
