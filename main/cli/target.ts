// Which model and which adapter a command works on: from --run, from --model and --adapter, or from what an
// adapter folder says of itself.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { BaseQuantization } from '../../addon/index'
import { NeiroError } from '../contract/errors'
import { runFiles } from '../contract/run-files'
import { readJsonFile, refuseLfsPointer } from '../services/models/model-files'
import type { ModelShelf } from '../services/models/model-shelf'
import { baseMarkOf } from '../services/exports/base-mark'
import {
  checkBase,
  readTunedModel,
  resultOf,
  type TunedModel,
  type TunedModelParts
} from '../services/runs/tuned-model'
import { wordsOf } from '../words/errors'
import type { Arguments } from './arguments'
import type { Context } from './context'
import { findRun } from './find-run'
import { modelPlace } from './model-place'

/** Without a run to say otherwise. */
const plainSettings = { maxSeqLength: 1024, lossOn: 'responses' } as const

export async function findTarget(
  args: Arguments,
  context: Context,
  /** of a run whose result a service keeps, the base that is here */
  o: { readonly there?: boolean } = {}
): Promise<TunedModel> {
  const { modelTexts, threads, device } = context.parts
  const options = { modelTexts, threads: threads(), device }
  const { baseMark, ...parts } = await targetParts(args, context, o)
  // the run's own model must be what it was; one that the user names is named where it is another
  if (args.text('model') === undefined && args.text('adapter') === undefined)
    return readTunedModel({ ...parts, baseMark }, options)
  const tuned = await readTunedModel(parts, options)
  await checkBase(tuned.model, baseMark).catch((error: unknown) => {
    const doubt = NeiroError.of(error).toData()
    const { message, hint } = wordsOf(doubt, context.language)
    context.out.event('doubt', { ...doubt, message, hint })
    context.out.warning(`${message} ${hint}`)
  })
  return tuned
}

/** One that is asked in words. Throws CHAT_SORTS, CHAT_RATES. */
export async function findTalker(args: Arguments, context: Context): Promise<TunedModel> {
  const tuned = await findTarget(args, context)
  if (tuned.score) throw new NeiroError(tuned.score.rates ? 'CHAT_RATES' : 'CHAT_SORTS')
  return tuned
}

async function targetParts(
  args: Arguments,
  context: Context,
  o: { readonly there?: boolean }
): Promise<TunedModelParts> {
  const { parts } = context
  const saidModel = args.text('model')
  const saidQuantization = args.text('base-quantization') as BaseQuantization | undefined
  const saidPrompt = args.text('system-prompt')
  const said = {
    ...(saidModel !== undefined && { modelDir: await modelPlace(saidModel, context) }),
    ...(saidQuantization && { baseQuantization: saidQuantization }),
    ...(saidPrompt !== undefined && { systemPrompt: saidPrompt })
  }
  const adapterDir = await adapterOf(args)
  const runName = args.text('run')
  const runDir = runName === undefined ? runOf(adapterDir) : (await findRun(runName, parts.store)).dir
  if (runDir !== null) {
    const { baseRun, ...result } = await resultOf(runDir, parts.shelf, o)
    // on a model that the user names stands no other run
    const on = saidModel === undefined && baseRun ? { baseRun } : {}
    return { ...result, ...on, ...(adapterDir !== null && { adapterDir, trainedDir: null }), ...said }
  }
  const modelDir = said.modelDir ?? (await baseOf(adapterDir, parts.shelf))
  if (modelDir === null) throw new NeiroError('MODEL_NOT_SAID')
  const plain = { baseQuantization: 'none' as const, systemPrompt: '', settings: plainSettings, runDir: null }
  const baseMark = adapterDir === null ? undefined : await baseMarkOf(adapterDir)
  return { ...plain, ...said, modelDir, adapterDir, trainedDir: null, baseMark }
}

/** A run or an adapter by one word: a folder of either, or a run by its name. base: of an adapter that does not say its own. */
export async function namedParts(
  word: string,
  base: string | null,
  context: Context
): Promise<TunedModelParts> {
  const { store, shelf } = context.parts
  const dir = resolve(word)
  if (!existsSync(join(dir, 'adapter_config.json'))) return resultOf((await findRun(word, store)).dir, shelf)
  const adapterDir = await checkAdapter(dir)
  const runDir = runOf(adapterDir)
  if (runDir !== null) return { ...(await resultOf(runDir, shelf)), adapterDir, trainedDir: null }
  const modelDir = (await baseOf(adapterDir, shelf)) ?? base
  if (modelDir === null) throw new NeiroError('MODEL_NOT_SAID')
  return {
    ...{ baseQuantization: 'none', systemPrompt: '', settings: plainSettings, runDir: null },
    ...{ modelDir, adapterDir, trainedDir: null, baseMark: await baseMarkOf(adapterDir) }
  }
}

/** RUN/adapter knows its run: the folder around it. */
function runOf(adapterDir: string | null): string | null {
  if (adapterDir === null) return null
  const around = dirname(adapterDir)
  return existsSync(join(around, runFiles.job)) ? around : null
}

async function adapterOf(args: Arguments): Promise<string | null> {
  const said = args.text('adapter')
  return said === undefined ? null : checkAdapter(resolve(said))
}

async function checkAdapter(dir: string): Promise<string> {
  const files = ['adapter_config.json', 'adapter_model.safetensors'].map((name) => join(dir, name))
  if (!files.every((file) => existsSync(file))) {
    throw new NeiroError('NO_ADAPTER_FOLDER', { dir })
  }
  for (const file of files) await refuseLfsPointer(file)
  return dir
}

/** The base that the adapter names: a folder here or beside it, or a model of this name on the list. */
async function baseOf(adapterDir: string | null, shelf: ModelShelf): Promise<string | null> {
  if (adapterDir === null) return null
  const base = (await readJsonFile(adapterDir, 'adapter_config.json'))?.['base_model_name_or_path']
  if (typeof base !== 'string') return null
  const found = [base, join(adapterDir, base)].find((dir) => existsSync(join(dir, 'config.json')))
  if (found !== undefined) return found
  const named = (await shelf.list()).find((card) => card.error === null && card.name === base)
  return named ? shelf.dirOf(named.id) : null
}
