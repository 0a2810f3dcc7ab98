// How a text is cut into words before byte-level BPE, by the names that GGUF files give (tokenizer.ggml.pre): the
// patterns of the models themselves. A name that is not here is refused: other words are other tokens.
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
const words = (digits: string): string =>
  String.raw`${short}|[^\r\n\p{L}\p{N}]?\p{L}+|${digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|` + spaces
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
const gpt4: WordCut = { ...plain, preTokenizer: cut(words(three)) }
const gpt4o: WordCut = { ...plain, preTokenizer: cut(cased(three, `${short}?`)) }
const tekken: WordCut = { ...plain, preTokenizer: cut(cased(one, '')), ignoreMerges: true, begins: true }

const byName: Readonly<Record<string, WordCut>> = {
  'gpt-2': gpt2,
  'phi-2': gpt2,
  mpt: gpt2,
  olmo: gpt2,
  smollm: digitByDigit,
  starcoder: digitByDigit,
  refact: digitByDigit,
  'command-r': digitByDigit,
  codeshell: digitByDigit,
  'llama-bpe': llama3,
  'llama-v3': llama3,
  llama3,
  falcon3: llama3,
  qwen2,
  'deepseek-r1-qwen': qwen2,
  megrez: qwen2,
  dbrx: gpt4,
  'smaug-bpe': gpt4,
  'gpt-4o': gpt4o,
  llama4: gpt4o,
  tekken
}

export const wordCutOf = (name: string): WordCut | null =>
  Object.hasOwn(byName, name) ? (byName[name] ?? null) : null
