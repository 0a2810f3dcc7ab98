// What pairs of LoRA add to the weights, by plain arithmetic.
import { floats, type Tensors } from '../../fixtures/safetensors'
import type { AdapterConfig } from '../cases'

export interface Values {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export const valuesOf = (tensors: Tensors): Map<string, Values> =>
  new Map([...tensors].map(([name, tensor]) => [name, { shape: tensor.shape, values: floats(tensor) }]))

/** scale * B A by module, of tensors by their names in a PEFT folder. */
export function products(
  tensors: ReadonlyMap<string, Values>,
  config: Pick<AdapterConfig, 'lora_alpha' | 'r' | 'use_rslora'>
): Map<string, Float32Array> {
  const found = new Map<string, Float32Array>()
  const scale = config.lora_alpha / (config.use_rslora ? Math.sqrt(config.r) : config.r)
  for (const [name, a] of tensors) {
    if (!name.endsWith('.lora_A.weight')) continue
    const b = tensors.get(name.replace('lora_A', 'lora_B'))
    const [rank = 0, columns = 0] = a.shape
    const rows = b?.shape[0] ?? 0
    const product = new Float32Array(rows * columns)
    for (let row = 0; row < rows; ++row)
      for (let column = 0; column < columns; ++column) {
        let sum = 0
        for (let i = 0; i < rank; ++i)
          sum += (b?.values[row * rank + i] ?? NaN) * (a.values[i * columns + column] ?? NaN)
        product[row * columns + column] = scale * sum
      }
    found.set(name.slice('base_model.model.'.length, -'.lora_A.weight'.length), product)
  }
  return found
}
