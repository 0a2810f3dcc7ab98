// An adapter folder by the rules of PEFT: LoRA, rsLoRA, DoRA, with ranks and scales of single modules, biases, tokens, and
// modules that are kept whole; IA3; VeRA. What else is said in it is named as not known.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { endsAs } from './module-pattern'
import { isObject, NotPlain, number, numbers, type ConfigJson } from './plain-fields'
import type { PlainAdapter } from './plain-products'
import { StoredTensors } from './stored-tensors'

const prefix = 'base_model.model.'

/** These say nothing of the numbers once the tensors are there. */
const silent = [
  'auto_mapping',
  'base_model_name_or_path',
  'revision',
  'inference_mode',
  'task_type',
  'peft_version',
  'target_modules',
  'exclude_modules',
  'layers_to_transform',
  'layers_pattern',
  'lora_dropout',
  'megatron_core',
  'qalora_group_size',
  'runtime_config'
]
const understood = [
  'peft_type',
  'r',
  'lora_alpha',
  'use_rslora',
  'use_dora',
  'rank_pattern',
  'alpha_pattern',
  'bias',
  'modules_to_save',
  'trainable_token_indices',
  'init_lora_weights'
]
const sharedFields = [
  'peft_type',
  'r',
  'bias',
  'd_initial',
  'projection_prng_key',
  'save_projection',
  'vera_dropout',
  'init_weights'
]
/** Beginnings that leave the base as it is. */
const gentle = [true, false, null, undefined, 'gaussian', 'orthogonal']

export interface OpenAdapter {
  readonly adapter: PlainAdapter
  /** of its modules; 0 where no row is normed anew */
  readonly normedRank: number
  close(): Promise<void>
}

/** tied: the base has no head of its own. Throws NotPlain. */
export async function openPlainAdapter(
  dir: string,
  { tied }: { readonly tied: boolean }
): Promise<OpenAdapter> {
  const config = JSON.parse(await readFile(join(dir, 'adapter_config.json'), 'utf8')) as ConfigJson
  const kind = String(config['peft_type'])
  if (kind === 'LORA') return openLora(dir, config, tied)
  if (kind === 'IA3') return openFactors(dir, config)
  if (kind === 'VERA') return openShared(dir, config)
  throw new NotPlain(kind)
}

/** IA3 (Liu et al. 2022): a factor for each of what a module gives, or hears where it is named as a feed-forward one. */
async function openFactors(dir: string, config: ConfigJson): Promise<OpenAdapter> {
  refuseStrange(config, ['peft_type', 'feedforward_modules', 'init_ia3_weights', ...silent])
  const inner = config['feedforward_modules'] ?? []
  if (!Array.isArray(inner)) throw new NotPlain('feedforward_modules')
  const tensors = await StoredTensors.open(dir, 'adapter_model')
  const factors: PlainAdapter['factors'] = (module) => {
    const name = `${prefix}${module}.ia3_l`
    if (!tensors.find(name)) return null
    return { name, of: inner.some((one) => isEnd(module, String(one))) ? 'input' : 'output' }
  }
  const none = (): null => null
  const adapter = { tensors, partOf: none, instead: none, ownRows: none, factors }
  return { adapter, normedRank: 0, close: () => tensors.close() }
}

/** VeRA: one pair for all modules, and for each the factors between and behind. */
async function openShared(dir: string, config: ConfigJson): Promise<OpenAdapter> {
  refuseStrange(config, [...sharedFields, ...silent])
  // the pair would have to be drawn anew as PyTorch draws it
  if (config['save_projection'] === false) throw new NotPlain('save_projection')
  if ((config['bias'] ?? 'none') !== 'none') throw new NotPlain(`bias ${String(config['bias'])}`)
  const tensors = await StoredTensors.open(dir, 'adapter_model')
  const [a, b] = ['base_model.vera_A', 'base_model.vera_B']
  const partOf: PlainAdapter['partOf'] = (module) => {
    const [between, behind] = ['d', 'b'].map((end) => `${prefix}${module}.vera_lambda_${end}`)
    if (!between || !behind || !tensors.find(between)) return null
    return { a, b, scale: 1, lengths: null, shared: { between, behind } }
  }
  const none = (): null => null
  const adapter = { tensors, partOf, instead: none, ownRows: none, factors: none }
  return { adapter, normedRank: 0, close: () => tensors.close() }
}

