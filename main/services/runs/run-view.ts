// A run as the window shows it, from its folder and, while it trains here, from what the trainer says.
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { RunProgress, RunState } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import { defaultSettings } from '../../contract/settings'
import type { RunView } from '../../contract/window/training'
import { isRunHeld } from '../../files/run-lock'
import { readElsewhere } from '../runners/elsewhere-file'
import { RunMetrics, type RunFigures } from './run-metrics'
import { freshRunFile, readRunFile } from './run-file'
import { comparedLoss } from './compared-loss'
import { otherRunsOf } from './other-runs'
import { resultsOf } from './run-results'
import { isRunFolder, missing, readJob, readState } from './run-folder'

/** Where a run lies and what it is called there. */
export interface RunPlace {
  readonly id: string
  /** id of its project; null: the command line made it */
  readonly project: string | null
  readonly dir: string
}

/** What only the queue knows. */
export interface LiveRun {
  /** 0 = training now */
  readonly queue: number
  readonly progress: RunProgress | null
}

export async function viewRun(place: RunPlace, figures: RunFigures, live: LiveRun | null): Promise<RunView> {
  try {
    return await viewWhole(place, figures, live)
  } catch (error) {
    if (error instanceof NeiroError) return damaged(place, error)
    // the folder was put away while it was looked at
    if (!existsSync(place.dir)) return damaged(place, missing(place.dir, runFiles.state))
    throw error
  }
}

async function viewWhole(place: RunPlace, figures: RunFigures, live: LiveRun | null): Promise<RunView> {
  const { dir, id, project } = place
  const job = await readJob(dir)
  const file = await readState(dir)
  const own = (await readRunFile(dir)) ?? freshRunFile(file.name)
  const state = stateOf(dir, file.state, live)
  const step = figures.lastStep?.step ?? file.step
  const away = await readElsewhere(dir)
  const { progress = null } = live ?? {}
  return {
    id,
    dir,
    name: own.name,
    state,
    createdAt: file.createdAt,
    modelName: job.baseModelName,
    step,
    totalSteps: file.totalSteps || own.totalSteps,
    lastLoss: figures.lastLoss,
    best: figures.best ?? (await comparedLoss(dir, job.settings.method, own.heldOutExamples)),
    ...(state === 'failed' && file.error && { error: file.error }),
    project,
    elsewhere: away?.place ?? null,
    ...(away?.cloud && away.ticket?.['model'] && { remoteModel: away.ticket['model'] }),
    ...(away?.ticket?.['deployment'] && { deployment: away.ticket['deployment'] }),
    preset: own.preset,
    ...(own.ofSweep && { ofSweep: own.ofSweep }),
    settings: job.settings,
    ...(own.weights && { weights: own.weights }),
    questions: own.questions,
    ...(own.systemPrompt && { systemPrompt: own.systemPrompt }),
    savedStep: file.step,
    epochsDone: figures.lastStep?.epoch ?? 0,
    epochs: job.settings.epochs,
    secondsLeft: state === 'running' ? (progress?.secondsLeft ?? null) : null,
    tokensPerSecond: progress?.tokensPerSecond ?? figures.speed,
    memory: figures.lastStep?.figures['memory'] ?? null,
    ...(file.gpu !== undefined && { trainedOn: { gpu: file.gpu, notOnGpu: file.notOnGpu ?? null } }),
    ...(await otherRunsOf(dir, job)),
    startedAt: own.startedAt ?? figures.firstTime,
    endedAt: state === 'running' || state === 'waiting' ? null : (figures.lastTime ?? null),
    queue: live?.queue ?? null,
    trainExamples: own.trainExamples,
    heldOutExamples: own.heldOutExamples,
    ...(own.cutExamples && { cutExamples: own.cutExamples }),
    ...(own.syntheticExamples !== undefined && { syntheticExamples: own.syntheticExamples }),
    ...(await resultsOf(dir, figures.lastTime ?? null)),
    notices: [...figures.notices, ...own.notices].sort((a, b) => a.time.localeCompare(b.time))
  }
}

/** A run by its folder alone. Throws RUN_NOT_FOUND, RUN_BROKEN. */
export async function readRun(dir: string): Promise<RunView> {
  if (!isRunFolder(dir)) throw new NeiroError('RUN_NOT_FOUND', { run: dir })
  return viewWhole({ id: '', project: null, dir }, await new RunMetrics(dir).figures(), null)
}

/** What the queue knows comes first: a run that is to be started has no holder yet, one that is to go on may
 *  still read as paused. */
function stateOf(dir: string, written: RunState, live: LiveRun | null): RunState {
  if (live) return live.queue === 0 ? 'running' : 'waiting'
  if (isRunHeld(dir)) return 'running'
  if (written === 'running') return 'interrupted'
  // taken out of the queue before it began
  return written === 'waiting' ? 'paused' : written
}

/** Listed with its error, never left out. */
function damaged({ id, project, dir }: RunPlace, error: NeiroError): RunView {
  return {
    id,
    dir,
    name: basename(dir),
    state: 'failed',
    createdAt: '',
    modelName: '',
    step: 0,
    totalSteps: 0,
    lastLoss: null,
    best: null,
    error: error.toData(),
    project,
    elsewhere: null,
    preset: 'custom',
    settings: defaultSettings,
    questions: [],
    savedStep: 0,
    epochsDone: 0,
    epochs: 0,
    secondsLeft: null,
    tokensPerSecond: null,
    memory: null,
    startedAt: null,
    endedAt: null,
    queue: null,
    trainExamples: 0,
    heldOutExamples: 0,
    compared: false,
    answered: 0,
    exported: 0,
    notices: []
  }
}
