// A tokenizer.json as the vocabulary of a GGUF file: byte-level BPE as "gpt2", SentencePiece's as "llama". What
// llama.cpp would cut otherwise is refused or said, never written in silence. For the workshop alone; it reads what is
// a stranger's.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { TextCut } from '../../../contract/window/results'
import { ggufTokenTypes as tokenTypes } from './format'
import { tokensBeside, withTokensBeside, type ListedToken } from '../tokens-beside'
import { scoresOfMerges } from './merge-scores'
import { splitNameOf } from './split-names'

export interface GgufVocabulary {
  readonly model: 'gpt2' | 'llama'
  /** name of the split before merging, "default" for SentencePiece's */
  readonly pre: string
  /** one per row of the embedding */
  readonly tokens: string[]
  readonly types: Int32Array
  readonly scores: Float32Array | null
  readonly merges: string[] | null
  /** null: the format's own */
  readonly addsSpace: boolean | null
  /** how llama.cpp cuts text by it, beside the tokenizer itself */
  readonly cut: TextCut
}

interface TokenizerFile {
  readonly added_tokens?: readonly ListedToken[]
  readonly normalizer?: unknown
  readonly pre_tokenizer?: unknown
  readonly model?: {
    readonly type?: string
    readonly vocab?: unknown
    readonly merges?: readonly (string | readonly [string, string])[]
    readonly unk_token?: string | null
    readonly unk_id?: number | null
    readonly byte_fallback?: boolean
    readonly ignore_merges?: boolean
  }
}

/** rows: of the embedding. Throws GGUF_TEXT where no GGUF file can say it. */
export async function ggufVocabulary(dir: string, rows: number): Promise<GgufVocabulary> {
  const own = await readFile(join(dir, 'tokenizer.json'), 'utf8')
  const text = withTokensBeside(own, await tokensBeside(dir), dir) ?? own
  return vocabularyOf(JSON.parse(text) as TokenizerFile, rows)
}

export function vocabularyOf(file: TokenizerFile, rows: number): GgufVocabulary {
  const { model } = file
  if (model?.type === 'Unigram') return unigram(file, rows)
  if (model?.type !== 'BPE') throw cannot(`${model?.type ?? 'no model'}`)
  return model.byte_fallback === true ? sentencePieceBpe(file, rows) : byteLevelBpe(file, rows)
}

const cannot = (what: string): NeiroError => new NeiroError('GGUF_TEXT', { what })

function byteLevelBpe(file: TokenizerFile, rows: number): GgufVocabulary {
  const { model, normalizer, pre_tokenizer: preTokenizer } = file
  // NFC leaves composed text, which is nearly all there is, as it is; llama.cpp knows none
  const form = typeOf(normalizer)
  if (form !== null && form !== 'NFC') throw cannot(`normalizer ${form}`)
  const pre = splitNameOf(preTokenizer, model?.ignore_merges === true)
  if (pre === null) throw cannot('pre_tokenizer')
  const { tokens, types } = listed(file, rows)
  const merges = (model?.merges ?? []).map((merge) => (typeof merge === 'string' ? merge : merge.join(' ')))
  return {
    ...{ model: 'gpt2', pre, tokens, types, merges },
    ...{ scores: null, addsSpace: false, cut: form === null ? 'same' : 'composed' }
  }
}

function sentencePieceBpe(file: TokenizerFile, rows: number): GgufVocabulary {
  const { tokens, types } = listed(file, rows)
  const merges = (file.model?.merges ?? []).map(pairOf)
  const { scores, isExact } = scoresOfMerges(tokens, types, merges)
  const addsSpace = addsSpaceOf(file)
  if (addsSpace === null) throw cannot('normalizer')
  return {
    model: 'llama',
    pre: 'default',
    tokens,
    types,
    scores,
    merges: null,
    addsSpace,
    cut: isExact ? 'same' : 'near'
  }
}

/** llama.cpp has no Unigram that falls back to bytes: its SentencePiece merges by the same scores, which is near but
 *  not the same. */
