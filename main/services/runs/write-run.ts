// A prepared run as a folder: examples, recipe, job and state, all the trainer needs and all a reader asks. The folder
// appears whole or not at all. It starts nothing.
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { runFiles, type RunStateFile } from '../../contract/run-files'
import { writeFolderWhole } from '../../files/whole-folder'
import { folderName } from '../files/folder-name'
import { recipeToYaml } from '../recipes/recipe'
import type { EncodedRun } from './encode-run'
import { writePrepared } from '../../files/prepared-file'
import { runData } from './run-data'
import { freshRunFile, runFileText, type RunFile } from './run-file'
import { jsonText } from './run-folder'

export interface RunTarget {
  /** where runs live; the folder is named by day and recipe */
  readonly runsDir: string
  /** exactly this folder instead */
  readonly dir?: string
}

/** Answers with the folder. Throws RUN_EXISTS where `dir` is in use. */
export async function writeRun(
  run: EncodedRun,
  target: RunTarget,
  own: Pick<RunFile, 'preset' | 'part' | 'totalSteps'>
): Promise<string> {
  const now = new Date()
  for (;;) {
    const dir =
      target.dir === undefined ? freeFolder(target.runsDir, run.recipe.name, now) : resolve(target.dir)
    try {
      await writeFolderWhole(dir, { replace: false }, (staging) => fill(staging, run, own, now))
      return dir
    } catch (error) {
      if (!(error instanceof NeiroError) || error.code !== 'TARGET_EXISTS') throw error
      // another process has taken the name meanwhile: the next number
      if (target.dir !== undefined) throw new NeiroError('RUN_EXISTS', { run: dir })
    }
  }
}

async function fill(
  staging: string,
  { recipe, job, split, train, heldOut }: EncodedRun,
  own: Pick<RunFile, 'preset' | 'part' | 'totalSteps'>,
  now: Date
): Promise<void> {
  const data = await runData(split)
  const file: RunFile = {
    ...freshRunFile(recipe.name),
    ...own,
    questions: [...recipe.questions],
    trainExamples: split.train.length,
    heldOutExamples: split.heldOut.length
  }
  const state: RunStateFile = {
    version: 1,
    name: recipe.name,
    createdAt: now.toISOString(),
    state: 'waiting',
    step: 0,
    totalSteps: 0,
    pid: null,
    updatedAt: now.toISOString()
  }
  const { heldOut: _, reading: __, ...rest } = recipe
  // whoever trains this recipe learns from exactly these examples, which nobody has to recognise again
  const again = { ...rest, data: data.train, ...(data.heldOut.length > 0 && { heldOut: data.heldOut }) }
  const texts: Readonly<Record<string, string>> = {
    ...data.files,
    [runFiles.recipe]: recipeToYaml(again),
    [runFiles.job]: jsonText(job),
    [runFiles.state]: jsonText(state),
    [runFiles.own]: runFileText(file)
  }
  await mkdir(join(staging, runFiles.prepared), { recursive: true })
  await writePrepared(join(staging, runFiles.train), train.examples)
  if (heldOut) await writePrepared(join(staging, runFiles.heldOut), heldOut.examples)
  for (const [name, content] of Object.entries(texts)) {
    await mkdir(dirname(join(staging, name)), { recursive: true })
    await writeFile(join(staging, name), content, { flush: true })
  }
}

/** A name in use gets a number, e.g. 2026-04-01-敬語の応対-2. */
function freeFolder(runsDir: string, name: string, now: Date): string {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
  const first = join(resolve(runsDir), [day, folderName(name, '-')].filter(Boolean).join('-'))
  for (let number = 1; ; number++) {
    const dir = number === 1 ? first : `${first}-${number}`
    if (!existsSync(dir)) return dir
  }
}
