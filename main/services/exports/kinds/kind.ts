// What a kind of export is: how its files are written, how others open them, and how near they must come to the
// tuned model in memory. The way from the one to the other is write-export.ts.
import type { BaseQuantization, ModelInfo } from '../../../../addon/index'
import type { TrainerCaller } from '../../../contract/trainer-protocol'
import type { WeightsDtype } from '../../../files/model-folder'
import type { TunedModel } from '../../runs/tuned-model'

export interface ExportSource {
  readonly tuned: TunedModel
  readonly dtype: WeightsDtype
}

export interface ExportKindRow {
  /** Throws where there is nothing of the kind to write. */
  refuse(source: ExportSource): void
  /** bytes that are going to be written */
  bytes(source: ExportSource, info: ModelInfo): Promise<number>
  /** The tuned model is open in `host`. */
  write(host: TrainerCaller, source: ExportSource, dir: string): Promise<void>
  /** what the written folder is opened as: a model, or an adapter of the base */
  reopened(
    source: ExportSource,
    dir: string
  ): {
    readonly modelDir: string
    readonly adapterDir?: string
    readonly baseQuantization: BaseQuantization
  }
  /** largest difference allowed, relative to the largest logit */
  tolerance(dtype: WeightsDtype): number
}
