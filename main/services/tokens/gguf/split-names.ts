// How a byte-level tokenizer splits text before it merges, by the name that llama.cpp has for it (tokenizer.ggml.pre).
// Recognised by its rules, not by the model's name: a split without a name here cannot be written. Pure.

type Json = Readonly<Record<string, unknown>>

const contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
const behindWords = '| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+'
const cased = (suffix: string): string =>
  `[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+${suffix}` +
  `|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*${suffix}`
const behindCased = '| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+'

/** what ByteLevel splits by itself (use_regex) */
const ofGpt2 = 'GPT-2'
const digits = 'digits'

interface Row {
  readonly name: string
  readonly steps: readonly string[]
  /** whole words are looked up before anything is merged; null: it makes no difference to the name */
  readonly ignoresMerges: boolean | null
}

const rows: readonly Row[] = [
  {
    name: 'qwen2',
    steps: [`${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}${behindWords}`],
    ignoresMerges: false
  },
  {
    name: 'qwen35',
    steps: [
      `${contractions}|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}` +
        '| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+'
    ],
    ignoresMerges: false
  },
  {
    name: 'llama-bpe',
    steps: [`${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}${behindWords}`],
    ignoresMerges: true
  },
  {
    name: 'dbrx',
    steps: [`${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}${behindWords}`],
    ignoresMerges: false
  },
  {
    name: 'gpt-4o',
    steps: [`${cased(`${contractions}?`)}|\\p{N}{1,3}${behindCased}`],
    ignoresMerges: null
  },
  { name: 'tekken', steps: [`${cased('')}|\\p{N}${behindCased}`], ignoresMerges: true },
  { name: 'smollm', steps: [digits, ofGpt2], ignoresMerges: false },
  { name: 'gpt-2', steps: [ofGpt2], ignoresMerges: false }
]

/** Null where llama.cpp has no name for it. */
export function splitNameOf(preTokenizer: unknown, ignoresMerges: boolean): string | null {
  const steps = stepsOf(preTokenizer)
  if (steps === null) return null
  const row = rows.find(
    (one) =>
      one.steps.length === steps.length &&
      one.steps.every((step, at) => step === steps[at]) &&
      (one.ignoresMerges === null || one.ignoresMerges === ignoresMerges)
  )
  return row?.name ?? null
}

/** Null where a step is none that is known, or none turns text into bytes. */
function stepsOf(preTokenizer: unknown): readonly string[] | null {
  const steps: string[] = []
  let isByteLevel = false
  for (const one of inSequence(preTokenizer)) {
    if (one['type'] === 'ByteLevel') {
      if (one['add_prefix_space'] === true) return null
      isByteLevel = true
      if (one['use_regex'] !== false) steps.push(ofGpt2)
    } else if (one['type'] === 'Digits' && one['individual_digits'] === true) {
      steps.push(digits)
    } else if (one['type'] === 'Split') {
      const regex = (one['pattern'] as Json | undefined)?.['Regex']
      // what matches stands alone, or is all that is kept: the same where everything matches
      const isolated = one['behavior'] === 'Isolated' && one['invert'] !== true
      const kept = one['behavior'] === 'Removed' && one['invert'] === true
      if (typeof regex !== 'string' || !(isolated || kept)) return null
      steps.push(regex)
    } else {
      return null
    }
  }
  return isByteLevel ? steps : null
}

function inSequence(step: unknown): readonly Json[] {
  if (typeof step !== 'object' || step === null) return []
  const inner = (step as Json)['pretokenizers']
  return Array.isArray(inner) ? inner.flatMap(inSequence) : [step as Json]
}
