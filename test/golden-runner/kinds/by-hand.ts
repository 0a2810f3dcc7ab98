// Losses that are made of what the head says: the gradient of one goes back through the model, and what arrives at the
// adapter is compared. Nothing is trained between two of them: the learning rate is 0.
import { join } from 'node:path'
import type { Session } from '../../../addon/index'
import { floats, type Tensors } from '../../fixtures/safetensors'
import { plainName } from '../batches'
import { readAdapterConfig, type Case } from '../cases'
import { numberError, tensorSetCheck, type Check } from '../compare'
import { engine } from '../engine'
import { general, ofGradients } from '../tolerances'
import { openOptions } from './causal-lora'

/** of every case of these kinds; the READMEs of the sets say them, of F32 and of BF16 */
export const tolerance = { loss: general, gradients: ofGradients, logs: general } as const

const still = {
  learningRate: 0,
  step: 1,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  maxGradNorm: 0
} as const

export function handOptions(item: Case, tokens: number): ReturnType<typeof openOptions> {
  const { lora_dropout = 0 } = readAdapterConfig(join(item.dir, 'adapter_init')) as { lora_dropout?: number }
  if (lora_dropout !== 0) throw new Error(`${item.name}: dropout ${lora_dropout} is not expected`)
  return { ...openOptions(item, tokens), maxContext: 0 }
}

/** Gradients that arrive, as `expected` has them under this prefix. */
export async function gradientCheck(
  session: Session,
  expected: Tensors,
  name: string,
  prefix: string
): Promise<Check> {
  const gathered = await engine().gatheredGradients(session)
  await session.update(0, still)
  const wanted = new Map<string, Float32Array>()
  for (const [key, tensor] of expected)
    if (key.startsWith(`${prefix}base_model.`))
      wanted.set(plainName(key.slice(prefix.length)), floats(tensor))
  const found = new Map(Object.entries(gathered).map(([key, { data }]) => [key, data]))
  return tensorSetCheck(name, found, wanted, tolerance.gradients)
}

export const lossCheck = (name: string, loss: number, wanted: number): Check => ({
  name,
  error: numberError(loss, wanted),
  tolerance: tolerance.loss
})
