// How long examples are in tokens of a model: what lengths, plans and presets go by. Each is counted once for a
// tokenizer and a system prompt, so that after an edit only the edited one is counted again.
import type { Example, RowSource } from '../../contract/records'
import { encodeInTurns, encodeWhatCan, type EncodeOptions } from './encode'

/** Tokens of the rows that an example becomes, uncut; none where it cannot be learnt. */
export type Rows = readonly number[]

/** so many encoded at once: their ids are only counted, and let go */
const together = 2048
/** longer than any text */
const uncut = 2 ** 30

export class TokenLengths {
  readonly #known = new WeakMap<EncodeOptions['tokenizer'], Map<string, WeakMap<Example, Rows>>>()

  /** In the order of the examples. Throws NOTHING_TO_LEARN, with reasons, where none can be learnt. */
  async of(
    examples: readonly Example[],
    limited: Omit<EncodeOptions, 'maxSeqLength'>
  ): Promise<readonly Rows[]> {
    if (examples.length === 0) return []
    const options = { ...limited, maxSeqLength: uncut }
    const known = this.#knownFor(options)
    const missing = examples.filter((example) => !known.has(example))
    for (let at = 0; at < missing.length; at += together) {
      const some = missing.slice(at, at + together)
      const rows = new Map<RowSource, number[]>(some.map(({ source }) => [source, []]))
      for (const { source, tokens } of (await encodeWhatCan(some, options)).examples)
        rows.get(source)?.push(tokens.length)
      for (const example of some) known.set(example, rows.get(example.source) ?? [])
    }
    const all = examples.map((example) => known.get(example) ?? [])
    if (all.every((rows) => rows.length === 0)) await encodeInTurns(examples, options)
    return all
  }

  #knownFor({ tokenizer, lossOn, systemPrompt = '' }: EncodeOptions): WeakMap<Example, Rows> {
    const prompts = this.#known.get(tokenizer) ?? new Map<string, WeakMap<Example, Rows>>()
    this.#known.set(tokenizer, prompts)
    const key = `${lossOn} ${systemPrompt}`
    const known = prompts.get(key) ?? new WeakMap<Example, Rows>()
    prompts.set(key, known)
    return known
  }
}
