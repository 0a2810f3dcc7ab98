// Tiny tokenizers of the three kinds that real models use, written to a folder of their own, so that the tests
// need no download: byte-level BPE, SentencePiece BPE (Llama 2), Unigram with and without a way out for rare
// characters.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'

export type SmallKind = 'byte-level' | 'sentencepiece' | 'metaspace' | 'unigram' | 'unigram-without-bytes'

const special = ['<unk>', '<s>', '</s>', '<|im_start|>', '<|im_end|>', '<|end|>']
const bytes = Array.from(
  { length: 256 },
  (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
)
const letters = [
  ...'▁abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:?!<>|/_[]-あいうえおかきくけこ、。',
  '\n'
]
const words = ['▁a', '▁▁', '\n\n', 'an', 'ans', 'answ', '▁ans', '▁answ', 'er', '答え', 'です', '。\n']

export const smallTokenizer = (kind: SmallKind): Promise<Tokenizer> => Tokenizer.load(smallTokenizerDir(kind))

export function smallTokenizerDir(kind: SmallKind, json = smallTokenizerJson(kind)): string {
  const dir = mkdtempSync(join(tmpdir(), `tokenizer-${kind}-`))
  writeFileSync(join(dir, 'tokenizer.json'), JSON.stringify(json))
  return dir
}

export function smallTokenizerJson(kind: SmallKind): Record<string, unknown> {
  const shared = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true
    })),
    post_processor: null
  }
  if (kind === 'byte-level') return { ...shared, ...byteLevel() }
  if (kind === 'sentencepiece') return { ...shared, ...sentencePiece() }
  // the newer way of saying it: a space before the very first piece only
  if (kind === 'metaspace')
    return { ...shared, ...sentencePiece(), normalizer: null, pre_tokenizer: metaspace }
  return { ...shared, ...unigram(kind === 'unigram') }
}

function byteLevel(): object {
  const merges = ['Ċ Ċ', 'Ġ a', 'a n', 'Ġ Ġ', 'an s', 'Ġa n', 'e r']
  const vocab = vocabulary([...special, ...byteLetters(), ...merges.map((merge) => merge.replace(' ', ''))])
  return {
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: { ...bpe, byte_fallback: false, vocab, merges }
  }
}

function sentencePiece(): object {
  const merges = ['▁ a', '▁ ▁', '\n \n', 'a n', 'an s', '▁a n', '▁an s', 'e r']
  const pieces = merges.map((merge) => merge.replace(' ', ''))
  return {
    normalizer: spaceFirst,
    pre_tokenizer: null,
    decoder: byteDecoder,
    model: {
      ...bpe,
      unk_token: '<unk>',
      fuse_unk: true,
      byte_fallback: true,
      vocab: vocabulary([...special, ...bytes, ...letters, ...pieces]),
      merges
    }
  }
}

function unigram(byteFallback: boolean): object {
  const rows: [string, number][] = [
    ...special.map((token): [string, number] => [token, 0]),
    ...(byteFallback ? bytes : []).map((token): [string, number] => [token, 0]),
    ...letters.map((token): [string, number] => [token, -5]),
    ...words.map((token): [string, number] => [token, -4])
  ]
  return {
    normalizer: spaceFirst,
    pre_tokenizer: null,
    decoder: byteDecoder,
    model: { type: 'Unigram', unk_id: 0, byte_fallback: byteFallback, vocab: rows }
  }
}

const spaceFirst = {
  type: 'Sequence',
  normalizers: [
    { type: 'Prepend', prepend: '▁' },
    { type: 'Replace', pattern: { String: ' ' }, content: '▁' }
  ]
}

const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }

const bpe = {
  type: 'BPE',
  dropout: null,
  unk_token: null as string | null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  ignore_merges: false
}

const byteDecoder = {
  type: 'Sequence',
  decoders: [
    { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
    { type: 'ByteFallback' },
    { type: 'Fuse' },
    { type: 'Strip', content: ' ', start: 1, stop: 0 }
  ]
}

function vocabulary(tokens: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(tokens)].map((token, id) => [token, id]))
}

/** The printable stand-in of each byte, as byte-level tokenizers write it. */
function byteLetters(): string[] {
  const printable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255)
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++))
}
