// Opens a model in the trainer process to evaluate, chat or export; training opens its own (see runs/).
import type { BaseQuantization, ModelInfo, OpenOptions } from '../../../addon/index'
import type { TrainerCaller } from '../../contract/trainer-protocol'

export interface OpenModelOptions {
  readonly modelDir: string
  readonly adapterDir?: string
  /** as the adapter was trained on, else as stored */
  readonly baseQuantization: BaseQuantization
  /** 0 = one per processor */
  readonly threads: number
  readonly device: NonNullable<OpenOptions['device']>
  /** ids of its tokenizer lie below: rows beyond may hold nothing */
  readonly tokens?: number
  /** longest prompt and answer together; 0 = no answers */
  readonly maxContext: number
  /** so many conversations at once, instead of one answer after the other */
  readonly conversations?: number
  /** adapters beside adapterDir, for these */
  readonly adapterDirs?: readonly string[]
  /** most tokens of one loss or logits call: of its only example, where something stands before each */
  readonly maxTokens: number
  /** tokens that an adapter puts before each example, which the two above do not count; absent: none */
  readonly before?: number
  /** of a model that scores: the head that it was given */
  readonly score?: NonNullable<OpenOptions['score']>
  /** heads beside the language head, and the file that they are in */
  readonly heads?: NonNullable<OpenOptions['heads']>
  readonly headsFile?: string
}

export function openModel(host: TrainerCaller, options: OpenModelOptions): Promise<ModelInfo> {
  return host.call('open', engineOptions(options))
}

/** As the engine takes them: for opening, and for the plan of it. */
export function engineOptions(options: OpenModelOptions): OpenOptions {
  const { adapterDir, tokens, conversations, adapterDirs, score, heads, headsFile, before = 0 } = options
  return {
    modelDir: options.modelDir,
    ...(adapterDir !== undefined && { adapterDir }),
    baseQuantization: options.baseQuantization,
    ...(tokens !== undefined && { tokens }),
    seed: 0,
    threads: options.threads,
    device: options.device,
    maxTokensPerMicroBatch: options.maxTokens + before,
    maxContext: options.maxContext > 0 ? options.maxContext + before : 0,
    ...(score !== undefined && { score }),
    ...(heads !== undefined && { heads }),
    ...(headsFile !== undefined && { headsFile }),
    ...(conversations !== undefined && { conversations }),
    ...(adapterDirs !== undefined && { adapterDirs: [...adapterDirs] })
  }
}
