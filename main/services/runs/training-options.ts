// How the engine is asked to open a model for a training: what job.json says, and what a plan is made for. Pure.
import type { OpenOptions } from '../../../addon/index'
import type { Settings } from '../../contract/settings'
import { largestMicroBatch } from './micro-batch'

export interface TrainingInput {
  readonly modelDir: string
  /** tokens of each example */
  readonly trainLengths: readonly number[]
  readonly heldOutLengths: readonly number[]
  /** longest question with its answer, asked while training; 0 = none */
  readonly maxContext: number
  /** 0 = one per processor */
  readonly threads: number
}

export function trainingOptions(settings: Settings, input: TrainingInput): OpenOptions {
  return {
    modelDir: input.modelDir,
    baseQuantization: settings.baseQuantization,
    seed: settings.seed,
    threads: input.threads,
    maxTokensPerMicroBatch: largestMicroBatch(input.trainLengths, input.heldOutLengths, settings),
    maxContext: input.maxContext,
    train: {
      kind: 'lora',
      rank: settings.loraRank,
      alpha: settings.loraAlpha,
      rsLora: settings.rsLora,
      dropout: settings.loraDropout,
      targetModules: [...settings.targetModules]
    },
    gradientCheckpointing: settings.gradientCheckpointing
  }
}