function unigram(file: TokenizerFile, rows: number): GgufVocabulary {
  const vocab = file.model?.vocab
  if (!Array.isArray(vocab) || file.model?.byte_fallback !== true) throw cannot('Unigram')
  const { tokens, types } = listed(file, rows)
  const pieces = vocab as readonly (readonly [string, number])[]
  const scores = Float32Array.from(tokens, (_, id) => pieces[id]?.[1] ?? 0)
  const addsSpace = addsSpaceOf(file)
  if (addsSpace === null) throw cannot('normalizer')
  return { model: 'llama', pre: 'default', tokens, types, scores, merges: null, addsSpace, cut: 'near' }
}

/** Every row of the embedding by name and kind; rows without a token are unused ones. */
function listed(
  file: TokenizerFile,
  rows: number
): { readonly tokens: string[]; readonly types: Int32Array } {
  const { model, added_tokens: added = [] } = file
  const tokens = Array.from({ length: rows }, (_, id) => `[PAD${id}]`)
  const types = new Int32Array(rows).fill(tokenTypes.unused)
  const put = (id: number, text: string, type: number): void => {
    // a token beyond the rows has no embedding: nobody could ever use it
    if (id >= rows) return
    tokens[id] = text
    types[id] = type
  }
  const vocabulary = entriesOf(model?.vocab)
  const fallsBack = model?.byte_fallback === true
  for (const [text, id] of vocabulary) {
    const isByte = fallsBack && /^<0x[0-9A-F]{2}>$/.test(text)
    put(id, text, isByte ? tokenTypes.byte : tokenTypes.normal)
  }
  const inVocabulary = new Set(vocabulary.map(([text]) => text))
  for (const { id, content, special } of added) {
    // a run of spaces is found by merging, as here: in the text itself nobody writes "▁"
    if (!special && inVocabulary.has(content) && content.includes('▁')) continue
    put(id, content, special ? tokenTypes.control : tokenTypes.userDefined)
  }
  const unknown = model?.unk_id ?? vocabulary.find(([text]) => text === model?.unk_token)?.[1]
  if (fallsBack && typeof unknown === 'number' && unknown < rows) types[unknown] = tokenTypes.unknown
  return { tokens, types }
}

function entriesOf(vocab: unknown): readonly (readonly [string, number])[] {
  if (Array.isArray(vocab))
    return vocab.map((pair: unknown, id) => [String((pair as readonly unknown[])[0]), id] as const)
  return Object.entries((vocab ?? {}) as Record<string, number>)
}

function pairOf(merge: string | readonly [string, string]): readonly [string, string] {
  if (typeof merge !== 'string') return merge
  const at = merge.indexOf(' ')
  return [merge.slice(0, at), merge.slice(at + 1)]
}

type Json = Readonly<Record<string, unknown>>

/** Is a space put before a text? Null: the rules are none that SentencePiece has. */
function addsSpaceOf({ normalizer, pre_tokenizer: preTokenizer }: TokenizerFile): boolean | null {
  let adds = false
  let marks = false
  for (const step of [
    ...inSequence(normalizer, 'normalizers'),
    ...inSequence(preTokenizer, 'pretokenizers')
  ]) {
    const { type, content, pattern = {} } = step
    const { String: text, Regex: regex } = pattern as Json
    if (type === 'Prepend' && step['prepend'] === '▁') adds = true
    else if (type === 'Replace' && content === '▁' && (text === ' ' || regex === ' ')) marks = true
    else if (type === 'Replace' && content === '▁' && typeof regex === 'string' && regex.endsWith('^'))
      adds = true
    else if (type === 'Metaspace' && step['replacement'] === '▁') {
      marks = true
      // "first": at the very beginning, where a conversation has the mark that begins it
      adds = step['prepend_scheme'] === 'always' || step['add_prefix_space'] === true
    } else if (type === 'Split' && (pattern as Json)['String'] === ' ') marks ||= false
    else return null
  }
  return marks ? adds : null
}

function inSequence(step: unknown, name: string): readonly Json[] {
  if (typeof step !== 'object' || step === null) return []
  const inner = (step as Json)[name]
  return Array.isArray(inner) ? inner.flatMap((one) => inSequence(one, name)) : [step as Json]
}

const typeOf = (step: unknown): string | null =>
  typeof step === 'object' && step !== null ? String((step as Json)['type']) : null
