// What a run folder says before training starts: job.json, state.json and the model it names, checked; and how its
// state is written while it trains.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { NeiroError } from '../contract/errors'
import { runFiles, type RunStateFile } from '../contract/run-files'
import { wholeSettings } from '../contract/settings'
import type { Job } from '../contract/trainer-protocol'
import { isNewer } from '../files/newer'
import { writeFileWhole } from '../files/whole-file'

/** job.json, with its folders resolved (a relative one is seen from the run folder). */
export async function readJob(runDir: string): Promise<Job> {
  const job = (await readJson(runDir, runFiles.job)) as Partial<Job>
  if (isNewer(job, 1)) throw new NeiroError('RUN_NEWER', { run: runDir })
  if (job.version !== 1 || !job.open || !job.settings || !job.train) throw broken(runDir, runFiles.job)
  const modelDir = resolve(runDir, job.open.modelDir)
  if (!existsSync(modelDir)) {
    throw new NeiroError('MODEL_MOVED', { modelDir, run: runDir })
  }
  const { adapterDir, referenceDir } = job.open
  const judge = job.judges?.run
  return {
    ...(job as Job),
    ...(judge && {
      judges: {
        ...job.judges,
        run: {
          ...judge,
          modelDir: judge.modelDir === undefined ? modelDir : resolve(runDir, judge.modelDir),
          ...(judge.adapterDir !== undefined && { adapterDir: resolve(runDir, judge.adapterDir) })
        }
      }
    }),
    settings: wholeSettings(job.settings),
    open: {
      ...job.open,
      modelDir,
      ...(adapterDir !== undefined && { adapterDir: resolve(runDir, adapterDir) }),
      ...(referenceDir !== undefined && { referenceDir: resolve(runDir, referenceDir) })
    }
  }
}

export async function readState(runDir: string): Promise<RunStateFile> {
  return (await readJson(runDir, runFiles.state)) as RunStateFile
}

type Change = Pick<RunStateFile, 'state' | 'step'> & Partial<RunStateFile>

/** state.json while a run is trained here. */
export class RunState {
  constructor(
    private readonly runDir: string,
    private file: RunStateFile
  ) {}

  get now(): RunStateFile {
    return this.file
  }

  /** Replaces it; a former error is forgotten unless the change brings one. */
  async change(change: Change): Promise<void> {
    const { error: _forgotten, ...rest } = this.file
    const after = { ...rest, ...change, pid: process.pid, updatedAt: new Date().toISOString() }
    await writeFileWhole(join(this.runDir, runFiles.state), `${JSON.stringify(after, null, 2)}\n`)
    this.file = after
  }
}

async function readJson(runDir: string, name: string): Promise<unknown> {
  if (!existsSync(join(runDir, runFiles.job))) {
    throw new NeiroError('RUN_NOT_FOUND', { run: runDir })
  }
  try {
    return JSON.parse(await readFile(join(runDir, name), 'utf8'))
  } catch {
    throw broken(runDir, name)
  }
}

function broken(runDir: string, name: string): NeiroError {
  return new NeiroError('RUN_BROKEN', { file: join(runDir, name), name })
}
