// Opens a model in the trainer process to evaluate, chat or export; training opens its own (see runs/).
import type { BaseQuantization, ModelInfo } from '../../../addon/index'
import type { TrainerCaller } from '../../contract/trainer-protocol'

export interface OpenModelOptions {
  readonly modelDir: string
  readonly adapterDir?: string
  /** as the adapter was trained on, else as stored */
  readonly baseQuantization: BaseQuantization
  /** 0 = one per processor */
  readonly threads: number
  /** ids of its tokenizer lie below: rows beyond may hold nothing */
  readonly tokens?: number
  /** longest prompt and answer together; 0 = no answers */
  readonly maxContext: number
  /** most tokens of one loss or logits call */
  readonly maxTokens: number
}

export function openModel(host: TrainerCaller, options: OpenModelOptions): Promise<ModelInfo> {
  return host.call('open', {
    modelDir: options.modelDir,
    ...(options.adapterDir !== undefined && { adapterDir: options.adapterDir }),
    baseQuantization: options.baseQuantization,
    ...(options.tokens !== undefined && { tokens: options.tokens }),
    seed: 0,
    threads: options.threads,
    maxTokensPerMicroBatch: options.maxTokens,
    maxContext: options.maxContext
  })
}
