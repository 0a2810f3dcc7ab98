// Examples in tokens, made once for a model and a system prompt and kept: lengths, plans and runs of every length are
// cut from the same ones, and after an edit only the edited example is encoded again.
import { NeiroError } from '../../contract/errors'
import type { Example, RefusedRow } from '../../contract/records'
import { cutEach, cutOne, type EncodedSet, type EncodeOptions } from './cut'
import type { EncodedExample, Outcome } from './kinds/kind'
import type { ModelText } from './model-text'
import { nothingToLearn } from './unlearnable'

/** What decides an example's tokens before anything is cut. */
type Wording = Pick<EncodeOptions, 'modelText' | 'systemPrompt'>

/** Tokens of the texts that an example becomes, uncut; none where it cannot be learnt. */
export type Lengths = readonly number[]

/** encoded at once, before what is kept of them is settled */
const atOnce = 2048
/** longer than any text */
const uncut = 2 ** 30

/** What is known for one system prompt. */
interface Known {
  outcomes: WeakMap<Example, Outcome>
  /** of the time in which the outcomes were made */
  age: number
  readonly lengths: WeakMap<Example, Lengths>
}

export class Encodings {
  readonly #known = new WeakMap<ModelText, Map<string, Known>>()
  /** tokens that were kept since all were last let go */
  #kept = 0
  #age = 0

  /** most: tokens that are kept, five bytes each. Where more would be, all are let go and the newest kept: of sets that
   *  have changed since nobody needs the old ones, and a set larger than this is made again for each run. */
  constructor(private readonly most: number = 20_000_000) {}

  /** As a run of these options is given them. Throws NOTHING_TO_LEARN, with reasons. */
  async encode(examples: readonly Example[], options: EncodeOptions): Promise<EncodedSet> {
    const encoded: EncodedExample[] = []
    const refused: RefusedRow[] = []
    let cut = 0
    for (let at = 0; at < examples.length; at += atOnce) {
      const some = examples.slice(at, at + atOnce)
      const set = cutEach(some, await this.#outcomes(some, options), options)
      for (const one of set.examples) encoded.push(one)
      for (const row of set.refused) refused.push(row)
      cut += set.cut
      // what is known already comes at once: everybody else has a turn all the same
      await new Promise((resume) => setImmediate(resume))
    }
    if (encoded.length === 0) throw nothingToLearn(refused)
    return { examples: encoded, refused, cut }
  }

  /** In the order of the examples. Throws NOTHING_TO_LEARN, with reasons, where none can be learnt. */
  async lengths(examples: readonly Example[], wording: Wording): Promise<readonly Lengths[]> {
    const options = { ...wording, maxSeqLength: uncut, lossOn: 'responses' as const }
    const known = this.#knownFor(wording).lengths
    const missing = examples.filter((example) => !known.has(example))
    for (let at = 0; at < missing.length; at += atOnce) {
      const some = missing.slice(at, at + atOnce)
      const outcomes = await this.#outcomes(some, wording)
      some.forEach((example, i) => {
        const cut = cutOne(example, outcomes[i] ?? [], options)
        known.set(example, cut instanceof NeiroError ? [] : cut.map(({ tokens }) => tokens.length))
      })
    }
    const all = examples.map((example) => known.get(example) ?? [])
    // says why
    if (examples.length > 0 && all.every((lengths) => lengths.length === 0))
      await this.encode(examples, options)
    return all
  }

  /** What somebody else has made already. */
  remember(example: Example, outcome: Outcome, wording: Wording): void {
    this.#keep(this.#knownFor(wording), example, outcome)
  }

  async #outcomes(examples: readonly Example[], wording: Wording): Promise<readonly Outcome[]> {
    const known = this.#knownFor(wording)
    const all: Outcome[] = []
    for (let at = 0; at < examples.length; at += atOnce) {
      const some = examples.slice(at, at + atOnce)
      const outcomes = some.map((example) => this.#current(known).get(example))
      const missing = some.filter((_, i) => outcomes[i] === undefined)
      const fresh =
        missing.length > 0 ? await wording.modelText.outcomes(missing, wording.systemPrompt ?? '') : []
      missing.forEach((example, i) => this.#keep(known, example, fresh[i] as Outcome))
      let next = 0
      for (const outcome of outcomes) all.push(outcome ?? (fresh[next++] as Outcome))
    }
    return all
  }

  #current(known: Known): WeakMap<Example, Outcome> {
    if (known.age !== this.#age) {
      known.outcomes = new WeakMap()
      known.age = this.#age
    }
    return known.outcomes
  }

  #keep(known: Known, example: Example, outcome: Outcome): void {
    const tokens =
      outcome instanceof NeiroError ? 0 : outcome.reduce((sum, one) => sum + one.tokens.length, 0)
    if (this.#kept + tokens > this.most) {
      this.#kept = 0
      this.#age++
    }
    this.#kept += tokens
    this.#current(known).set(example, outcome)
  }

  #knownFor({ modelText, systemPrompt = '' }: Wording): Known {
    const prompts = this.#known.get(modelText) ?? new Map<string, Known>()
    this.#known.set(modelText, prompts)
    const known = prompts.get(systemPrompt) ?? {
      outcomes: new WeakMap(),
      age: this.#age,
      lengths: new WeakMap()
    }
    prompts.set(systemPrompt, known)
    return known
  }
}
