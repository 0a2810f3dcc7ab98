// What a kind of export is: how its files are written, how others open them, and how near they must come to the
// tuned model in memory. The way from the one to the other is write-export.ts.
import { NeiroError } from '../../../contract/errors'
import type { BaseQuantization, ModelInfo } from '../../../../addon/index'
import type { TrainerCaller } from '../../../contract/trainer-protocol'
import type { ExportFormat, GgufValues, TextCut } from '../../../contract/window/results'
import type { TunedModel } from '../../runs/tuned-model'
import type { Knowledge } from '../knowledge'

export interface ExportSource {
  readonly tuned: TunedModel
  readonly dtype: ExportFormat
}

export interface ExportWork extends ExportSource {
  /** the tuned model is open in it */
  readonly host: TrainerCaller
  readonly info: ModelInfo
  readonly knowledge: Knowledge
  /** empty, and to become the export */
  readonly dir: string
  /** of the export, as programs list it */
  readonly title: string
  /** of its one file, where it has one; without its ending */
  readonly fileName: string
}

/** What stands before examples is none of the weights. */
export function refuseVirtual({ tuned }: ExportSource): void {
  if (tuned.open.before !== undefined) throw new NeiroError('NOT_MERGEABLE')
}

export interface ExportKindRow {
  /** a folder of Transformers, that of an adapter too; or a GGUF file */
  readonly form: 'folder' | 'gguf'
  /** Throws where there is nothing of the kind to write. */
  refuse(source: ExportSource): void
  /** bytes that are going to be written */
  bytes(work: Omit<ExportWork, 'dir'>): Promise<number>
  /** Answers how text is cut by it, where that is written in other words than the tokenizer's own. */
  write(work: ExportWork): Promise<TextCut | undefined>
  /** What was written, read by itself beside the tuned model, which is still open. Throws GGUF_DIFFERS. */
  checkValues?(work: ExportWork): Promise<GgufValues>
  /** what the written folder is opened as: a model, or an adapter of the base; null: the engine opens no such file */
  reopened(work: Pick<ExportWork, 'tuned' | 'dir' | 'fileName'>): {
    readonly modelDir: string
    readonly adapterDir?: string
    readonly baseQuantization: BaseQuantization
  } | null
  /** largest difference allowed, relative to the largest logit */
  tolerance(dtype: ExportFormat): number
}