function refuseStrange(config: ConfigJson, known: readonly string[]): void {
  const strange = Object.keys(config).find((name) => isSaid(config[name]) && !known.includes(name))
  if (strange !== undefined) throw new NotPlain(strange)
}

const isEnd = (module: string, name: string): boolean => module === name || module.endsWith(`.${name}`)

async function openLora(dir: string, config: ConfigJson, tied: boolean): Promise<OpenAdapter> {
  refuseStrange(config, [...understood, ...silent])
  const start = config['init_lora_weights']
  if (!gentle.some((one) => one === start)) throw new NotPlain(`init_lora_weights ${String(start)}`)
  const bias = config['bias'] ?? 'none'
  if (!['none', 'lora_only', 'all'].includes(String(bias))) throw new NotPlain(`bias ${String(bias)}`)
  // which of the two a kept module then is, its folder does not say
  if (tied && isSaid(config['modules_to_save'])) throw new NotPlain('modules_to_save, tie_word_embeddings')
  const tensors = await StoredTensors.open(dir, 'adapter_model')
  const normed = config['use_dora'] === true
  const there = (name: string): string | null => (tensors.find(name) ? name : null)

  const partOf: PlainAdapter['partOf'] = (module) => {
    const [a, b] = [`${prefix}${module}.lora_A.weight`, `${prefix}${module}.lora_B.weight`]
    if (!there(a)) return null
    const rank = patterned(config, 'rank_pattern', module, number(config, 'r', 8))
    const alpha = patterned(config, 'alpha_pattern', module, number(config, 'lora_alpha', 8))
    const scale = alpha / (config['use_rslora'] === true ? Math.sqrt(rank) : rank)
    return { a, b, scale, lengths: normed ? `${prefix}${module}.lora_magnitude_vector` : null }
  }
  const instead = (tensor: string): string | null =>
    there(`${prefix}${tensor}`) ??
    (bias !== 'none' ? there(`${prefix}${tensor.replace(/\.bias$/, '.base_layer.bias')}`) : null)
  const ownRows: PlainAdapter['ownRows'] = (module) => {
    const at = tokensOf(config, module)
    return at === null ? null : { name: `${prefix}${module}.token_adapter.trainable_tokens_delta`, at }
  }
  const ranks = tensors.names
    .filter((name) => name.endsWith('.lora_A.weight'))
    .map((name) => tensors.find(name)?.shape[0] ?? 0)
  return {
    adapter: { tensors, partOf, instead, ownRows, factors: () => null },
    normedRank: normed ? Math.max(0, ...ranks) : 0,
    close: () => tensors.close()
  }
}

/** Of the module whose rows were trained: a list is of the embedding. */
function tokensOf(config: ConfigJson, module: string): readonly number[] | null {
  const said = config['trainable_token_indices']
  if (!isSaid(said)) return null
  const byModule = isObject(said) ? said : { embed_tokens: said }
  const key = Object.keys(byModule).find((name) => isEnd(module, name))
  return key === undefined ? null : numbers(byModule, key)
}

/** The first key that is the end of the module's name, as a regular expression from a point on, else `usual`. */
function patterned(config: ConfigJson, name: string, module: string, usual: number): number {
  const patterns = config[name]
  if (!isObject(patterns)) return usual
  const key = Object.keys(patterns).find((one) => endsLike(module, one))
  return key === undefined ? usual : number(patterns, key)
}

function endsLike(module: string, pattern: string): boolean {
  const ends = endsAs(module, pattern)
  if (ends === null) throw new NotPlain(pattern)
  return ends
}

const isSaid = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  !(typeof value === 'object' && Object.keys(value).length === 0)
