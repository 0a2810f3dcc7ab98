// One life of a run: takes the folder, opens the model, goes on from the last checkpoint, trains, and leaves
// the folder saying how it ended. The training itself is training-loop.ts.
import { join } from 'node:path'
import type { OpenOptions } from '../../addon/index'
import { NeiroError } from '../contract/errors'
import { judgedBy } from '../contract/judged-by'
import { methodRows } from '../contract/methods'
import type { MetricLine, RunProgress } from '../contract/records'
import { runFiles, type RunStateFile } from '../contract/run-files'
import { lockRun } from '../files/run-lock'
import { judgesOf } from './judges'
import type { Judge } from './judges/judge'
import { planTraining } from './batching'
import { latestCheckpoint, removeCheckpoint, writeCheckpoint, type FoundCheckpoint } from './checkpoint'
import type { EngineSession } from './engine-session'
import { errorData } from './error-data'
import { removeLeftovers } from '../files/whole-folder'
import { freshLoopState } from './loop-state'
import { MetricsFile } from './metrics-file'
import { methods } from './methods'
import type { Method } from './methods/method'
import { readPrepared, type PreparedSet } from '../files/prepared-file'
import { ResultFolders } from './result-folders'
import { readJob, readState, RunState } from './run-input'
import { openRunLog, type RunLog } from './run-log'
import { TrainingLoop, type LoopOutcome, type LoopParts, type LoopRequest } from './training-loop'

export interface RunParts {
  /** instruction set in use here, as the engine's probe names it */
  readonly backend: string
  readonly openSession: (options: OpenOptions) => Promise<EngineSession>
  readonly request: () => LoopRequest | null
  readonly textsOf: LoopParts['textsOf']
  readonly onMetric: (line: MetricLine) => void
  readonly onProgress: (progress: RunProgress) => void
  readonly clock?: () => number
}

interface RunEnd {
  readonly outcome: LoopOutcome
  readonly step: number
}

/** Starts or resumes the run in this folder. Rejects with RUN_BUSY when another process trains it. */
export async function trainRun(runDir: string, parts: RunParts): Promise<RunEnd> {
  // before the lock, so that a wrong path is told as such
  await readState(runDir)
  const lock = await lockRun(runDir)
  const log = openRunLog(runDir)
  try {
    const before = await readState(runDir)
    if (before.state === 'finished') throw finished(runDir)
    return await trainLocked(runDir, before, parts, log)
  } finally {
    await lock.release()
  }
}

async function trainLocked(
  runDir: string,
  before: RunStateFile,
  parts: RunParts,
  log: RunLog
): Promise<RunEnd> {
  const state = new RunState(runDir, before)
  const sets: PreparedSet[] = []
  const keep = (set: PreparedSet): PreparedSet => {
    sets.push(set)
    return set
  }
  try {
    const job = await readJob(runDir)
    const train = keep(await readPrepared(join(runDir, job.train)))
    const heldOut = job.heldOut ? keep(await readPrepared(join(runDir, job.heldOut))) : null
    const plan = planTraining(train.lengths, job.settings)
    await removeLeftovers(runDir)
    await removeLeftovers(join(runDir, runFiles.checkpoints))
    await state.change({ state: 'running', step: before.step, totalSteps: plan.totalSteps })
    log(`process ${process.pid} opens ${job.open.modelDir}`)
    const session = await parts.openSession(job.open)
    let judges: readonly Judge[] = []
    try {
      judges = await judgesOf(job, parts.openSession)
      await state.change({ state: 'running', step: before.step, ...(await trainedOn(session, parts)) })
      return await trainOpened({
        runDir,
        before,
        parts,
        log,
        state,
        job,
        train,
        heldOut,
        plan,
        session,
        judges
      })
    } finally {
      for (const judge of judges) await judge.end()
      // whatever went wrong: the process trains other runs after this one
      await session.close()
    }
  } catch (error) {
    await recordFailure(state, error, log)
    throw error
  } finally {
    for (const set of sets) set.close()
  }
}

/** Where it went, which auto leaves to the moment: what is free then decides. */
async function trainedOn(
  session: EngineSession,
  { backend }: RunParts
): Promise<Required<Pick<RunStateFile, 'backend' | 'gpu' | 'notOnGpu'>>> {
  const { onGpu, gpuName, notOnGpu } = await session.plan()
  return { backend: onGpu ? 'cuda' : backend, gpu: onGpu && gpuName, notOnGpu }
}

