// An adapter folder by the rules of PEFT: plain LoRA, with patterns and rsLoRA. Everything else is not known here.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotPlain, type ConfigJson } from './plain-config'
import type { PlainAdapter } from './plain-model'
import { StoredTensors } from './stored-tensors'

const prefix = 'base_model.model.'

export interface OpenAdapter {
  readonly adapter: PlainAdapter
  close(): Promise<void>
}

export async function openPlainAdapter(dir: string): Promise<OpenAdapter> {
  const config = JSON.parse(await readFile(join(dir, 'adapter_config.json'), 'utf8')) as ConfigJson
  if (config['peft_type'] !== 'LORA') throw new NotPlain(String(config['peft_type']))
  const odd = [
    'use_dora',
    'fan_in_fan_out',
    'modules_to_save',
    'layer_replication',
    'target_parameters',
    'lora_bias'
  ]
  const found = odd.find((name) => isSaid(config[name]))
  if (found) throw new NotPlain(found)
  if ((config['bias'] ?? 'none') !== 'none') throw new NotPlain('bias')
  const tensors = await StoredTensors.open(dir, 'adapter_model')
  const names = (module: string): { a: string; b: string } => ({
    a: `${prefix}${module}.lora_A.weight`,
    b: `${prefix}${module}.lora_B.weight`
  })
  const ofModule = (key: 'rank_pattern' | 'alpha_pattern', module: string, usual: number): number => {
    const patterns = Object.entries((config[key] ?? {}) as Readonly<Record<string, number>>)
    // as PEFT matches: the whole name, or its end behind a dot
    return patterns.find(([pattern]) => new RegExp(`^(.*\\.)?(${pattern})$`).test(module))?.[1] ?? usual
  }
  const scaleOf = (module: string): number | null => {
    if (!tensors.find(names(module).a)) return null
    const rank = ofModule('rank_pattern', module, Number(config['r']))
    const alpha = ofModule('alpha_pattern', module, Number(config['lora_alpha']))
    return alpha / (config['use_rslora'] === true ? Math.sqrt(rank) : rank)
  }
  return { adapter: { tensors, names, scaleOf }, close: () => tensors.close() }
}

const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
