// A SentencePiece model as tokenizer.json: Unigram over the whole text, as SentencePiece walks it (its words are not cut
// apart first), or BPE by the scores of its pieces.
import { mergesOf } from '../derived/merges'
import { addedEntry, replace, sequence, tokenizerJson, type Part } from '../derived/tokenizer-json'
import type { Piece, SentencePieceModel } from './model-proto'

/** A model whose kind no tokenizer.json can say; the message is the kind. */
export class UnsayableKind extends Error {}

/** Throws UnsayableKind. */
export function sentencePieceTokenizer(model: SentencePieceModel): string {
  const { pieces, kind } = model
  if (kind !== 'unigram' && kind !== 'bpe') throw new UnsayableKind(kind)
  if (model.spaceBehind) throw new UnsayableKind('treat_whitespace_as_suffix')
  const unknown = pieces.findIndex(({ type }) => type === 'unknown')
  // in a lattice they are pieces that always win; merging must not look inside them
  const beside = (piece: Piece): boolean =>
    piece.type === 'control' || piece.type === 'unknown' || (piece.type === 'userDefined' && kind === 'bpe')
  const added = pieces.flatMap((piece, id) =>
    beside(piece) ? [addedEntry(id, piece.text, piece.type !== 'userDefined')] : []
  )
  return tokenizerJson({
    added,
    normalizer: normalizerOf(model),
    preTokenizer: null,
    before: [],
    behind: [],
    decoder: decoderOf(model),
    model: kind === 'bpe' ? bpe(model, unknown) : unigram(model, unknown)
  })
}

function unigram({ pieces, byteFallback }: SentencePieceModel, unknown: number): Part {
  const normal = pieces.filter(({ type }) => type === 'normal').map(({ score }) => score)
  const most = normal.reduce((a, b) => Math.max(a, b), -Infinity)
  // what no text is made of must never win; bytes stand for what has no piece, whatever their score
  const never = -1e9
  return {
    type: 'Unigram',
    unk_id: unknown < 0 ? null : unknown,
    byte_fallback: byteFallback,
    vocab: pieces.map(({ text, score, type }) => [
      text,
      type === 'userDefined' ? [...text].length * most - 0.1 : type === 'normal' ? score : never
    ])
  }
}

function bpe({ pieces, byteFallback }: SentencePieceModel, unknown: number): Part {
  const made = new Map<string, number>()
  const vocab = Object.create(null) as Record<string, number>
  pieces.forEach(({ text, score, type }, id) => {
    if (!(text in vocab)) vocab[text] = id
    if (type === 'normal' && !made.has(text)) made.set(text, score)
  })
  return {
    type: 'BPE',
    dropout: null,
    unk_token: pieces[unknown]?.text ?? null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: true,
    byte_fallback: byteFallback,
    ignore_merges: false,
    vocab,
    merges: mergesOf(made)
  }
}

function normalizerOf({ normalizer: n }: SentencePieceModel): Part {
  const space = n.escapeWhitespaces ? '▁' : ' '
  const parts: Part[] = []
  if (n.charsmap.length > 0)
    parts.push({ type: 'Precompiled', precompiled_charsmap: n.charsmap.toString('base64') })
  if (n.removeExtraWhitespaces) {
    parts.push({ type: 'Replace', pattern: { Regex: '^ +| +$' }, content: '' })
    parts.push({ type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' })
  }
  if (n.addDummyPrefix) parts.push({ type: 'Prepend', prepend: space })
  if (n.escapeWhitespaces) parts.push(replace(' ', '▁'))
  // one that stood in the text as it is counts as a space at its end
  if (n.escapeWhitespaces && n.removeExtraWhitespaces)
    parts.push({ type: 'Replace', pattern: { Regex: '▁+$' }, content: '' })
  return sequence('normalizers', parts.length > 0 ? parts : [replace('▁', '▁')])
}

function decoderOf({ normalizer: n, byteFallback }: SentencePieceModel): Part {
  return sequence('decoders', [
    replace('▁', ' '),
    ...(byteFallback ? [{ type: 'ByteFallback' }] : []),
    { type: 'Fuse' },
    ...(n.addDummyPrefix ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : [])
  ])
}
