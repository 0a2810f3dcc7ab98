// What a run left to be compared, talked to and taken home: its model, its adapter, and how they are opened.
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import type { Job } from '../../contract/trainer-protocol'
import type { OpenModelOptions } from '../models/open-model'
import { readModel, type Model } from '../models/read-model'
import { readRecipe } from '../recipes/recipe'
import { encodePrompt, type EncodeOptions } from '../tokens/encode'
import type { Tokenizer } from '../tokens/tokenizer'
import { encodingOf } from '../tokens/model-encoding'
import type { ModelShelf } from '../models/model-shelf'
import { jobOf } from './run-model'
import type { RunPlace } from './run-view'
import type { Tokenizers } from '../tokens/tokenizers'

export interface TunedRun {
  readonly place: RunPlace
  readonly job: Job
  readonly model: Model
  readonly tokenizer: Tokenizer
  readonly adapterDir: string
  /** another one when the adapter is another */
  readonly adapterMark: string
  /** as it was trained with; '' = none */
  readonly systemPrompt: string
  readonly encoding: EncodeOptions
  readonly open: OpenModelOptions
  prompt(messages: readonly Message[]): Int32Array
}

export interface TunedRunOptions {
  readonly shelf: ModelShelf
  readonly tokenizers: Tokenizers
  readonly threads: () => number
}

/** longest prompt and answer together: what memory is planned for, whatever the model could read */
const longestContext = 2048

export async function readTunedRun(place: RunPlace, options: TunedRunOptions): Promise<TunedRun> {
  const job = await jobOf(place.dir, options.shelf)
  const adapterDir = [runFiles.adapter, runFiles.best]
    .map((name) => join(place.dir, name))
    .find((dir) => existsSync(join(dir, 'adapter_model.safetensors')))
  if (adapterDir === undefined) throw new NeiroError('RUN_NOT_READY')
  const model = await readModel(job.open.modelDir)
  const tokenizer = await options.tokenizers.get(model.dir)
  const { mtimeMs, size } = await stat(join(adapterDir, 'adapter_model.safetensors'))
  const recipe = await readRecipe(join(place.dir, runFiles.recipe)).catch(() => null)
  const encoding: EncodeOptions = {
    ...encodingOf(model, tokenizer),
    maxSeqLength: job.settings.maxSeqLength,
    lossOn: job.settings.lossOn,
    systemPrompt: recipe?.systemPrompt
  }
  return {
    place,
    job,
    model,
    tokenizer,
    adapterDir,
    adapterMark: `${size}-${mtimeMs}`,
    systemPrompt: recipe?.systemPrompt ?? '',
    encoding,
    open: {
      modelDir: model.dir,
      adapterDir,
      baseQuantization: job.open.baseQuantization,
      threads: options.threads(),
      maxContext: Math.min(model.maxPositionEmbeddings, longestContext),
      maxTokens: Math.max(job.settings.maxSeqLength, 512)
    },
    prompt: (messages) => encodePrompt(messages, encoding)
  }
}
