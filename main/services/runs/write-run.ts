// A prepared run as a folder: examples, recipe, job and state, all the trainer needs and all a reader asks. The folder
// appears whole or not at all. It starts nothing.
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { runFiles, type RunStateFile } from '../../contract/run-files'
import { copyFolderWhole, writeFolderWhole } from '../../files/whole-folder'
import { folderName } from '../files/folder-name'
import { recipeToYaml } from '../recipes/recipe'
import type { EncodedRun } from './encode-run'
import { freshRunFile, runFileText, type RunFile } from './run-file'
import { jsonText } from './run-folder'

export interface RunTarget {
  /** where runs live; the folder is named by day and recipe */
  readonly runsDir: string
  /** exactly this folder instead */
  readonly dir?: string | undefined
}

export type OwnFacts = Pick<RunFile, 'preset' | 'part' | 'totalSteps' | 'ofSweep'>

/** Answers with the folder and what encode answered. encode writes the examples into the folder that it is given, and throws
 *  where there is to be no run after all. Throws RUN_EXISTS where `dir` is in use. */
export async function writeRun<T extends { readonly run: EncodedRun; readonly own: OwnFacts }>(
  target: RunTarget & { readonly name: string },
  encode: (staging: string) => Promise<T>
): Promise<T & { readonly dir: string }> {
  const now = new Date()
  for (;;) {
    const dir = target.dir === undefined ? freeFolder(target.runsDir, target.name, now) : resolve(target.dir)
    try {
      const encoded = await writeFolderWhole(dir, { replace: false }, async (staging) => {
        const made = await encode(staging)
        await fill(staging, made.run, made.own, now)
        return made
      })
      return { ...encoded, dir }
    } catch (error) {
      if (!(error instanceof NeiroError) || error.code !== 'TARGET_EXISTS') throw error
      // another process has taken the name meanwhile: the next number
      if (target.dir !== undefined) throw new NeiroError('RUN_EXISTS', { run: dir })
    }
  }
}

async function fill(
  staging: string,
  { recipe, job, judgeDir, train, heldOut, input }: EncodedRun,
  own: OwnFacts,
  now: Date
): Promise<void> {
  const file: RunFile = {
    ...freshRunFile(recipe.name),
    ...own,
    questions: [...recipe.questions],
    ...(recipe.systemPrompt && { systemPrompt: recipe.systemPrompt }),
    ...(recipe.weights && { weights: { ...recipe.weights } }),
    trainExamples: train.examples,
    heldOutExamples: heldOut?.examples ?? 0,
    ...(train.cutExamples > 0 && { cutExamples: train.cutExamples }),
    ...(train.synthetic > 0 && { syntheticExamples: train.synthetic })
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
  // its own files hold each example as often as its weight said
  const { heldOut: _, reading: __, start: ___, weights: ____, ...rest } = recipe
  const { startDir } = input
  if (startDir !== undefined) await copyFolderWhole(startDir, join(staging, runFiles.start))
  if (judgeDir !== undefined) await copyFolderWhole(judgeDir, join(staging, runFiles.judge))
  // whoever trains this recipe learns from exactly these examples, which nobody has to recognise again
  const again = {
    ...rest,
    data: train.files,
    ...(heldOut && { heldOut: heldOut.files }),
    ...(startDir !== undefined && { start: runFiles.start })
  }
  const texts: Readonly<Record<string, string>> = {
    [runFiles.recipe]: recipeToYaml(again),
    [runFiles.job]: jsonText(job),
    [runFiles.state]: jsonText(state),
    [runFiles.own]: runFileText(file)
  }
  for (const [name, content] of Object.entries(texts))
    await writeFile(join(staging, name), content, { flush: true })
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
