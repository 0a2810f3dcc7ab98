// The files that every run folder has, read with one answer to what is missing or damaged. A run's truth is its
// folder; only the trainer writes there after it was prepared, and run.json (run-file.ts) beside it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { runFiles, type RunStateFile } from '../../contract/run-files'
import { wholeSettings } from '../../contract/settings'
import type { Job } from '../../contract/trainer-protocol'
import { isNewer } from '../../files/newer'
import { mostOfOwnFile, readOrdinary } from '../../files/ordinary-file'
import { writeFileWhole } from '../../files/whole-file'

export const isRunFolder = (dir: string): boolean => existsSync(join(dir, runFiles.job))

/** Throws RUN_BROKEN {name}, RUN_NEWER {run}, or RUN_GONE. */
export async function readJob(dir: string): Promise<Job> {
  const job = await readJson<Job>(dir, runFiles.job)
  if (isNewer(job, 1)) throw new NeiroError('RUN_NEWER', { run: dir })
  return { ...job, settings: wholeSettings(job.settings) }
}
export const readState = (dir: string): Promise<RunStateFile> => readJson(dir, runFiles.state)

export const writeJob = (dir: string, job: Job): Promise<void> =>
  writeFileWhole(join(dir, runFiles.job), jsonText(job))
/** Only where no trainer is at work on it. */
export const writeState = (dir: string, state: RunStateFile): Promise<void> =>
  writeFileWhole(join(dir, runFiles.state), jsonText(state))

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

async function readJson<T>(dir: string, name: string): Promise<T> {
  try {
    return JSON.parse((await readOrdinary(join(dir, name), mostOfOwnFile)).toString('utf8')) as T
  } catch {
    throw missing(dir, name)
  }
}

/** The folder was put away while it was looked at, or it is damaged. */
export function missing(dir: string, name: string): NeiroError {
  return new NeiroError(existsSync(dir) ? 'RUN_BROKEN' : 'RUN_GONE', { file: join(dir, name), name })
}
