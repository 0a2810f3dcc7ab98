// The tokenizer that a GGUF file carries, as tokenizer.json: byte-level BPE ("gpt2") with its merges and the cut of its
// words, SentencePiece ("llama") by scores. Another kind is refused by its name.
import { NeiroError } from '../../../contract/errors'
import { mergesOf } from '../derived/merges'
import { addedEntry, replace, sequence, tokenizerJson, type Part } from '../derived/tokenizer-json'
import { ggufTokenTypes as types } from './format'
import { wordCutOf } from './pre-tokenizers'
import type { GgufHead } from './read-head'

export interface GgufTokens {
  readonly tokenizerJson: string
  readonly tokens: readonly string[]
  readonly beginId: number | null
  readonly addsBegin: boolean
}

export function ggufTokenizer(head: GgufHead, file: string): GgufTokens {
  const kind = head.get('tokenizer.ggml.model')
  const tokens = texts(head, 'tokenizer.ggml.tokens')
  if (typeof kind !== 'string' || tokens.length === 0) throw new NeiroError('GGUF_NO_TOKENIZER', { file })
  const pre = head.get('tokenizer.ggml.pre')
  if (kind === 'llama') return spm(head, tokens)
  if (kind !== 'gpt2') throw new NeiroError('GGUF_TOKENIZER_UNKNOWN', { file, name: kind })
  const name = typeof pre === 'string' ? pre : '-'
  const words = wordCutOf(name)
  if (!words) throw new NeiroError('GGUF_TOKENIZER_UNKNOWN', { file, name: `${kind}, ${name}` })
  return byteLevel(head, tokens, words)
}

function byteLevel(
  head: GgufHead,
  tokens: readonly string[],
  { preTokenizer, normalizer, ignoreMerges, begins }: NonNullable<ReturnType<typeof wordCutOf>>
): GgufTokens {
  const kinds = numbers(head, 'tokenizer.ggml.token_type')
  const merges = texts(head, 'tokenizer.ggml.merges')
  // a token that merging needs is in the vocabulary, whatever its kind
  const merged = new Set(
    merges.flatMap((merge) => {
      const [left = '', right = ''] = cutMerge(merge)
      return [left, right, left + right]
    })
  )
  const isBeside = (token: string, id: number): boolean =>
    (kinds[id] === types.control || kinds[id] === types.userDefined) && !merged.has(token)
  const added = tokens.flatMap((token, id) =>
    isBeside(token, id) ? [addedEntry(id, token, kinds[id] === types.control)] : []
  )
  const model: Part = {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: ignoreMerges,
    // also those beside it: the library counts on from the vocabulary for what it does not find there
    vocab: vocabulary(tokens, () => true),
    merges
  }
  return around(head, tokens, begins, (ends) => ({
    ...ends,
    added,
    normalizer,
    preTokenizer,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model
  }))
}

function spm(head: GgufHead, tokens: readonly string[]): GgufTokens {
  const kinds = numbers(head, 'tokenizer.ggml.token_type')
  const scores = numbers(head, 'tokenizer.ggml.scores')
  const prefix = head.get('tokenizer.ggml.add_space_prefix') !== false
  const isMade = (id: number): boolean => (kinds[id] ?? types.normal) === types.normal
  const made = new Map<string, number>()
  tokens.forEach((token, id) => {
    if (isMade(id) && !made.has(token)) made.set(token, scores[id] ?? 0)
  })
  const unknown =
    idOf(head, 'unknown') ?? (kinds.indexOf(types.unknown) >= 0 ? kinds.indexOf(types.unknown) : 0)
  const added = tokens.flatMap((token, id) =>
    kinds[id] === types.control || kinds[id] === types.userDefined || id === unknown
      ? [addedEntry(id, token, kinds[id] !== types.userDefined)]
      : []
  )
  const model: Part = {
    type: 'BPE',
    dropout: null,
    unk_token: tokens[unknown] ?? null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: true,
    byte_fallback: tokens.includes('<0x00>'),
    ignore_merges: false,
    vocab: vocabulary(tokens, () => true),
    merges: mergesOf(made)
  }
  return around(head, tokens, true, (ends) => ({
    ...ends,
    added,
    ...spaced(prefix),
    preTokenizer: null,
    model
  }))
}

/** Spaces as SentencePiece writes them, with one before every text or not. */
function spaced(prefix: boolean): { readonly normalizer: Part; readonly decoder: Part } {
  return {
    normalizer: sequence('normalizers', [
      ...(prefix ? [{ type: 'Prepend', prepend: '▁' }] : []),
      replace(' ', '▁')
    ]),
    decoder: sequence('decoders', [
      replace('▁', ' '),
      { type: 'ByteFallback' },
      { type: 'Fuse' },
      ...(prefix ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : [])
    ])
  }
}

type Ends = Pick<Parameters<typeof tokenizerJson>[0], 'before' | 'behind'>

function around(
  head: GgufHead,
  tokens: readonly string[],
  begins: boolean,
  parts: (ends: Ends) => Parameters<typeof tokenizerJson>[0]
): GgufTokens {
  const flag = (name: string, fallback: boolean): boolean => {
    const said = head.get(`tokenizer.ggml.add_${name}_token`)
    return typeof said === 'boolean' ? said : fallback
  }
  const beginId = idOf(head, 'bos')
  const addsBegin = flag('bos', begins) && beginId !== null
  const endId = idOf(head, 'eos')
  const token = (id: number | null, is: boolean): readonly (readonly [string, number])[] =>
    is && id !== null && tokens[id] !== undefined ? [[tokens[id], id]] : []
  return {
    tokens,
    beginId,
    addsBegin,
    tokenizerJson: tokenizerJson(
      parts({ before: token(beginId, addsBegin), behind: token(endId, flag('eos', false)) })
    )
  }
}

/** tokenizer.ggml.NAME_token_id */
export function idOf(head: GgufHead, name: string): number | null {
  const id = head.get(`tokenizer.ggml.${name}_token_id`)
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < 2 ** 31 ? id : null
}

function vocabulary(
  tokens: readonly string[],
  holds: (token: string, id: number) => boolean
): Readonly<Record<string, number>> {
  // of two of one name the first counts
  const vocab = Object.create(null) as Record<string, number>
  tokens.forEach((token, id) => {
    if (holds(token, id) && !(token in vocab)) vocab[token] = id
  })
  return vocab
}

/** "left right": neither side holds a space, but a token may begin with one in odd files. */
function cutMerge(merge: string): readonly [string, string] {
  const at = merge.indexOf(' ', 1)
  return at < 0 ? [merge, ''] : [merge.slice(0, at), merge.slice(at + 1)]
}

const texts = (head: GgufHead, key: string): readonly string[] => {
  const list = head.get(key)
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}

const numbers = (head: GgufHead, key: string): readonly number[] => {
  const list = head.get(key)
  return Array.isArray(list) ? list.filter((item) => typeof item === 'number') : []
}
