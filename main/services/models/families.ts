// The families the engine knows, by model_type. test/services/models holds these lists to the engine's own.
import { NeiroError } from '../../contract/errors'

/** Their classes in Transformers. */
export const architectures = {
  exaone4: 'Exaone4ForCausalLM',
  gemma: 'GemmaForCausalLM',
  gemma2: 'Gemma2ForCausalLM',
  gemma3_text: 'Gemma3ForCausalLM',
  glm4: 'Glm4ForCausalLM',
  granite: 'GraniteForCausalLM',
  llama: 'LlamaForCausalLM',
  ministral3: 'Ministral3ForCausalLM',
  mistral: 'MistralForCausalLM',
  olmo2: 'Olmo2ForCausalLM',
  olmo3: 'Olmo3ForCausalLM',
  phi3: 'Phi3ForCausalLM',
  qwen2: 'Qwen2ForCausalLM',
  qwen3: 'Qwen3ForCausalLM',
  smollm3: 'SmolLM3ForCausalLM'
} as const

/** Encoders, which score texts in the engine; nobody here trains or asks one yet, so they count as unknown. */
export const encoderFamilies = [
  'bert',
  'deberta-v2',
  'distilbert',
  'electra',
  'modernbert',
  'roberta',
  'xlm-roberta'
] as const

export const knownFamilies = Object.keys(architectures) as readonly (keyof typeof architectures)[]

/** By general.architecture: the engine's names, a text model's word left out. */
export function familyOfGguf(architecture: unknown, dir: string): string {
  const text = `${String(architecture)}_text`
  return checkFamily((knownFamilies as readonly unknown[]).includes(text) ? text : architecture, dir)
}

export function checkFamily(modelType: unknown, dir: string): string {
  if ((knownFamilies as readonly unknown[]).includes(modelType)) return String(modelType)
  const got = typeof modelType === 'string' ? modelType : '?'
  const known = knownFamilies.join(', ')
  throw new NeiroError('UNKNOWN_ARCHITECTURE', { dir, architecture: got, known })
}
