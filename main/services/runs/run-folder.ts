// Reads run folders: what state a run is in and what its curves are. Everything is derived from the folder;
// only the trainer writes there after it was prepared.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { MetricLine, RunRecord, RunState } from '../../contract/records'
import { runFiles, type RunStateFile } from '../../contract/run-files'
import type { Job } from '../../contract/trainer-protocol'
import { isRunHeld } from '../../files/run-lock'
import { readMetricLine } from './metric-line'
import { RunMetrics } from './run-metrics'

/** Rejects with RUN_NOT_FOUND or RUN_BROKEN. */
export async function readRun(dir: string): Promise<RunRecord> {
  if (!existsSync(join(dir, runFiles.job))) {
    throw new NeiroError('RUN_NOT_FOUND', { run: dir })
  }
  const job = await readJson<Job>(dir, runFiles.job)
  const file = await readJson<RunStateFile>(dir, runFiles.state)
  const figures = await new RunMetrics(dir).figures()
  const { error } = file
  return {
    id: basename(dir),
    dir,
    name: file.name,
    state: stateOf(dir, file.state),
    createdAt: file.createdAt,
    modelName: job.baseModelName,
    step: figures.lastStep?.step ?? file.step,
    totalSteps: file.totalSteps,
    lastLoss: figures.lastLoss,
    best: figures.best,
    ...(error && { error })
  }
}

/** Newest first. A damaged run is listed with its error, never left out. */
export async function listRuns(runsDir: string): Promise<RunRecord[]> {
  const names = await readdir(runsDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const runs = await Promise.all(
    names
      .filter((name) => !name.startsWith('.') && existsSync(join(runsDir, name, runFiles.job)))
      .map((name) =>
        readRun(join(runsDir, name)).catch((error: unknown) => damaged(join(runsDir, name), error))
      )
  )
  return runs.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id))
}

/** Lines of metrics.jsonl from line number `from` (0-based); a line still being written is left out. */
export async function readMetrics(dir: string, from = 0): Promise<MetricLine[]> {
  const text = await readFile(join(dir, runFiles.metrics), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .slice(from, -1)
    .flatMap((line) => readMetricLine(line) ?? [])
}

/** Written as running, but nobody holds it: its process died. */
function stateOf(dir: string, written: RunState): RunState {
  if (isRunHeld(dir)) return 'running'
  return written === 'running' ? 'interrupted' : written
}

async function readJson<T>(dir: string, name: string): Promise<T> {
  try {
    return JSON.parse(await readFile(join(dir, name), 'utf8')) as T
  } catch {
    throw new NeiroError('RUN_BROKEN', { file: join(dir, name), name })
  }
}

function damaged(dir: string, error: unknown): RunRecord {
  return {
    id: basename(dir),
    dir,
    name: basename(dir),
    state: 'failed',
    createdAt: '',
    modelName: '',
    step: 0,
    totalSteps: 0,
    lastLoss: null,
    best: null,
    error:
      error instanceof NeiroError ? error.toData() : { code: 'INTERNAL', details: { reason: String(error) } }
  }
}
