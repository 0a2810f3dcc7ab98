// How many tokens a text has at the most, by what its tokenizer.json says of the steps: each token stands for a byte of the text or
// more, and a step that writes more than it was given is counted with it. Where a step is not known, nothing is said. Pure.

/** At most so many tokens, wherever in a longer text it stands. */
export class MostTokens {
  /** weights: tokens that a unit of UTF-16 may become at the most */
  constructor(readonly weights: Uint16Array) {}

  of(text: string): number {
    return atBorders + weightOf(text, this.weights)
  }
}

/** The weights of its units together. */
export function weightOf(text: string, weights: Uint16Array): number {
  let sum = 0
  for (let at = 0; at < text.length; at++) sum += weights[text.charCodeAt(at)] as number
  return sum
}

type Json = Readonly<Record<string, unknown>>

export interface TokenizerSteps {
  readonly normalizer?: unknown
  readonly pre_tokenizer?: unknown
  readonly model?: unknown
}

/** where two texts meet, marks of both may come together in another way */
const atBorders = 8
/** the longest that a character becomes in a compatibility form (U+FDFA, 33 bytes), with room */
const mostOfForm = 64
/** NFC and small letters: U+1D160 becomes three of its size */
const mostComposed = 12

/** Null where a step writes what nobody knows. */
export function mostTokensOf({
  normalizer,
  pre_tokenizer: splitter,
  model
}: TokenizerSteps): MostTokens | null {
  const { type } = objectOf(model)
  // what a model without a type says of itself: BPE its merges, Unigram the number of what it does not know
  const isKnown = models.has(String(type)) || ['merges', 'unk_id'].some((said) => said in objectOf(model))
  if (!isKnown) return null
  const weights = bytesOfUnits()
  for (const step of steps(normalizer, 'normalizers')) if (!normalised(step, weights)) return null
  for (const step of steps(splitter, 'pretokenizers')) if (!split(step, weights)) return null
  return new MostTokens(weights)
}

const models = new Set(['BPE', 'Unigram', 'WordPiece', 'WordLevel'])

/** in UTF-8; each half of a pair two */
function bytesOfUnits(): Uint16Array {
  const bytes = new Uint16Array(0x10000).fill(3)
  bytes.fill(1, 0, 0x80)
  bytes.fill(2, 0x80, 0x800)
  // a half that stands alone becomes U+FFFD, of three
  bytes.fill(3, 0xd800, 0xe000)
  return bytes
}

/** Signs that no normal form makes longer than three bytes: of them most texts are made. */
function isPlain(unit: number): boolean {
  return (
    unit < 0x80 ||
    (unit >= 0x3000 && unit <= 0x3015) ||
    (unit >= 0x3041 && unit <= 0x3096) ||
    (unit >= 0x30a1 && unit <= 0x30fe) ||
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0xff01 && unit <= 0xff9f)
  )
}

/** Adds what a step may write; false: not known. */
function normalised(step: Json, weights: Uint16Array): boolean {
  switch (step['type']) {
    case 'NFC':
    case 'Lowercase':
      atLeast(weights, mostComposed)
      return true
    case 'NFKC':
    // it takes the marks away that it divides signs into
    case 'BertNormalizer':
      atLeast(weights, mostOfForm)
      return true
    case 'Strip':
    case 'StripAccents':
    // each byte as a sign of its own: the tokens are still of bytes
    case 'ByteLevel':
      return true
    case 'Prepend':
      addToEach(weights, Buffer.byteLength(String(step['prepend'] ?? '')))
      return true
    case 'Replace': {
      const words = wordsOf(objectOf(step['pattern']))
      if (words === null || typeof step['content'] !== 'string') return false
      const bytes = Buffer.byteLength(step['content'])
      if (words === '') addToEach(weights, bytes)
      else weights[words.charCodeAt(0)] = (weights[words.charCodeAt(0)] as number) + bytes
      return true
    }
    default:
      return false
  }
}

/** What is looked for, letter by letter; '' for the beginning of a text, and null where it may be anything. */
function wordsOf({ String: words, Regex: pattern }: Json): string | null {
  if (typeof words === 'string') return words === '' ? null : words
  if (pattern === '^' || pattern === String.raw`(?<!\n)^`) return ''
  return typeof pattern === 'string' && /^[\p{L}\p{N} ▁]+$/u.test(pattern) ? pattern : null
}

function split(step: Json, weights: Uint16Array): boolean {
  switch (step['type']) {
    case 'ByteLevel':
      if (step['add_prefix_space'] !== false) addToEach(weights, 1)
      return true
    case 'Metaspace': {
      const bytes = Buffer.byteLength(String(step['replacement'] ?? '▁'))
      if (step['prepend_scheme'] !== 'never') addToEach(weights, bytes)
      weights[space] = (weights[space] as number) + bytes
      return true
    }
    case 'Split':
    case 'Digits':
    case 'Punctuation':
    case 'Whitespace':
    case 'WhitespaceSplit':
    case 'BertPreTokenizer':
    case 'UnicodeScripts':
    case 'CharDelimiterSplit':
      return true
    default:
      return false
  }
}

const space = 0x20

function atLeast(weights: Uint16Array, least: number): void {
  for (let unit = 0; unit < weights.length; unit++)
    if (!isPlain(unit)) weights[unit] = Math.max(least, weights[unit] as number)
}

/** once for each part between special tokens, and such a part may be one sign long */
function addToEach(weights: Uint16Array, more: number): void {
  for (let unit = 0; unit < weights.length; unit++) weights[unit] = (weights[unit] as number) + more
}

/** One, or those of a sequence. */
function steps(one: unknown, list: 'normalizers' | 'pretokenizers'): readonly Json[] {
  if (one === null || one === undefined) return []
  const step = objectOf(one)
  const inner = step[list]
  if (step['type'] !== 'Sequence') return [step]
  return Array.isArray(inner) ? inner.map(objectOf) : [{}]
}

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
