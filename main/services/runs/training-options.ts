// How the engine is asked to open a model for a training: what job.json says, and what a plan is made for. Pure.
import type { OpenOptions, TrainMode } from '../../../addon/index'
import { methodRows } from '../../contract/methods'
import { isFor, type Settings } from '../../contract/settings'
import { largestMicroBatch } from './micro-batch'

export interface TrainingInput {
  readonly modelDir: string
  /** ids of its tokenizer lie below; absent: every row of the vocabulary is in use */
  readonly tokens?: number
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
    // what learns is held in F32
    baseQuantization: isFor('baseQuantization', settings.method) ? settings.baseQuantization : 'none',
    seed: settings.seed,
    threads: input.threads,
    maxTokensPerMicroBatch: largestMicroBatch(input.trainLengths, input.heldOutLengths, settings),
    maxContext: input.maxContext,
    ...(input.tokens !== undefined && { tokens: input.tokens }),
    train: trainModeOf(settings),
    gradientCheckpointing: settings.gradientCheckpointing
  }
}

function trainModeOf(settings: Settings): TrainMode {
  switch (methodRows[settings.method].trains) {
    case 'model':
      return { kind: 'full' }
    case 'adapter':
      return {
        kind: 'lora',
        rank: settings.loraRank,
        alpha: settings.loraAlpha,
        rsLora: settings.rsLora,
        dropout: settings.loraDropout,
        targetModules: [...settings.targetModules]
      }
  }
}
