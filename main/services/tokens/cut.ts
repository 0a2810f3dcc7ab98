// Examples in tokens, cut to what one training is given. Those that cannot be learnt are refused one by one with their
// reason; none disappears. Knows nothing of files, runs or batches, and of kinds only their names.
import { NeiroError } from '../../contract/errors'
import type { Example, RefusedRow } from '../../contract/records'
import { targetsOf, type LabelScheme } from './labels/scheme'
import { tokensOf } from './kinds'
import type { EncodedExample, Limits, Outcome } from './kinds/kind'
import type { ModelText } from './model-text'
import { RefusedTally } from './refused-tally'
import { notForMethod, nothingToLearn } from './unlearnable'

/** In place of the number of a label. */
const noLabel = -1

export interface EncodeOptions extends Limits {
  readonly modelText: ModelText
  /** given to conversations that have no system message of their own */
  readonly systemPrompt?: string | undefined
  /** kinds that the method learns from; absent: all */
  readonly kinds?: readonly Example['kind'][]
  /** what labels are learnt, of texts that are sorted; absent: none */
  readonly scheme?: LabelScheme | undefined
  /** labels are learnt beside what is said: who says something has none */
  readonly beside?: boolean
}

export interface EncodedSet {
  readonly examples: readonly EncodedExample[]
  readonly refused: readonly RefusedRow[]
  readonly cut: number
  /** rows in which something stands that the model has no token for */
  readonly unknown: number
}

/** Every example. Throws NOTHING_TO_LEARN, with reasons, where none can be learnt. */
export async function encodeAll(examples: readonly Example[], options: EncodeOptions): Promise<EncodedSet> {
  return cutAll(examples, await options.modelText.outcomes(examples, options.systemPrompt ?? ''), options)
}

/** The same for who lists what is refused, even where that is all. */
export async function encodeEach(examples: readonly Example[], options: EncodeOptions): Promise<EncodedSet> {
  return cutEach(examples, await options.modelText.outcomes(examples, options.systemPrompt ?? ''), options)
}

/** Cut to a length, in the order of the examples. Throws NOTHING_TO_LEARN. */
function cutAll(
  examples: readonly Example[],
  outcomes: readonly Outcome[],
  options: EncodeOptions
): EncodedSet {
  const set = cutEach(examples, outcomes, options)
  if (set.examples.length === 0) throw nothingToLearn(RefusedTally.of(set.refused))
  return set
}

/** Cut to a length, even where none can be learnt. */
export function cutEach(
  examples: readonly Example[],
  outcomes: readonly Outcome[],
  options: EncodeOptions
): EncodedSet {
  const encoded: EncodedExample[] = []
  const refused: RefusedRow[] = []
  examples.forEach((example, i) => {
    const cut = cutOne(example, outcomes[i] ?? [], options)
    if (cut instanceof NeiroError) refused.push(refusal(example, cut))
    else for (const one of cut) encoded.push(one)
  })
  const cut = encoded.reduce((sum, one) => sum + one.cut, 0)
  return { examples: encoded, refused, cut, unknown: unknownIn(encoded, options.modelText.marks) }
}

/** Not where the model ends its texts with the same token. */
function unknownIn(
  examples: readonly EncodedExample[],
  { unknown, begin, end, turnEnd }: EncodeOptions['modelText']['marks']
): number {
  if (unknown === undefined || [begin, end, turnEnd].includes(unknown)) return 0
  return examples.filter(({ tokens }) => tokens.includes(unknown)).length
}

export function cutOne(
  example: Example,
  outcome: Outcome,
  options: EncodeOptions
): readonly EncodedExample[] | NeiroError {
  if (options.kinds?.includes(example.kind) === false) return notForMethod()
  if (outcome instanceof NeiroError) return outcome
  const { scheme, beside } = options
  if (!scheme || (example.kind !== 'labelled' && !beside))
    return orError(() => tokensOf(example).cut(outcome, example.source, options.modelText.marks, options))
  const targets = example.kind === 'labelled' ? targetsOf(example, scheme) : Float32Array.of(noLabel)
  if (targets instanceof NeiroError) return targets
  const cut = orError(() => tokensOf(example).cut(outcome, example.source, options.modelText.marks, options))
  return cut instanceof NeiroError ? cut : cut.map((one) => ({ ...one, targets }))
}

export function orError<T>(work: () => T): T | NeiroError {
  try {
    return work()
  } catch (error) {
    if (error instanceof NeiroError) return error
    throw error
  }
}

export const textOf = (example: Example): string => tokensOf(example).texts(example).join('\n')

function refusal(example: Example, error: NeiroError): RefusedRow {
  return {
    source: example.source,
    reason: error.code,
    details: error.details,
    excerpt: textOf(example).slice(0, 80)
  }
}
