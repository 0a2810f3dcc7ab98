// A model as it is asked, evaluated and taken home: a base with the adapter that a run left, with one from
// elsewhere, or alone; how it is opened and how its prompts are made.
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BaseQuantization } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import type { Settings } from '../../contract/settings'
import type { ModelShelf } from '../models/model-shelf'
import type { OpenModelOptions } from '../models/open-model'
import { readModel, type Model } from '../models/read-model'
import { readRecipe } from '../recipes/recipe'
import { encodePrompt, type EncodeOptions } from '../tokens/encode'
import { encodingOf } from '../tokens/model-encoding'
import type { Tokenizer } from '../tokens/tokenizer'
import type { Tokenizers } from '../tokens/tokenizers'
import { jobOf } from './run-model'

/** What a tuned model is made of. */
export interface TunedModelParts {
  readonly modelDir: string
  /** null: the base alone */
  readonly adapterDir: string | null
  /** as the adapter was trained on */
  readonly baseQuantization: BaseQuantization
  readonly settings: Pick<Settings, 'maxSeqLength' | 'lossOn'>
  /** as it was trained with; '' = none */
  readonly systemPrompt: string
  /** folder of the run that made the adapter, where it is known: what is found out about it is kept there */
  readonly runDir: string | null
}

export interface TunedModel extends Omit<TunedModelParts, 'modelDir' | 'settings' | 'baseQuantization'> {
  readonly model: Model
  readonly tokenizer: Tokenizer
  /** another one when the adapter is another; '' without one */
  readonly adapterMark: string
  readonly encoding: EncodeOptions
  readonly open: OpenModelOptions
  prompt(messages: readonly Message[]): Int32Array
}

/** longest prompt and answer together: what memory is planned for, whatever the model could read */
export const longestContext = 2048
/** fewest tokens that one call of loss or logits may have */
const leastTokens = 512

/** What a run left. RUN_NOT_READY where it has no result. */
export async function resultOf(runDir: string, shelf: ModelShelf): Promise<TunedModelParts> {
  const job = await jobOf(runDir, shelf)
  const adapterDir = [runFiles.adapter, runFiles.best]
    .map((name) => join(runDir, name))
    .find((dir) => existsSync(join(dir, 'adapter_model.safetensors')))
  if (adapterDir === undefined) throw new NeiroError('RUN_NOT_READY')
  const recipe = await readRecipe(join(runDir, runFiles.recipe)).catch(() => null)
  return {
    modelDir: job.open.modelDir,
    adapterDir,
    baseQuantization: job.open.baseQuantization,
    settings: job.settings,
    systemPrompt: recipe?.systemPrompt ?? '',
    runDir
  }
}

export async function readTunedModel(
  { modelDir, adapterDir, baseQuantization, settings, systemPrompt, runDir }: TunedModelParts,
  { tokenizers, threads }: { readonly tokenizers: Tokenizers; readonly threads: number }
): Promise<TunedModel> {
  const model = await readModel(modelDir)
  const tokenizer = await tokenizers.get(model.dir)
  const encoding: EncodeOptions = {
    ...encodingOf(model, tokenizer),
    maxSeqLength: Math.min(settings.maxSeqLength, model.maxPositionEmbeddings),
    lossOn: settings.lossOn,
    systemPrompt
  }
  return {
    model,
    tokenizer,
    adapterDir,
    adapterMark: adapterDir === null ? '' : await markOf(join(adapterDir, 'adapter_model.safetensors')),
    systemPrompt,
    runDir,
    encoding,
    open: {
      modelDir: model.dir,
      ...(adapterDir !== null && { adapterDir }),
      baseQuantization,
      threads,
      maxContext: Math.min(model.maxPositionEmbeddings, longestContext),
      maxTokens: Math.max(encoding.maxSeqLength, leastTokens)
    },
    prompt: (messages) => encodePrompt(messages, encoding)
  }
}

async function markOf(file: string): Promise<string> {
  const { mtimeMs, size } = await stat(file)
  return `${size}-${mtimeMs}`
}
