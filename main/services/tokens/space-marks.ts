// Where a tokenizer of the SentencePiece kind puts its mark for a space (▁) that no text holds: before every piece of text between
// special tokens, before the first one alone, or nowhere. tokenizer.json says it; Transformers 5 does not ask it for models whose
// class is Llama's, and goes by tokenizer_config.json. The model was taught by one of the two, and so are its examples here.

export type SpaceMarks = 'always' | 'first' | 'never'

type Json = Readonly<Record<string, unknown>>

/** As tokenizer.json has it; null for tokenizers without such a mark. */
export function spaceMarksOf(file: {
  readonly normalizer?: unknown
  readonly pre_tokenizer?: unknown
}): SpaceMarks | null {
  const [normalizers, splitters] = [parts(file.normalizer), parts(file.pre_tokenizer)]
  if (normalizers.some(({ type, prepend }) => type === 'Prepend' && prepend === mark)) return 'always'
  const splitter = splitters.find(({ type }) => type === 'Metaspace')
  if (splitter) {
    const { prepend_scheme: scheme, add_prefix_space: adds } = splitter
    if (scheme === 'always' || scheme === 'first' || scheme === 'never') return scheme
    return adds === false ? 'never' : 'always'
  }
  const isMarked = normalizers.some(({ type, content }) => type === 'Replace' && content === mark)
  return isMarked ? 'never' : null
}

/** As Transformers 5 makes it of tokenizer_config.json; null where it asks tokenizer.json. */
export function spaceMarksOfClass({
  tokenizer_class: name,
  legacy,
  add_prefix_space: adds
}: Json): SpaceMarks | null {
  if (typeof name !== 'string' || name.replace(/Fast$/, '') !== 'LlamaTokenizer') return null
  if (adds === false) return 'never'
  return legacy === true ? 'always' : 'first'
}

/** What tokenizer_config.json has to say for both to be one. */
export const saidOfClass = (marks: SpaceMarks): Json => ({
  legacy: marks === 'always',
  add_prefix_space: marks !== 'never'
})

const mark = '▁'

/** One, or those of a sequence. */
function parts(one: unknown): readonly Json[] {
  const { type, normalizers, pretokenizers } = (one ?? {}) as Json
  const inner = type === 'Sequence' ? (normalizers ?? pretokenizers) : [one]
  return (Array.isArray(inner) ? inner : []).filter(
    (part): part is Json => typeof part === 'object' && part !== null
  )
}
