// What both exports begin with: the tuned model as it is in memory, and what was made of it.
import type { BaseQuantization } from '../../../addon/index'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { Model } from '../models/read-model'
import { openModel } from '../models/open-model'
import type { Comparison } from './compare-logits'
import { probeTokens } from './compare-logits'

export type ExportStage = 'open' | 'write' | 'read-back' | 'compare'

export interface ExportOptions {
  readonly host: TrainerCaller
  readonly model: Model
  /** the tuned adapter */
  readonly adapterDir: string
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
}

export interface ExportResult {
  readonly dir: string
  readonly sizeBytes: number
  readonly comparison: Comparison
}

/** Opens a folder for comparison of logits only; answers with the size of its vocabulary. */
export async function openForComparison(
  options: Pick<ExportOptions, 'host' | 'threads' | 'baseQuantization'>,
  modelDir: string,
  adapterDir?: string
): Promise<number> {
  const info = await openModel(options.host, {
    modelDir,
    adapterDir,
    baseQuantization: options.baseQuantization,
    threads: options.threads,
    maxContext: 0,
    maxTokens: probeTokens
  })
  return info.vocabSize
}
