// The adapter folder that we write, beside the one that PEFT wrote.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session } from '../../../addon/index'
import { floats, readSafetensors, type Tensors } from '../../fixtures/safetensors'
import { plainName } from '../batches'
import { readAdapterConfig, type AdapterConfig } from '../cases'
import { exactCheck, tensorError, type Check } from '../compare'

/** An object as text, whatever the order of its members; nothing and an empty one are alike. */
const canonical = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value : Object.entries(value ?? {}).sort())

/** The folder we write: PEFT's names, shapes and settings, and the bits that the session holds. */
export async function checkPeftFolder(
  session: Session,
  expected: Tensors,
  wanted: AdapterConfig,
  trained: ReadonlyMap<string, { shape: number[]; data: Float32Array }>
): Promise<Check> {
  const place = mkdtempSync(join(tmpdir(), 'neiro-golden-'))
  try {
    const dir = join(place, 'adapter')
    await session.saveAdapter({ dir, baseModelName: 'base' })
    const saved = readSafetensors(join(dir, 'adapter_model.safetensors'))
    const wrong: string[] = []
    for (const [name, { shape }] of expected)
      if (String(saved.get(name)?.shape) !== String(shape)) wrong.push(`shape of ${name}`)
    for (const name of saved.keys()) if (!expected.has(name)) wrong.push(`${name} is not PEFT's`)
    for (const [name, { data }] of trained) {
      const tensor = saved.get(plainName(name))
      if (!tensor || tensorError(floats(tensor), data) !== 0) wrong.push(`values of ${name}`)
    }
    const config = readAdapterConfig(dir)
    const settings = [
      'peft_type',
      'task_type',
      'r',
      'lora_alpha',
      'use_rslora',
      'use_dora',
      'bias',
      'd_initial'
    ]
    const tokens = [
      'num_virtual_tokens',
      'token_dim',
      'num_layers',
      'num_attention_heads',
      'prefix_projection'
    ]
    for (const key of [
      'rank_pattern',
      'alpha_pattern',
      'layers_to_transform',
      'modules_to_save',
      'trainable_token_indices'
    ] as const)
      // of a classifier PEFT names the heads of other models, too
      if (
        wanted.task_type === 'CAUSAL_LM' &&
        wanted.peft_type === 'LORA' &&
        canonical(config[key]) !== canonical(wanted[key])
      )
        wrong.push(key)
    for (const key of [...settings, ...tokens, 'fan_in_fan_out', 'init_ia3_weights'])
      if (config[key] !== wanted[key]) wrong.push(`${key}: ${String(config[key])}`)
    const modules = (names: readonly string[]): string => [...names].sort().join()
    for (const key of ['target_modules', 'feedforward_modules'] as const)
      if (modules(config[key] ?? []) !== modules(wanted[key] ?? [])) wrong.push(key)
    return exactCheck('saved PEFT folder', wrong.length === 0, wrong.slice(0, 3).join('; '))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
