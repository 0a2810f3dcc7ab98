// What a run goes on from: the result of another run, or an adapter in PEFT's form. What the adapter is stays as it was;
// the new run teaches it more, and where its method has a reference, that is the adapter as it was.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { methodRows } from '../../contract/methods'
import type { Recipe, Settings } from '../../contract/settings'
import { startKeys } from '../../contract/start-keys'
import { readJsonFile } from '../models/model-files'
import { hasMark } from '../models/model-mark'
import type { ModelShelf } from '../models/model-shelf'
import type { Model } from '../models/read-model'
import { isRunFolder, readJob } from './run-folder'
import { resultOf } from './tuned-model'

export interface RunStart {
  /** null: whoever names it says the model, too */
  readonly modelDir: string | null
  /** null: all of the model learnt, and there is nothing beside it */
  readonly adapterDir: string | null
  /** by which that model is known; null: nobody knows */
  readonly modelMark: string | null
  /** the adapter has a head that scores */
  readonly scores: boolean
  readonly settings: Partial<Settings>
  readonly systemPrompt: string
}

/** Throws RUN_NOT_READY, or NO_ADAPTER_FOLDER where it is neither a run nor an adapter. */
export async function readStart(dir: string, shelf: ModelShelf): Promise<RunStart> {
  const folder = resolve(dir)
  if (!isRunFolder(folder)) {
    if (
      !existsSync(join(folder, 'adapter_config.json')) ||
      !existsSync(join(folder, 'adapter_model.safetensors'))
    )
      throw new NeiroError('NO_ADAPTER_FOLDER', { dir: folder })
    return {
      ...{ modelDir: null, adapterDir: folder, modelMark: null, settings: {}, systemPrompt: '' },
      scores: await hasScores(folder)
    }
  }
  const { modelDir, adapterDir, trainedDir, systemPrompt } = await resultOf(folder, shelf)
  if (adapterDir === null)
    return { modelDir: trainedDir, adapterDir, modelMark: null, scores: false, settings: {}, systemPrompt }
  const { settings, baseModelMark: modelMark = null } = await readJob(folder)
  const own = Object.fromEntries(startKeys.map((key) => [key, settings[key]])) as Partial<Settings>
  return {
    modelDir,
    adapterDir,
    modelMark,
    scores: await hasScores(adapterDir),
    settings: { ...own, ...(await asWritten(adapterDir, settings)) },
    systemPrompt
  }
}

/** In PEFT's words. */
const hasScores = async (adapterDir: string): Promise<boolean> =>
  (await readJsonFile(adapterDir, 'adapter_config.json'))?.['task_type'] === 'SEQ_CLS'

/** Throws OTHER_MODEL where it is not the one that the start was learnt on. */
export async function checkModel(model: Model, { modelDir, modelMark }: RunStart): Promise<void> {
  const isIt =
    modelMark === null ? modelDir === null || modelDir === model.dir : await hasMark(model, modelMark)
  if (!isIt) throw new NeiroError('OTHER_MODEL', { dir: model.dir, model: modelDir ?? '' })
}

/** One that began as a part of the base is written as a plain one of twice the rank. */
async function asWritten(adapterDir: string, { loraStart }: Settings): Promise<Partial<Settings>> {
  if (loraStart === 'noise') return {}
  const config = await readJsonFile(adapterDir, 'adapter_config.json')
  const number = (name: string): number => Number(config?.[name])
  return { loraStart: 'noise', loraRank: number('r'), loraAlpha: number('lora_alpha') }
}

/** The recipe of a run that goes on from there. Throws START_NEEDS_ADAPTER for a method that trains the whole model,
 *  START_OTHER_HEAD where one says words and the other gives scores. */
export function goingOn(recipe: Recipe, start: RunStart): Recipe {
  const { systemPrompt = start.systemPrompt } = recipe
  const { head } = methodRows[recipe.settings.method]
  if (start.adapterDir !== null && (head === 'score') !== start.scores)
    throw new NeiroError('START_OTHER_HEAD')
  const whole = start.adapterDir !== null && methodRows[recipe.settings.method].trains === 'model'
  if (whole) throw new NeiroError('START_NEEDS_ADAPTER')
  return {
    ...recipe,
    ...(systemPrompt !== '' && { systemPrompt }),
    settings: { ...recipe.settings, ...start.settings }
  }
}
