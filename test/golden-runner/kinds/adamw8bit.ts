// AdamW with moments in a byte a value: what updates by given gradients leave of the weights, and the moments' codes.
import { join } from 'node:path'
import { floats, readSafetensors, tensorOf, type Tensors } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { exactCheck, tensorError, type Check } from '../compare'
import { engine } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'

export async function runAdamw8bit(item: Case, folder: string): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const hyper = item.file.hyper_parameters ?? {}
  const [beta1, beta2] = hyper['betas'] as unknown as readonly [number, number]
  const options = {
    learningRate: Number(hyper['learning_rate']),
    ...{ beta1, beta2 },
    epsilon: Number(hyper['eps']),
    weightDecay: Number(hyper['weight_decay'])
  }
  const tolerance = tolerancesFor(folder, item.name).logits
  const checks: Check[] = []
  for (const name of item.file['tensors'] as readonly string[]) {
    const gradients: number[] = []
    for (let step = 0; step < Number(item.file.steps); ++step) {
      gradients.push(...floats(tensorOf(inputs, `${name}.grad.${step}`)))
      if (!expected.has(`${name}.${step}`)) continue
      const initial = Float32Array.from(floats(tensorOf(inputs, `${name}.initial`)))
      const got = await engine().updateInBytes(initial, Float32Array.from(gradients), options)
      const parts: Record<string, ArrayLike<number>> = {
        '': got.values,
        '.absmax1': got.absmax1,
        '.absmax2': got.absmax2,
        // a small tensor's states are the moments themselves
        '.state1': got.codes1.length ? got.codes1 : got.moment1,
        '.state2': got.codes2.length ? got.codes2 : got.moment2
      }
      for (const [part, actual] of Object.entries(parts))
        checks.push(...compare(expected, `${name}${part}.${step}`, actual, tolerance))
    }
  }
  return { checks }
}

/** Codes may be off by one where a moment stands in the middle of two, 1 in 1,000. */
function compare(
  expected: Tensors,
  name: string,
  actual: ArrayLike<number>,
  tolerance: number
): readonly Check[] {
  if (!expected.has(name)) return []
  const tensor = tensorOf(expected, name)
  if (tensor.dtype !== 'U8') return [{ name, error: tensorError(actual, floats(tensor)), tolerance }]
  if (actual.length !== tensor.bytes.length) return [exactCheck(name, false, 'of another size')]
  const steps = Array.from(tensor.bytes, (code, i) => Math.abs(code - (actual[i] ?? NaN)))
  const off = steps.filter((step) => step !== 0)
  const far = off.some((step) => !(step <= 1))
  return [{ name, error: far ? Infinity : off.length / steps.length, tolerance: 1 / 1000 }]
}
