// The files that every run folder has, read with one answer to what is missing or damaged. A run's truth is its
// folder; only the trainer writes there after it was prepared, and run.json (run-file.ts) beside it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { runFiles, type RunStateFile } from '../../contract/run-files'
import { wholeSettings } from '../../contract/settings'
import type { Job } from '../../contract/trainer-protocol'
import { isNewer } from '../../files/newer'
import { readOwnJson } from '../../files/ordinary-file'
import { writeFileWhole } from '../../files/whole-file'
import { asJob, asState } from './stored-run'

export const isRunFolder = (dir: string): boolean => existsSync(join(dir, runFiles.job))

/** Throws RUN_BROKEN {name}, RUN_NEWER {run}, or RUN_GONE. */
export async function readJob(dir: string): Promise<Job> {
  const job = await read(dir, runFiles.job, asJob)
  return { ...job, settings: wholeSettings(job.settings) }
}

/** Throws the same. */
export const readState = (dir: string): Promise<RunStateFile> => read(dir, runFiles.state, asState)

export const writeJob = (dir: string, job: Job): Promise<void> =>
  writeFileWhole(join(dir, runFiles.job), jsonText(job))
/** Only where no trainer is at work on it. */
export const writeState = (dir: string, state: RunStateFile): Promise<void> =>
  writeFileWhole(join(dir, runFiles.state), jsonText(state))

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

async function read<T>(dir: string, name: string, as: (stored: unknown) => T | null): Promise<T> {
  const stored = await readOwnJson(join(dir, name))
  if (isNewer(stored, 1)) throw new NeiroError('RUN_NEWER', { run: dir })
  const understood = as(stored)
  if (understood === null) throw missing(dir, name)
  return understood
}

/** The folder was put away while it was looked at, or it is damaged. */
export function missing(dir: string, name: string): NeiroError {
  return new NeiroError(existsSync(dir) ? 'RUN_BROKEN' : 'RUN_GONE', { file: join(dir, name), name })
}
