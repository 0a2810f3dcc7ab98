// An adapter folder by the rules of PEFT: plain LoRA and rsLoRA. Everything else is not known here.
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
  const rank = Number(config['r'])
  const scale = Number(config['lora_alpha']) / (config['use_rslora'] === true ? Math.sqrt(rank) : rank)
  const scaleOf = (module: string): number | null => (tensors.find(names(module).a) ? scale : null)
  return { adapter: { tensors, names, scaleOf }, close: () => tensors.close() }
}

const isSaid = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  !(typeof value === 'object' && Object.keys(value).length === 0)
