// The families the engine knows, by model_type. test/services/models holds these lists to the engine's own.
import { NeiroError } from '../../contract/errors'

/** Their classes in Transformers. */
export const architectures = {
  bert: 'BertForSequenceClassification',
  'deberta-v2': 'DebertaV2ForSequenceClassification',
  distilbert: 'DistilBertForSequenceClassification',
  electra: 'ElectraForSequenceClassification',
  exaone4: 'Exaone4ForCausalLM',
  gemma: 'GemmaForCausalLM',
  gemma2: 'Gemma2ForCausalLM',
  gemma3_text: 'Gemma3ForCausalLM',
  glm4: 'Glm4ForCausalLM',
  granite: 'GraniteForCausalLM',
  lfm2: 'Lfm2ForCausalLM',
  llama: 'LlamaForCausalLM',
  ministral3: 'Ministral3ForCausalLM',
  mistral: 'MistralForCausalLM',
  modernbert: 'ModernBertForSequenceClassification',
  olmo2: 'Olmo2ForCausalLM',
  olmo3: 'Olmo3ForCausalLM',
  phi3: 'Phi3ForCausalLM',
  qwen2: 'Qwen2ForCausalLM',
  qwen3: 'Qwen3ForCausalLM',
  roberta: 'RobertaForSequenceClassification',
  smollm3: 'SmolLM3ForCausalLM',
  'xlm-roberta': 'XLMRobertaForSequenceClassification'
} as const

/** What the engine calculates and the product does not offer yet: of Qwen3.5 no GGUF is written and the hub wraps its
 *  names, experts learn nothing of their own. They count as unknown. */
export const comingFamilies = ['qwen3_5_text', 'qwen3_moe'] as const

export const knownFamilies = Object.keys(architectures) as readonly (keyof typeof architectures)[]

/** Reads a text both ways and only scores it; it has no words to give. */
export const isEncoder = (modelType: string): boolean =>
  Object.hasOwn(architectures, modelType) &&
  architectures[modelType as keyof typeof architectures].endsWith('ForSequenceClassification')

/** A model that gives words: no encoder, and none that was made to score. */
export const writes = (modelType: string, config: Readonly<Record<string, unknown>>): boolean =>
  !isEncoder(modelType) && !String([config['architectures']].flat()[0]).endsWith('ForSequenceClassification')

/** The class of Transformers that scores by this family. */
export const scoreClassOf = (modelType: string): string =>
  architectures[modelType as keyof typeof architectures].replace('ForCausalLM', 'ForSequenceClassification')

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

/** Families whose heads may be rotated in part: Transformers passes over what others say of it, or fails. */
const rotatedInPart = ['glm4', 'phi3']

/** Throws UNSUPPORTED_MODEL where a folder asks for what would be calculated otherwise elsewhere. */
export function checkRotation(modelType: string, config: Readonly<Record<string, unknown>>): void {
  const ropes = [config, config['rope_parameters'], config['rope_scaling']].filter(
    (one): one is Record<string, unknown> => typeof one === 'object' && one !== null
  )
  const part = ropes
    .map((rope) => rope['partial_rotary_factor'])
    .find((one) => typeof one === 'number' && one !== 1)
  if (part === undefined || rotatedInPart.includes(modelType)) return
  throw new NeiroError('UNSUPPORTED_MODEL', { field: 'partial_rotary_factor', value: String(part) })
}
