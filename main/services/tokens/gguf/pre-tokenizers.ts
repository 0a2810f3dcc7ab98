// How a text is cut into words before byte-level BPE, by the names that GGUF files give (tokenizer.ggml.pre): the
// patterns of the models themselves, of which llama.cpp's are a rendering without classes of
// letters that its engine lacks. A name that is not here is refused: other words are other tokens.
import type { Part } from '../derived/tokenizer-json'
import { sequence } from '../derived/tokenizer-json'

export interface WordCut {
  readonly preTokenizer: Part
  readonly normalizer: Part | null
  /** a word that is a token as it is needs no merges */
  readonly ignoreMerges: boolean
  /** a beginning stands before a text unless the file says otherwise */
  readonly begins: boolean
}

const bytes = (useRegex: boolean): Part => ({
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: useRegex
})

const cut = (pattern: string): Part =>
  sequence('pretokenizers', [
    { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
    bytes(false)
  ])

const plain = { normalizer: null, ignoreMerges: false, begins: false }
const spaces = String.raw`\s*[\r\n]+|\s+(?!\S)|\s+`
const short = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
/** letters: the classes that words are made of */
const words = (digits: string, letters = String.raw`\p{L}`): string =>
  String.raw`${short}|[^\r\n\p{L}\p{N}]?[${letters}]+|${digits}| ?[^\s${letters}\p{N}]+[\r\n]*|` + spaces
const upper = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`
const lower = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`
const cased = (digits: string, endings: string): string =>
  String.raw`[^\r\n\p{L}\p{N}]?${upper}*${lower}+${endings}|[^\r\n\p{L}\p{N}]?${upper}+${lower}*${endings}|` +
  String.raw`${digits}| ?[^\s\p{L}\p{N}]+[\r\n/]*|` +
  spaces
const three = String.raw`\p{N}{1,3}`
const one = String.raw`\p{N}`

const gpt2: WordCut = { ...plain, preTokenizer: bytes(true) }
const digitByDigit: WordCut = {
  ...plain,
  preTokenizer: sequence('pretokenizers', [{ type: 'Digits', individual_digits: true }, bytes(true)])
}
const llama3: WordCut = { ...plain, preTokenizer: cut(words(three)), ignoreMerges: true, begins: true }
const qwen2: WordCut = { ...plain, preTokenizer: cut(words(one)), normalizer: { type: 'NFC' } }
/** letters with their marks */
const qwen35: WordCut = { ...qwen2, preTokenizer: cut(words(one, String.raw`\p{L}\p{M}`)) }
const oneDigit: WordCut = { ...plain, preTokenizer: cut(words(one)) }
const gpt4: WordCut = { ...plain, preTokenizer: cut(words(three)) }
const gpt4o: WordCut = { ...plain, preTokenizer: cut(cased(three, `${short}?`)) }
const tekken: WordCut = { ...plain, preTokenizer: cut(cased(one, '')), ignoreMerges: true, begins: true }

const cuts: readonly (readonly [WordCut, readonly string[]])[] = [
  [
    gpt2,
    [
      ...['gpt-2', 'phi-2', 'mpt', 'olmo', 'jais', 'gigachat', 'a.x-4.0', 'mellum', 'modern-bert'],
      ...['exaone4', 'trillion', 'granite-docling']
    ]
  ],
  [digitByDigit, ['smollm', 'starcoder', 'refact', 'command-r', 'codeshell', 'exaone', 'minerva-7b']],
  [llama3, ['llama-bpe', 'llama-v3', 'llama3', 'falcon3', 'falcon-h1', 'pixtral', 'midm-2.0', 'lfm2']],
  [qwen2, ['qwen2', 'deepseek-r1-qwen', 'megrez']],
  [qwen35, ['qwen35']],
  [oneDigit, ['stablelm2', 'hunyuan', 'grok-2']],
  [gpt4, ['dbrx', 'smaug-bpe', 'glm4', 'chatglm-bpe']],
  [gpt4o, ['gpt-4o', 'llama4']],
  [tekken, ['tekken']]
]
const byName = new Map(cuts.flatMap(([cut, names]) => names.map((name) => [name, cut] as const)))

/** Every name that is known. */
export const wordCutNames: readonly string[] = [...byName.keys()]

export const wordCutOf = (name: string): WordCut | null => byName.get(name) ?? null