interface Opened extends Pick<LoopParts, 'job' | 'train' | 'heldOut' | 'plan' | 'session' | 'judges'> {
  readonly runDir: string
  readonly before: RunStateFile
  readonly parts: RunParts
  readonly log: RunLog
  readonly state: RunState
}

async function trainOpened(opened: Opened): Promise<RunEnd> {
  const { runDir, before, parts, log, state, job, train, heldOut, plan, session, judges } = opened
  const { checkpoint, torn, others } = await resumePoint(opened)
  const metrics = MetricsFile.open(join(runDir, runFiles.metrics), checkpoint?.metricsBytes ?? 0)
  try {
    const clock = parts.clock ?? Date.now
    const method: Method = methods[job.settings.method]
    const { trains } = methodRows[job.settings.method]
    const results = new ResultFolders(runDir, runFiles[trains], (dir) => method.save(session, dir, job))
    const start = checkpoint?.loop ?? freshLoopState
    const metric = (line: MetricLine): void => {
      metrics.append(line)
      if (line.kind === 'notice') log(`step ${line.step}: ${line.code} ${JSON.stringify(line.details)}`)
      parts.onMetric(line)
    }
    const notice = (code: string, details: Record<string, string>): void =>
      metric({ kind: 'notice', step: start.step, time: new Date(clock()).toISOString(), code, details })
    for (const name of torn) notice('CHECKPOINT_TORN', { checkpoint: name })
    // one that is only opened to write its result learns nothing more
    if (before.state !== 'waiting' && parts.request() !== 'stop')
      notice('RESUMED', { step: String(start.step) })
    if (others) notice('OTHER_INSTRUCTIONS', others)
    if (start.best) await results.showBest(start.best.step)
    const loop = new TrainingLoop(
      {
        job,
        method,
        judgedBy: judgedBy(job.settings),
        plan,
        train,
        heldOut,
        session,
        clock,
        memory: () => process.memoryUsage.rss(),
        request: parts.request,
        textsOf: parts.textsOf,
        judges,
        metric,
        progress: (progress) => parts.onProgress({ ...progress, run: runDir, state: 'running' }),
        checkpoint: async (content) => {
          const metricsBytes = metrics.sync()
          await writeCheckpoint(runDir, { loop: content, metricsBytes }, (file) => session.saveState(file))
          await state.change({ state: 'running', step: content.step })
        },
        keepBest: (step) => results.keepBest(step)
      },
      start
    )
    const { outcome, state: end } = await loop.run()
    if (outcome === 'finished' || outcome === 'stopped') await results.writeResult(end.best)
    await state.change({ state: outcome, step: end.step })
    log(`${outcome} at step ${end.step} of ${plan.totalSteps}`)
    return { outcome, step: end.step }
  } finally {
    metrics.close()
  }
}

interface ResumePoint {
  readonly checkpoint: FoundCheckpoint | null
  readonly torn: readonly string[]
  /** instructions of before, where they are not those of now; null too where a version did not say */
  readonly others: { readonly before: string; readonly now: string } | null
}

async function resumePoint({ runDir, session, log }: Opened): Promise<ResumePoint> {
  const { checkpoint, torn } = await latestCheckpoint(runDir)
  const info = checkpoint && (await session.loadState(checkpoint.stateFile))
  for (const name of torn) {
    log(`${name} does not match its manifest and is not used`)
    await removeCheckpoint(runDir, name)
  }
  const before = info ? info.writtenBy : null
  const others = info && before !== null && before !== info.here ? { before, now: info.here } : null
  return { checkpoint, torn, others }
}

/** On a full disk even this may fail; then the folder still reads as interrupted, which is true. */
async function recordFailure(state: RunState, error: unknown, log: RunLog): Promise<void> {
  const data = errorData(error)
  log(`failed: ${NeiroError.fromData(data).message}`)
  if (data.code === 'INTERNAL' && error instanceof Error) log(error.stack ?? '')
  await state.change({ state: 'failed', step: state.now.step, error: data }).catch(() => undefined)
}

function finished(runDir: string): NeiroError {
  return new NeiroError('RUN_FINISHED', { run: runDir })
}
