// Which model and which adapter a command works on: from --run, from --model and --adapter, or from what an
// adapter folder says of itself.
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { BaseQuantization } from '../../addon/index'
import { NeiroError } from '../contract/errors'
import { runFiles } from '../contract/run-files'
import type { Recipe } from '../contract/settings'
import { readJsonFile, refuseLfsPointer } from '../services/models/model-files'
import { readModel, resolveModel, type Model } from '../services/models/read-model'
import { readRecipe } from '../services/recipes/recipe'
import type { Arguments } from './arguments'
import type { Context } from './context'
import { findRun } from './find-run'

export interface Target {
  readonly model: Model
  readonly adapterDir: string | null
  readonly baseQuantization: BaseQuantization
  /** of the run that the adapter comes from, where it is known */
  readonly recipe: Recipe | null
  readonly runDir: string | null
}

export async function findTarget(args: Arguments, context: Context): Promise<Target> {
  const runName = args.text('run')
  const runDir =
    runName !== undefined ? (await findRun(runName, context.places.runsDir)).dir : runOfAdapter(args)
  const recipe = runDir === null ? null : await readRecipe(join(runDir, runFiles.recipe))
  const adapterDir = await adapterOf(args, runName === undefined ? null : runDir)
  const named = args.text('model') ?? recipe?.model ?? (await baseOf(adapterDir))
  if (named === null) {
    throw new NeiroError('MODEL_NOT_SAID')
  }
  const said = args.text('base-quantization') as BaseQuantization | undefined
  return {
    model: await readModel(resolveModel(named, context.places.starterModelDir)),
    adapterDir,
    baseQuantization: said ?? recipe?.settings.baseQuantization ?? 'none',
    recipe,
    runDir
  }
}

/** RUN/adapter knows its run: the folder around it. */
function runOfAdapter(args: Arguments): string | null {
  const adapter = args.text('adapter')
  if (adapter === undefined) return null
  const around = dirname(resolve(adapter))
  return existsSync(join(around, runFiles.job)) ? around : null
}

async function adapterOf(args: Arguments, runDir: string | null): Promise<string | null> {
  const said = args.text('adapter')
  if (said !== undefined) return checkAdapter(resolve(said))
  if (runDir === null) return null
  const result = [runFiles.adapter, runFiles.best]
    .map((name) => join(runDir, name))
    .find((dir) => existsSync(dir))
  if (result) return checkAdapter(result)
  const run = basename(runDir)
  throw new NeiroError('RUN_HAS_NO_ADAPTER', { run })
}

async function checkAdapter(dir: string): Promise<string> {
  const files = ['adapter_config.json', 'adapter_model.safetensors'].map((name) => join(dir, name))
  if (!files.every((file) => existsSync(file))) {
    throw new NeiroError('NO_ADAPTER_FOLDER', { dir })
  }
  for (const file of files) await refuseLfsPointer(file)
  return dir
}

/** The base that the adapter names, when it is a folder here. */
async function baseOf(adapterDir: string | null): Promise<string | null> {
  if (adapterDir === null) return null
  const base = (await readJsonFile(adapterDir, 'adapter_config.json'))?.['base_model_name_or_path']
  return typeof base === 'string' && existsSync(join(base, 'config.json')) ? base : null
}
