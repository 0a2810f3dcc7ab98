// The families the engine knows, by model_type. test/services/models holds these lists to the engine's own.
import { NeiroError } from '../../contract/errors'
import type { Json } from './model-files'

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
  gemma4_text: 'Gemma4ForCausalLM',
  glm4: 'Glm4ForCausalLM',
  gpt_oss: 'GptOssForCausalLM',
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
  qwen3_5_text: 'Qwen3_5ForCausalLM',
  qwen3_moe: 'Qwen3MoeForCausalLM',
  roberta: 'RobertaForSequenceClassification',
  smollm3: 'SmolLM3ForCausalLM',
  'xlm-roberta': 'XLMRobertaForSequenceClassification'
} as const

/** Folders that hold more than a text model: the family of their text part, which is all that is read of them. */
const textParts: Readonly<Record<string, keyof typeof architectures>> = {
  gemma4: 'gemma4_text',
  qwen3_5: 'qwen3_5_text'
}

/** What a folder's config calls it, in the engine's word. */
export const textFamilyOf = (modelType: string): string => textParts[modelType] ?? modelType

/** The text model's own config, as the engine reads it: what its own leaves unsaid of both, the whole one says. */
export function textConfigOf(config: Json): Json {
  const family = textParts[String(config['model_type'])]
  const own = config['text_config']
  if (family === undefined || typeof own !== 'object' || own === null) return config
  const both = ['tie_word_embeddings', 'bos_token_id', 'eos_token_id', 'pad_token_id', 'dtype', 'torch_dtype']
  const said = both.filter((name) => name in config).map((name) => [name, config[name]] as const)
  return {
    ...Object.fromEntries(said),
    ...own,
    model_type: family,
    architectures: [architectures[family]]
  }
}

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

/** Whether its published files hold experts in blocks that are not read here (MXFP4): a folder of it in 16 bits is opened as
 *  any other, and none is offered. */
export const publishedInBlocks = (modelType: string): boolean => modelType === 'gpt_oss'

/** Whether the engine opens again, as a model, what it wrote as a GGUF file. */
export const opensGgufOf = (modelType: string): boolean => modelType !== 'qwen3_5_text'

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
const rotatedInPart = ['glm4', 'phi3', 'qwen3_5_text']

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
