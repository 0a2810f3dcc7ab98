// How long a training will take: multiply-adds per token, divided by the speed of the engine's own product
// measured on this machine. An estimate, and called one. Pure.
import type { BaseQuantization, MemoryPlan, ModelInfo } from '../../../addon/index'
import { answersItself, hasValues, methodRows } from '../../contract/methods'
import type { Settings } from '../../contract/settings'

/** How much there is to read, as tokenised. */
export interface TrainingWork {
  readonly examples: number
  /** of all examples together, once through, and of what an adapter puts before each */
  readonly trainTokens: number
  readonly heldOutTokens: number
  /** another model of about this size reads each answer, too */
  readonly judged?: true
}

/** In 10^9 operations a second, by the numbers that are multiplied and by how the weights are stored. */
export interface ProductSpeed {
  readonly productGflopsF32: number
  readonly productGflopsNf4: number
  readonly productGflopsBf16: number
  readonly productGflopsNf4Bf16: number
  readonly productGflopsInt8: number
  readonly productGflopsInt8Bf16: number
  /** multiplied in INT8, weights in NF4; 0 where that is not known */
  readonly productGflopsInInt8: number
}

/** How the engine will multiply: what the settings say, or for auto what this processor is faster with. */
export interface Products {
  readonly quantization: BaseQuantization
  readonly bf16: boolean
  readonly int8: boolean
}

export interface TimeEstimate {
  readonly tokensPerSecond: number
  readonly totalSteps: number
  /** read over the whole run, held-out part included; 0 when no data was given */
  readonly tokens: number
  readonly seconds: number
  /** floating-point operations of all of it */
  readonly operations: number
}

/** Products reach the measured speed; norms, attention, loss and optimizer take the rest. Measured 0.45 to 0.85
 *  on a 135M model with 256 and 512 tokens at once, F32 and NF4; rather a little too slow than too fast. */
const shareOfProductSpeed = 0.6
/** evaluationSteps of 0 means about so many checks in a run (see the settings table) */
const standardEvaluations = 10

export function estimateTime(
  model: Pick<ModelInfo, 'linearParameters' | 'layers' | 'hiddenSize'>,
  memory: Pick<MemoryPlan, 'adapter'>,
  products: Products,
  settings: Settings,
  work: TrainingWork,
  speed: ProductSpeed
): TimeEstimate {
  const flopsPerSecond = gflopsOf(products, speed) * 1e9 * shareOfProductSpeed
  const length = work.examples > 0 ? work.trainTokens / work.examples : settings.maxSeqLength
  const forward = forwardFlops(model, memory, length)
  const perToken = trainFlops(model, memory, settings, length)
  const { totalSteps, passes } = stepsOf(settings, work)
  const evaluations =
    settings.evaluationSteps > 0 ? totalSteps / settings.evaluationSteps : standardEvaluations
  const { ofTraining, ofHeldOut } = readAgain(settings, forward, perToken, length, work.judged ? 1 : 0)
  const trained = work.trainTokens * passes
  const evaluated = totalSteps > 0 ? work.heldOutTokens * evaluations : 0
  const operations = trained * ofTraining + evaluated * ofHeldOut
  return {
    tokensPerSecond: flopsPerSecond / perToken,
    totalSteps,
    tokens: trained + evaluated,
    seconds: operations / flopsPerSecond,
    operations
  }
}

/** Of each token of the data, what is calculated when it is learnt and when it is checked. Who answers by itself reads it as many
 *  times as it answers, with answers of at most the length that is allowed: says them, asks itself and the reference
 *  about them, and learns. */
function readAgain(
  settings: Settings,
  forward: number,
  perToken: number,
  length: number,
  judges: number
): { readonly ofTraining: number; readonly ofHeldOut: number } {
  if (!answersItself(settings.method)) return { ofTraining: perToken, ofHeldOut: forward }
  // a head that says what is to come is asked and learnt by a reading of its own, as often as the answers are learnt from
  const values = hasValues(settings.method)
  const learnt = values ? 2 * settings.policyPasses : 1
  const asked = 3 + judges + (values ? 1 : 0)
  const longer = (length + settings.answerTokens) / length
  return {
    ofTraining: settings.answersPerQuestion * longer * (asked * forward + learnt * perToken),
    ofHeldOut: longer * (3 + judges) * forward
  }
}

function gflopsOf({ quantization, bf16, int8 }: Products, speed: ProductSpeed): number {
  if (int8 && speed.productGflopsInInt8 > 0) return speed.productGflopsInInt8
  if (quantization === 'nf4') return bf16 ? speed.productGflopsNf4Bf16 : speed.productGflopsNf4
  if (quantization === 'int8') return bf16 ? speed.productGflopsInt8Bf16 : speed.productGflopsInt8
  return bf16 ? speed.productGflopsBf16 : speed.productGflopsF32
}

/** 2N for the linear layers and the head, 2 per adapter value, and scores and values of causal attention. */
function forwardFlops(
  model: Pick<ModelInfo, 'linearParameters' | 'layers' | 'hiddenSize'>,
  memory: Pick<MemoryPlan, 'adapter'>,
  length: number
): number {
  // q·k and p·v: 2 FLOPs each for hiddenSize values, over half of the positions
  const attention = 2 * model.layers * model.hiddenSize * length
  return 2 * (model.linearParameters + memory.adapter / 4) + attention
}

/** 2N forward, 2N for the gradient of the input, and 2N more for the weights where they learn; checkpointing computes
 *  the forward twice. */
function trainFlops(
  model: Pick<ModelInfo, 'linearParameters' | 'layers' | 'hiddenSize'>,
  memory: Pick<MemoryPlan, 'adapter'>,
  settings: Pick<Settings, 'gradientCheckpointing' | 'method'>,
  length: number
): number {
  const forward = forwardFlops(model, memory, length)
  const attention = 2 * model.layers * model.hiddenSize * length
  // going back: the input's share once; the adapter and attention (scores computed again) twice
  const learns = methodRows[settings.method].trains === 'model'
  const backward = (learns ? 4 : 2) * model.linearParameters + 4 * (memory.adapter / 4) + 2.5 * attention
  return forward * (settings.gradientCheckpointing ? 2 : 1) + backward
}

/** Updates of the run, and how often all examples are read. Packing makes fewer, larger updates. */
export function stepsOf(settings: Settings, work: TrainingWork): { totalSteps: number; passes: number } {
  if (work.examples === 0) return { totalSteps: 0, passes: 0 }
  const rows = settings.packing ? Math.ceil(work.trainTokens / settings.maxSeqLength) : work.examples
  const perEpoch = Math.ceil(Math.ceil(rows / settings.batchSize) / settings.gradientAccumulationSteps)
  const wanted = Math.max(1, Math.ceil(perEpoch * settings.epochs - 1e-9))
  const totalSteps = settings.maxSteps > 0 ? Math.min(settings.maxSteps, wanted) : wanted
  return { totalSteps, passes: totalSteps / perEpoch }
}
