// Step "train": teaches the starter the grammar with the house's own engine, every weight, from random values.
// Stopped at any time it goes on from its last save; a finished one writes model.safetensors in BF16.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAddon } from '../../main/trainer/load-addon'
import { scheduleFactor } from '../../main/trainer/schedule'
import { ChatTemplate } from '../../main/services/tokens/chat-template'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { addonFile } from './places'
import { writeFirstWeights } from './first-weights'
import { lessonBatches } from './lessons'
import { firstDir, modelDir, stateDir } from './places'
import { shape } from './shape'
import { chatTemplate } from './tokenizer/tokenizer-files'

export const plan = {
  seed: 20_260_401,
  steps: 3000,
  batchSize: 64,
  learningRate: 2e-3,
  warmupSteps: 100,
  /** the cosine ends here, not at zero */
  lastShare: 0.02,
  weightDecay: 0.05,
  /** most tokens one batch may hold: 64 dialogues have about 2,500 */
  maxTokens: 6144
} as const

interface Place {
  readonly step: number
  readonly seconds: number
}

const stateFile = join(stateDir, 'state.safetensors')
const placeFile = join(stateDir, 'place.json')
const saveEverySeconds = 180

function learningRate(step: number, steps: number): number {
  const factor = scheduleFactor('cosine', step, steps, plan.warmupSteps)
  const floor = step < plan.warmupSteps ? 0 : plan.lastShare
  return plan.learningRate * Math.max(factor * (1 - floor) + floor, 1 / plan.warmupSteps)
}

/** The folder that the first step opens: the model's small files and random weights. */
function prepareFirst(): void {
  rmSync(firstDir, { recursive: true, force: true })
  mkdirSync(firstDir, { recursive: true })
  writeFileSync(join(firstDir, 'config.json'), readFileSync(join(modelDir, 'config.json')))
  writeFirstWeights(join(firstDir, 'model.safetensors'), shape, plan.seed)
}

export interface TrainOptions {
  readonly fresh: boolean
  readonly threads: number
  /** fewer than the plan's for a trial */
  readonly steps: number
}

export async function train(options: TrainOptions): Promise<void> {
  const { steps } = options
  if (options.fresh) rmSync(stateDir, { recursive: true, force: true })
  mkdirSync(stateDir, { recursive: true })
  prepareFirst()
  const engine = loadAddon(addonFile)
  const session = await engine.Session.open({
    modelDir: firstDir,
    baseQuantization: 'none',
    seed: plan.seed,
    threads: options.threads,
    maxTokensPerMicroBatch: plan.maxTokens,
    maxContext: 0,
    train: { kind: 'full' }
  })
  let place: Place = { step: 0, seconds: 0 }
  if (existsSync(placeFile)) {
    place = JSON.parse(readFileSync(placeFile, 'utf8')) as Place
    await session.loadState(stateFile)
    console.log(`train: goes on after step ${place.step}`)
  }
  const tokenizer = await Tokenizer.load(modelDir)
  const template = new ChatTemplate(chatTemplate, {})
  const lessons = { tokenizer, template, seed: plan.seed, batchSize: plan.batchSize, steps }

  const save = async (): Promise<void> => {
    await session.saveState(stateFile)
    writeFileSync(`${placeFile}.tmp`, JSON.stringify(place))
    renameSync(`${placeFile}.tmp`, placeFile)
  }
  let tokens = 0
  let seconds = 0
  let unsaved = 0
  for await (const batch of lessonBatches(lessons, place.step)) {
    const result = await session.step([batch], {
      learningRate: learningRate(place.step, steps),
      step: place.step + 1,
      beta1: 0.9,
      beta2: 0.98,
      epsilon: 1e-9,
      weightDecay: plan.weightDecay,
      maxGradNorm: 1
    })
    if (result.skipped) throw new Error(`step ${place.step + 1}: the loss is not finite`)
    place = { step: place.step + 1, seconds: place.seconds + result.seconds }
    tokens += result.tokens
    seconds += result.seconds
    unsaved += result.seconds
    if (place.step % 50 === 0) {
      const speed = Math.round(tokens / seconds)
      console.log(
        `step ${place.step}/${steps}  loss ${result.loss.toFixed(4)}  ${speed} tokens/s  ${Math.round(place.seconds)} s`
      )
      tokens = seconds = 0
    }
    if (unsaved > saveEverySeconds || place.step === steps) {
      await save()
      unsaved = 0
    }
  }
  await session.saveMerged({ dir: modelDir, dtype: 'BF16' })
  await session.close()
  console.log(`train: ${steps} steps in ${Math.round(place.seconds)} s of engine time`)
}
