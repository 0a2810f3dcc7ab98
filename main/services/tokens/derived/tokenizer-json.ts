// What tokenizer.json of the tokenizers library consists of, as far as one is made here from another form.

/** As tokenizer.json lists a token beside the vocabulary. */
export interface AddedEntry {
  readonly id: number
  readonly content: string
  readonly single_word: boolean
  readonly lstrip: boolean
  readonly rstrip: boolean
  readonly normalized: boolean
  readonly special: boolean
}

export const addedEntry = (id: number, content: string, special: boolean): AddedEntry => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special
})

export type Part = Readonly<Record<string, unknown>> & { readonly type: string }

export interface TokenizerParts {
  readonly added: readonly AddedEntry[]
  readonly normalizer: Part | null
  readonly preTokenizer: Part | null
  /** tokens that stand before and behind a text where it is asked for */
  readonly before: readonly (readonly [string, number])[]
  readonly behind: readonly (readonly [string, number])[]
  readonly decoder: Part
  readonly model: Part
}

export function tokenizerJson(parts: TokenizerParts): string {
  const { added, normalizer, preTokenizer, before, behind, decoder, model } = parts
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [...added].sort((a, b) => a.id - b.id),
    normalizer,
    pre_tokenizer: preTokenizer,
    post_processor: before.length + behind.length > 0 ? template(before, behind) : null,
    decoder,
    model
  })
}

export const sequence = (of: 'normalizers' | 'pretokenizers' | 'decoders', parts: readonly Part[]): Part =>
  parts.length === 1 && parts[0] ? parts[0] : { type: 'Sequence', [of]: parts }

export const replace = (from: string, to: string): Part => ({
  type: 'Replace',
  pattern: { String: from },
  content: to
})

function template(before: TokenizerParts['before'], behind: TokenizerParts['behind']): Part {
  const special = ([id]: readonly [string, number], type_id: number): unknown => ({
    SpecialToken: { id, type_id }
  })
  const around = (name: string, type: number): readonly unknown[] => [
    ...before.map((token) => special(token, type)),
    { Sequence: { id: name, type_id: type } },
    ...behind.map((token) => special(token, type))
  ]
  return {
    type: 'TemplateProcessing',
    single: around('A', 0),
    pair: [...around('A', 0), ...around('B', 1)],
    special_tokens: Object.fromEntries(
      [...before, ...behind].map(([token, id]) => [token, { id: token, ids: [id], tokens: [token] }])
    )
  }
}
