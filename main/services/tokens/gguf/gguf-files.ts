// The small files of a Hugging Face folder, made of what a GGUF file says: its tokenizer, its special tokens, its chat
// template, where answers end. config.json holds what is read here; the whole of it is the engine's to tell.
import { NeiroError } from '../../../contract/errors'
import { ggufTokenizer, idOf } from './gguf-tokenizer'
import { readGgufHead, type GgufHead } from './read-head'

/** name and text */
export type SmallFiles = Readonly<Record<string, string>>

/** general.file_type: what most of a file is */
const fileTypes: Readonly<Record<number, string>> = {
  ...{ 0: 'F32', 1: 'F16', 32: 'BF16', 2: 'Q4_0', 3: 'Q4_1', 8: 'Q5_0', 9: 'Q5_1', 7: 'Q8_0', 10: 'Q2_K' },
  ...{ 11: 'Q3_K', 12: 'Q3_K', 13: 'Q3_K', 14: 'Q4_K', 15: 'Q4_K', 16: 'Q5_K', 17: 'Q5_K', 18: 'Q6_K' }
}

const endings = ['eos', 'eot', 'eom'] as const
const special = { bos: 'bos_token', eos: 'eos_token', unknown: 'unk_token', padding: 'pad_token' } as const

export function ggufFiles(file: string): SmallFiles {
  const head = readGgufHead(file)
  if (Number(head.get('split.count') ?? 0) > 1) throw new NeiroError('GGUF_SPLIT', { file })
  const architecture = textOf(head, 'general.architecture') ?? ''
  const { tokenizerJson, tokens, beginId, addsBegin } = ggufTokenizer(head, file)
  const ends = endings.flatMap((name) => idOf(head, name) ?? [])
  const eos = ends.length === 1 ? ends[0] : ends
  const named = Object.entries(special).flatMap(([name, key]) => {
    const token = tokens[idOf(head, name) ?? -1]
    return token === undefined ? [] : [[key, token] as const]
  })
  const template = textOf(head, 'tokenizer.chat_template')
  const context = head.get(`${architecture}.context_length`)
  const ids = {
    ...(beginId !== null && { bos_token_id: beginId }),
    ...(ends.length > 0 && { eos_token_id: eos })
  }
  return {
    'config.json': json({
      gguf_architecture: familyIn(head, architecture),
      gguf_type: fileTypes[Number(head.get('general.file_type'))] ?? null,
      vocab_size: tokens.length,
      ...(typeof context === 'number' && { max_position_embeddings: context }),
      ...ids
    }),
    'generation_config.json': json(ids),
    'tokenizer.json': tokenizerJson,
    'tokenizer_config.json': json({
      tokenizer_class: 'PreTrainedTokenizerFast',
      ...Object.fromEntries(named),
      add_bos_token: addsBegin,
      clean_up_tokenization_spaces: false,
      ...(template !== null && { chat_template: template })
    }),
    'README.md': card(head)
  }
}

/** Families that go by another name there. */
function familyIn(head: GgufHead, architecture: string): string {
  if (architecture === 'mistral3') return 'ministral3'
  return architecture === 'olmo2' && head.has('olmo2.attention.sliding_window') ? 'olmo3' : architecture
}

/** The front matter that readers of model cards look for. */
function card(head: GgufHead): string {
  const languages = head.get('general.languages')
  const facts = {
    license: textOf(head, 'general.license'),
    license_name: textOf(head, 'general.license.name'),
    language: Array.isArray(languages) ? languages : null
  }
  // JSON is YAML
  const said = Object.entries(facts).filter(([, value]) => value !== null)
  return `---\n${said.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('')}---\n`
}

const textOf = (head: GgufHead, key: string): string | null => {
  const value = head.get(key)
  return typeof value === 'string' ? value : null
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
