// One life of a run: takes the folder, opens the model, goes on from the last checkpoint, trains, and leaves
// the folder saying how it ended. The training itself is training-loop.ts.
import { join } from 'node:path'
import type { OpenOptions } from '../../addon/index'
import { NeiroError } from '../contract/errors'
import type { MetricLine, RunProgress } from '../contract/records'
import { runFiles, type RunStateFile } from '../contract/run-files'
import type { Job } from '../contract/trainer-protocol'
import { lockRun } from '../files/run-lock'
import { AdapterFolders } from './adapter-folders'
import { planTraining } from './batching'
import { latestCheckpoint, removeCheckpoint, writeCheckpoint, type FoundCheckpoint } from './checkpoint'
import type { EngineSession } from './engine-session'
import { errorData } from './error-data'
import { removeLeftovers } from '../files/whole-folder'
import { freshLoopState } from './loop-state'
import { MetricsFile } from './metrics-file'
import { readPrepared } from './prepared-data'
import { changeState, readJob, readState } from './run-input'
import { openRunLog, type RunLog } from './run-log'
import { TrainingLoop, type LoopOutcome, type LoopRequest } from './training-loop'

export interface RunParts {
  readonly openSession: (options: OpenOptions) => Promise<EngineSession>
  readonly request: () => LoopRequest | null
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
    lock.release()
  }
}

async function trainLocked(
  runDir: string,
  before: RunStateFile,
  parts: RunParts,
  log: RunLog
): Promise<RunEnd> {
  let state = before
  try {
    const job = await readJob(runDir)
    const train = await readPrepared(join(runDir, job.train))
    const heldOut = job.heldOut ? await readPrepared(join(runDir, job.heldOut)) : null
    const plan = planTraining(train.lengths, job.settings)
    const { totalSteps } = plan
    await removeLeftovers(runDir)
    await removeLeftovers(join(runDir, runFiles.checkpoints))
    state = await changeState(runDir, state, { state: 'running', step: state.step, totalSteps })
    log(`process ${process.pid} opens ${job.open.modelDir}`)

    const session = await openModel(job, parts)
    const resumed = await resumePoint(runDir, session, log)
    const metrics = MetricsFile.open(join(runDir, runFiles.metrics), resumed.checkpoint?.metricsBytes ?? 0)
    const clock = parts.clock ?? Date.now
    const adapters = new AdapterFolders(runDir, session, job.baseModelName)
    const start = resumed.checkpoint?.loop ?? freshLoopState
    const metric = (line: MetricLine): void => {
      metrics.append(line)
      if (line.kind === 'notice') log(`step ${line.step}: ${line.code} ${JSON.stringify(line.details)}`)
      parts.onMetric(line)
    }
    const notice = (code: string, details: Record<string, string>): void =>
      metric({ kind: 'notice', step: start.step, time: new Date(clock()).toISOString(), code, details })
    try {
      for (const name of resumed.torn) notice('CHECKPOINT_TORN', { checkpoint: name })
      if (before.state !== 'waiting') notice('RESUMED', { step: String(start.step) })
      if (start.best) await adapters.showBest(start.best.step)
      const loop = new TrainingLoop(
        {
          job,
          plan,
          train,
          heldOut,
          session,
          clock,
          memory: () => process.memoryUsage.rss(),
          request: parts.request,
          metric,
          progress: (progress) => parts.onProgress({ ...progress, run: runDir, state: 'running' }),
          checkpoint: async (content) => {
            const metricsBytes = metrics.sync()
            await writeCheckpoint(runDir, { loop: content, metricsBytes }, (file) => session.saveState(file))
            state = await changeState(runDir, state, { state: 'running', step: content.step })
          },
          keepBest: (step) => adapters.keepBest(step)
        },
        start
      )
      const end = await loop.run()
      const { step } = end.state
      if (end.outcome === 'finished' || end.outcome === 'stopped') await adapters.writeResult(end.state.best)
      state = await changeState(runDir, state, { state: end.outcome, step })
      log(`${end.outcome} at step ${step} of ${totalSteps}`)
      return { outcome: end.outcome, step }
    } finally {
      metrics.close()
      await session.close()
    }
  } catch (error) {
    await recordFailure(runDir, state, error, log)
    throw error
  }
}

/** Opening is the place where a smaller plan would be tried when memory does not suffice. */
async function openModel(job: Job, parts: RunParts): Promise<EngineSession> {
  return parts.openSession(job.open)
}

async function resumePoint(
  runDir: string,
  session: EngineSession,
  log: RunLog
): Promise<{ checkpoint: FoundCheckpoint | null; torn: readonly string[] }> {
  const found = await latestCheckpoint(runDir)
  try {
    if (found.checkpoint) await session.loadState(found.checkpoint.stateFile)
  } catch (error) {
    await session.close()
    throw error
  }
  for (const name of found.torn) {
    log(`${name} does not match its manifest and is not used`)
    await removeCheckpoint(runDir, name)
  }
  return found
}

/** On a full disk even this may fail; then the folder still reads as interrupted, which is true. */
async function recordFailure(
  runDir: string,
  state: RunStateFile,
  error: unknown,
  log: RunLog
): Promise<void> {
  const data = errorData(error)
  log(`failed: ${NeiroError.fromData(data).message}`)
  if (data.code === 'INTERNAL' && error instanceof Error) log(error.stack ?? '')
  await changeState(runDir, state, { state: 'failed', step: state.step, error: data }).catch(() => undefined)
}

function finished(runDir: string): NeiroError {
  return new NeiroError('RUN_FINISHED', { run: runDir })
}
