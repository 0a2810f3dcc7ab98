// The runs that a run goes on from: one that learnt its model whole, which is the base of this one, and one whose adapter this
// one learns on with. Whoever speaks of a base speaks of what stands there. And who gave its answers marks.
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { runFiles } from '../../contract/run-files'
import type { Job } from '../../contract/trainer-protocol'
import type { OtherRun } from '../../contract/window/training'
import { readRecipe, starterWord } from '../recipes/recipe'
import { readRunFile } from './run-file'
import { isRunFolder, readJob } from './run-folder'

export interface OtherRuns {
  readonly baseRun?: OtherRun
  readonly startRun?: OtherRun
}

/** Of the run in this folder. */
export async function otherRunsOf(dir: string, job: Job): Promise<OtherRuns> {
  const base = learntWholeIn(dir, job)
  const start = existsSync(join(dir, runFiles.start)) ? await startOf(dir) : null
  const [baseRun, startRun] = [base && (await readOther(base)), start && (await readOther(start))]
  return { ...(baseRun && { baseRun }), ...(startRun && { startRun }) }
}

/** The model that somebody chose at the beginning of all runs that this one is built on. */
export interface ChosenModel {
  readonly dir: string
  readonly name: string
  readonly isStarter: boolean
}

/** seen: folders that led here; such as lead back to one of them have no beginning. */
export async function chosenModelOf(dir: string, seen: readonly string[] = []): Promise<ChosenModel> {
  const job = await readJob(dir)
  const base = learntWholeIn(dir, job)
  const before = [...seen, dir]
  if (base !== null && !before.includes(base)) return chosenModelOf(base, before)
  const { model } = await readRecipe(join(dir, runFiles.recipe)).catch(() => ({ model: '' }))
  return {
    dir: resolve(dir, job.open.modelDir),
    name: job.baseModelName,
    isStarter: model === starterWord
  }
}

/** Folder of the run whose model this one takes as its base; null: no run's. One of a project that was moved lies beside it. */
function learntWholeIn(dir: string, job: Job): string | null {
  const modelDir = resolve(dir, job.open.modelDir)
  const names: readonly string[] = [runFiles.model, runFiles.best]
  if (!names.includes(basename(modelDir))) return null
  const run = dirname(modelDir)
  return [run, join(dirname(dir), basename(run))].find(isRunFolder) ?? null
}

async function startOf(dir: string): Promise<string | null> {
  const { start } = await readRecipe(join(dir, runFiles.recipe)).catch(() => ({ start: undefined }))
  if (start === undefined) return null
  return places(dir, start).find(isRunFolder) ?? null
}

/** Where a run that is named in this one's recipe may lie now: where it lay, or beside it in a project that was moved. */
const places = (dir: string, named: string): readonly string[] => {
  const run = resolve(dir, named)
  return [run, join(dirname(dir), basename(run))]
}

/** Folder of the run whose model gave the answers of this one points, and file of the program that did; what is gone now is
 *  named where it was. */
export async function marksGivenBy(
  dir: string
): Promise<{ readonly run?: string; readonly program?: string }> {
  const { rewardRun, rewardProgram } = await readRecipe(join(dir, runFiles.recipe))
  const run = rewardRun !== undefined && places(dir, rewardRun)
  return {
    ...(run && { run: run.find(isRunFolder) ?? run[0] }),
    ...(rewardProgram !== undefined && { program: resolve(dir, rewardProgram) })
  }
}

/** null: it cannot be read. */
async function readOther(dir: string): Promise<OtherRun | null> {
  const job = await readJob(dir).catch(() => null)
  if (!job) return null
  return { dir, name: (await readRunFile(dir))?.name ?? basename(dir), method: job.settings.method }
}
