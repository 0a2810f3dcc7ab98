// What the small files of a model folder say and Neiro does not follow, where other programs do: said before anything is learnt.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { spaceMarksOfClass, type SpaceMarks } from '../tokens/space-marks'
import type { Json } from './model-files'

/** generation: generation_config.json; tokenizer: tokenizer_config.json; templates: its chat_template, where it is the one that
 *  is used. */
export async function halfFollowed(
  dir: string,
  {
    generation,
    tokenizer,
    templates
  }: { readonly generation: Json; readonly tokenizer: Json; readonly templates: unknown }
): Promise<HalfFollowed> {
  const name = withoutDefault(templates)
  const rules = rulesOf(generation)
  return {
    always: (await hasAdapter(dir)) ? [new NeiroError('ADAPTER_BESIDE_MODEL')] : [],
    answering: [
      ...((await isOnlyInOldFile(dir, templates)) ? [new NeiroError('TEMPLATE_IN_OLD_FILE')] : []),
      ...(name === null ? [] : [new NeiroError('TEMPLATE_NOT_DEFAULT', { name })]),
      ...(rules.length > 0 ? [new NeiroError('ANSWER_RULES', { rules: rules.join(', ') })] : [])
    ],
    spaces: spaceMarksOfClass(tokenizer)
  }
}

export interface HalfFollowed {
  readonly always: readonly NeiroError[]
  /** where the model is to answer, not to sort */
  readonly answering: readonly NeiroError[]
  /** where Transformers puts marks for spaces, whatever tokenizer.json says; null: where that says */
  readonly spaces: SpaceMarks | null
}

/** Models for pictures kept it there once; Transformers does not read it for text. */
const isOnlyInOldFile = async (dir: string, templates: unknown): Promise<boolean> =>
  templates === undefined && (await isThere(dir, 'chat_template.json'))

/** The name of the first of several templates, where none is the default: Transformers asks for a name then. */
function withoutDefault(templates: unknown): string | null {
  if (!Array.isArray(templates)) return null
  const names = templates.flatMap((one: unknown) => {
    const { name, template } = (one ?? {}) as Json
    return typeof template === 'string' ? [typeof name === 'string' ? name : '—'] : []
  })
  return names.includes('default') ? null : (names[0] ?? null)
}

/** Members that change what is answered even where nothing is drawn by chance, or where an answer ends; with the values that change
 *  nothing. Temperature and its kin are everybody's own choice. */
const neutral: Readonly<Record<string, readonly unknown[]>> = {
  repetition_penalty: [1],
  encoder_repetition_penalty: [1],
  no_repeat_ngram_size: [0],
  encoder_no_repeat_ngram_size: [0],
  num_beams: [1],
  penalty_alpha: [0],
  guidance_scale: [1],
  min_new_tokens: [0],
  min_length: [0],
  forced_bos_token_id: [],
  forced_eos_token_id: [],
  suppress_tokens: [],
  begin_suppress_tokens: [],
  bad_words_ids: [],
  sequence_bias: [],
  stop_strings: [],
  exponential_decay_length_penalty: []
}

function rulesOf(generation: Json): readonly string[] {
  const most = generation['max_new_tokens']
  const cuts = typeof most === 'number' && most < longAnswer ? [`max_new_tokens ${most}`] : []
  const others = Object.entries(neutral).flatMap(([name, without]) => {
    const value = generation[name]
    const isNothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0)
    if (isNothing || without.includes(value)) return []
    return [typeof value === 'object' ? name : `${name} ${String(value).slice(0, longestValue)}`]
  })
  return [...others, ...cuts]
}
/** Tokens; a limit above cuts hardly any answer. */
const longAnswer = 512
const longestValue = 20

/** Transformers loads it with the model, where PEFT is there. */
async function hasAdapter(dir: string): Promise<boolean> {
  if (!(await isThere(dir, 'adapter_config.json'))) return false
  return (await isThere(dir, 'adapter_model.safetensors')) || (await isThere(dir, 'adapter_model.bin'))
}

const isThere = (dir: string, name: string): Promise<boolean> =>
  stat(join(dir, name)).then(
    (entry) => entry.isFile(),
    () => false
  )
