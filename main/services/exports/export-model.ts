// What both exports begin with: the tuned model as it is in memory, and what was made of it.
import type { BaseQuantization, ModelInfo } from '../../../addon/index'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { Model } from '../models/read-model'
import { openModel } from '../models/open-model'
import type { Comparison } from './compare-logits'
import { probeLogits, probeTokens } from './compare-logits'

export type ExportStage = 'open' | 'write' | 'read-back' | 'compare'

/** how much of how much of a stage: bytes written, prompts answered */
export interface StagePart {
  readonly stage: ExportStage
  readonly of: 'bytes' | 'prompts'
  readonly done: number
  readonly total: number
}

export interface ExportOptions {
  readonly host: TrainerCaller
  readonly model: Model
  /** the tuned adapter; null: none is beside the base */
  readonly adapterDir: string | null
  /** the model that the base became where all of it learnt */
  readonly trainedDir: string | null
  /** how the base was held while it was tuned */
  readonly baseQuantization: BaseQuantization
  readonly threads: number
  /** the new folder */
  readonly out: string
  /** replace what stands there */
  readonly replace: boolean
  /** README.md of the new folder */
  readonly card: string
  readonly onStage?: (stage: ExportStage) => void
  readonly onPart?: (part: StagePart) => void
}

export interface ExportResult {
  readonly dir: string
  readonly sizeBytes: number
  readonly comparison: Comparison
}

/** Opens a folder for comparison of logits only; answers with what it is. */
export async function openForComparison(
  options: Pick<ExportOptions, 'host' | 'threads' | 'baseQuantization'>,
  modelDir: string,
  adapterDir: string | null = null
): Promise<ModelInfo> {
  return openModel(options.host, {
    modelDir,
    ...(adapterDir !== null && { adapterDir }),
    baseQuantization: options.baseQuantization,
    threads: options.threads,
    maxContext: 0,
    maxTokens: probeTokens
  })
}

/** The logits of the model that is open, prompt by prompt. */
export function probe(
  { host, onPart }: ExportOptions,
  stage: ExportStage,
  { vocabSize }: ModelInfo,
  adapter: boolean
): Promise<readonly Float32Array[]> {
  const onPrompt = (done: number, total: number): void => onPart?.({ stage, of: 'prompts', done, total })
  return probeLogits(host, vocabSize, { adapter, onPrompt })
}
