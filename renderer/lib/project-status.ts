// Where a project stands: the furthest that it has truly come (trained, compared, exported), or what a training of it
// is at now; what home says of it and where it goes on. Pure.
import { methodRows } from '../../main/contract/methods'
import { steps, type Project, type Step } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { hasResult, isAwaited } from './run-acts'
import { learntShare, resultInView } from './run-in-view'

export type Status =
  Step | 'training' | 'waiting' | 'awaited' | 'paused' | 'interrupted' | 'failed' | 'exported'

export interface Since {
  readonly what: 'exported' | 'ended' | 'started' | 'opened'
  readonly at: string
}

export interface ProjectStatus {
  readonly status: Status
  /** where its button leads */
  readonly page: Step
  /** what the button says: an earlier room, where the user went back to one */
  readonly go: Status
  /** the run that is opened there */
  readonly run: string | null
  /** the run that the status is true of: what was exported, whatever was trained since */
  readonly about: RunView | null
  /** when what is said happened */
  readonly since: Since
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
  const at = (
    status: Status,
    page: Step,
    run: RunView | null,
    { go = status, about = run }: { go?: Status; about?: RunView | null } = {}
  ): ProjectStatus => {
    const reached = Math.max(steps.indexOf(page), steps.indexOf(stepOf(status)))
    const learnt = about ? learntShare(about) : Math.max(0, ...results.map(learntShare))
    const since = sinceOf(status, about) ?? { what: 'opened', at: project.workedAt }
    return { status, page, go, run: run?.id ?? null, about, since, stepNumber: reached + 1, learnt }
  }
  // its result is taken back there
  if (newest && isAwaited(newest)) return at('awaited', 'train', newest)
  if (newest && newest.state in unfinished)
    return at(unfinished[newest.state as keyof typeof unfinished], 'train', newest)
  // whoever went back to the goal, the data or the model prepares the next training
  const wentBack = isEarlier(project.step, 'train') && !endedSince(project, results)
  const chosen = resultInView(project, results, null)
  if (newest?.state === 'failed' && !wentBack && (project.step === 'train' || !chosen))
    return at('failed', 'train', newest)
  if (!chosen) {
    const step = isEarlier('train', project.step) ? 'train' : project.step
    return at(step, step, null)
  }
  const opened = toGoOnWith(results) ?? chosen
  const { status, about } = furthest(project, results, opened)
  const page = wentBack ? project.step : roomFor(project, opened, chosen)
  // what was exported last stands before what was exported earlier
  if (page === 'export' && opened.exported > 0) return at(status, page, about, { go: 'exported' })
  return at(status, page, opened, { about, go: page })
}

/** A training came to its end, or was exported, and nothing was done in an earlier room since: a look at one is no way back. */
const endedSince = ({ workedAt }: Project, results: readonly RunView[]): boolean =>
  results.some(({ endedAt, exportedAt }) => [endedAt, exportedAt].some((at) => at && at > workedAt))

/** One that came to its end before one that was ended early, the newest of them: which one was looked at last, and whether
 *  anybody looked, takes nothing back. */
function toGoOnWith(results: readonly RunView[]): RunView | null {
  const newest = (runs: readonly RunView[]): RunView | null => resultInView({ chosenRun: null }, runs, null)
  return newest(results.filter(({ state }) => state === 'finished')) ?? newest(results)
}

/** From a step that is done the next one is offered. */
function roomFor(project: Project, opened: RunView, chosen: RunView): Step {
  if (project.step === 'export' && chosen.id === opened.id) return 'export'
  return isSeen(project, opened) ? 'export' : 'compare'
}

/** How well texts are sorted is known as soon as it is looked at: no answers are compared. What was exported was looked at
 *  before, whichever run was looked at since. */
const isSeen = (project: Project, run: RunView): boolean =>
  methodRows[run.settings.method].head === 'score'
    ? run.exported > 0 || (project.chosenRun === run.id && hasReachedCompare(project))
    : run.compared

const hasReachedCompare = ({ step, reached }: Project): boolean =>
  !isEarlier(step, 'compare') || !isEarlier(reached, 'compare')

/** The one in which anything was done last before the others: a choice, a change of its data, or what its runs came to. */
export function byLastWork(projects: readonly Project[], runs: readonly RunView[]): readonly Project[] {
  const last = new Map(projects.map(({ id, workedAt }) => [id, workedAt]))
  for (const { project, createdAt, startedAt, endedAt, exportedAt } of runs)
    for (const at of [createdAt, startedAt, endedAt, exportedAt])
      if (project !== null && at && at > (last.get(project) ?? at)) last.set(project, at)
  return [...projects].sort((a, b) => (last.get(b.id) ?? '').localeCompare(last.get(a.id) ?? ''))
}

/** What was done last, and with what it was done. */
function furthest(
  project: Project,
  results: readonly RunView[],
  opened: RunView
): { readonly status: Status; readonly about: RunView } {
  const exported = newestBy(
    results.filter((run) => run.exported > 0),
    ({ exportedAt = '' }) => exportedAt
  )
  if (exported) return { status: 'exported', about: exported }
  if (isSeen(project, opened)) return { status: 'export', about: opened }
  const seen = newestBy(
    results.filter((run) => isSeen(project, run)),
    ({ createdAt }) => createdAt
  )
  return seen ? { status: 'export', about: seen } : { status: 'compare', about: opened }
}

const newestBy = (runs: readonly RunView[], at: (run: RunView) => string): RunView | undefined =>
  [...runs].sort((a, b) => at(b).localeCompare(at(a)) || b.createdAt.localeCompare(a.createdAt))[0]

/** null: nothing of a run is said. */
function sinceOf(status: Status, run: RunView | null): Since | null {
  const known = (what: Since['what'], at: string | null | undefined): Since | null =>
    at ? { what, at } : null
  if (status === 'exported') return known('exported', run?.exportedAt)
  if (status === 'compare' || status === 'export') return known('ended', run?.endedAt)
  return known('started', run?.startedAt)
}

/** Ended by the user before its first save there is nothing to compare. */
const cameToSomething = (run: RunView): boolean =>
  hasResult(run) && !(run.state === 'stopped' && run.savedStep === 0)

function stepOf(status: Status): Step {
  if (status === 'exported') return 'export'
  return (steps as readonly string[]).includes(status) ? (status as Step) : 'train'
}

/** One that trains now is the newest, whatever was queued behind it. */
function newestOf(runs: readonly RunView[]): RunView | undefined {
  const sorted = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return sorted.find((run) => run.state === 'running') ?? sorted[0]
}
