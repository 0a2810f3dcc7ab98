// What a run knows beside its weights, written into the exported folder in Transformers' own words, so that whoever
// opens it asks as the run was taught and stops where it stops: end tokens, chat template, system prompt.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tensorPlacesIn } from '../../files/safetensors'
import { isReadOtherwise } from '../models/doubts'
import { architectures } from '../models/families'
import { readJsonFile, type Json } from '../models/model-files'
import type { Model } from '../models/read-model'
import type { TunedModel } from '../runs/tuned-model'
import { saidOfClass, type SpaceMarks } from '../tokens/space-marks'
import { templateSourceOf } from '../tokens/template-source'

export interface Knowledge {
  /** the template that prompts were made by; the run's system prompt is in it */
  readonly template: string
  /** an answer ends at one of these; the one that was learnt comes first */
  readonly stopTokens: readonly number[]
  /** the learnt one as text; null: none was */
  readonly turnEnd: string | null
  /** where the tokenizer put marks for spaces, where tokenizer_config.json says otherwise */
  readonly spaces?: SpaceMarks | undefined
}

export async function knowledgeOf({
  model,
  modelText,
  stopTokens,
  systemPrompt
}: TunedModel): Promise<Knowledge> {
  const { begin, turnEnd, spaces } = modelText.marks
  const isOther = isReadOtherwise(modelText.marks, model.halfFollowed)
  const text = async (id: number | null): Promise<string | null> =>
    id === null ? null : modelText.decode([id], false)
  const source = templateSourceOf(model, (await text(begin)) ?? '')
  return {
    template: withDefaultSystem(source, systemPrompt),
    stopTokens,
    turnEnd: await text(turnEnd),
    ...(isOther && { spaces })
  }
}

/** A conversation without a system message of its own gets this one; as the run's examples did. */
export function withDefaultSystem(source: string, systemPrompt: string): string {
  if (systemPrompt === '') return source
  const own = "messages | selectattr('role', 'equalto', 'system') | list | length"
  const first = `[{'role': 'system', 'content': ${JSON.stringify(systemPrompt)}}]`
  // an empty print keeps a line break that the source may begin with
  return `{%- if (${own}) == 0 %}{%- set messages = ${first} + messages %}{%- endif %}{{- '' }}${source}`
}

/** Into a folder that holds the files of the base's tokenizer already. What says it already stays byte for byte. */
export async function writeKnowledge(
  dir: string,
  {
    modelType,
    chatTemplate,
    hasOtherTemplate,
    specialTokens
  }: Pick<Model, 'modelType' | 'chatTemplate' | 'hasOtherTemplate' | 'specialTokens'>,
  { template, stopTokens, turnEnd, spaces }: Knowledge
): Promise<void> {
  const eos = stopTokens.length === 1 ? stopTokens[0] : stopTokens
  const ends = stopTokens.length > 0 ? { eos_token_id: eos } : {}
  await change(dir, 'generation_config.json', ends, true)
  // other readers end at eos_token; where the template writes it itself, its words must stay as they are
  const free = !template.includes('eos_token') || (chatTemplate === null && !specialTokens['eos_token'])
  const named = turnEnd !== null && free ? { eos_token: turnEnd } : {}
  // another one there would be asked by whoever reads that file alone
  const own = template === chatTemplate && !hasOtherTemplate ? {} : { chat_template: template }
  await change(dir, 'tokenizer_config.json', { ...named, ...own, ...(spaces && saidOfClass(spaces)) }, true)
  if (template !== chatTemplate) await writeFile(join(dir, 'chat_template.jinja'), template, { flush: true })
  const untied = (await holdsHead(dir)) ? { tie_word_embeddings: false } : {}
  const architecture = architectures[modelType as keyof typeof architectures]
  await change(dir, 'config.json', { ...ends, architectures: [architecture], ...untied })
}

/** Members of a file that is there, or is made where `make`. */
async function change(dir: string, name: string, members: Json, make = false): Promise<void> {
  const file = await readJsonFile(dir, name)
  if (file === null && !make) return
  const before = file ?? {}
  const changed = { ...before, ...members }
  if (file !== null && JSON.stringify(changed) === JSON.stringify(before)) return
  await writeFile(join(dir, name), `${JSON.stringify(changed, null, 2)}\n`, { flush: true })
}

/** Weights with a head beside the embedding. */
async function holdsHead(dir: string): Promise<boolean> {
  const places = await tensorPlacesIn(join(dir, 'model.safetensors'))
  if (places) return places.has('lm_head.weight')
  const index = await readFile(join(dir, 'model.safetensors.index.json'), 'utf8').catch(() => '')
  return index.includes('"lm_head.weight"')
}
