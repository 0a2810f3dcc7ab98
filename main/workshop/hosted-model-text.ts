// A model's text as it is asked from outside: every question goes to a process of its own in the workshop. A model
// whose process was lost over a question is named, and asked nothing more: it would be lost again.
import { NeiroError } from '../contract/errors'
import type { Example, Message } from '../contract/records'
import type { GgufVocabulary } from '../services/tokens/gguf/vocabulary'
import type { Marks, Outcome } from '../services/tokens/kinds/kind'
import type { TextSource } from '../services/tokens/loaded-model-text'
import type { ModelText, ShownAs, ShownExample } from '../services/tokens/model-text'
import type { Bench } from './bench'
import { Ended } from './ended'
import { callMs, callMsPerMillion, loadMs } from './limits'
import { joinedLengths, noLengths, type Lengths } from '../services/tokens/lengths'
import { unpackOutcomes } from '../services/tokens/packed-outcomes'
import type { ModelFacts, WorkshopCallName, WorkshopCalls } from './protocol'

/** examples or texts of one call: whoever else has a question waits for so many */
const atOnce = 256
const charactersAtOnce = 500_000
/** of a single one, when many together were too much */
const oneMs = 5000
/** rows that may be at fault for the loss of a process */
const mostLostRows = 2

export class HostedModelText implements ModelText {
  /** why nothing more is asked of it */
  #broken: NeiroError | null = null

  private constructor(
    private readonly source: TextSource,
    private readonly bench: Bench,
    private readonly facts: ModelFacts,
    /** told where a process is lost over the model */
    private readonly onLost: (error: NeiroError) => void
  ) {}

  /** names: tokens whose ids will be asked for. Throws BROKEN_TOKENIZER and its like. */
  static async open(
    source: TextSource,
    names: readonly string[],
    bench: Bench,
    onLost: (error: NeiroError) => void = () => undefined
  ): Promise<HostedModelText> {
    const limits = { mostMs: loadMs, mostSilentMs: loadMs }
    try {
      const facts = await bench.run('openModelText', { source, names }, limits)
      return new HostedModelText(source, bench, facts, onLost)
    } catch (error) {
      const known = asModelError(error, source.dir)
      if (isLost(error)) onLost(known as NeiroError)
      throw known
    }
  }

  get marks(): Marks {
    return this.facts.marks
  }

  get unitWeights(): Uint16Array | null {
    return this.facts.unitWeights
  }

  idOf(token: string): number | null {
    return this.facts.ids.get(token) ?? null
  }

  async encode(texts: readonly string[]): Promise<readonly Int32Array[]> {
    const encoded: Int32Array[] = []
    // in parts: what the tokenizer keeps of each text until all are answered is a hundred times its tokens
    for (const some of inParts(texts, ({ length }) => length))
      for (const ids of await this.#ask('encode', { texts: some }, sizeOf(some))) encoded.push(ids)
    return encoded
  }

  async decode(ids: ArrayLike<number>, skipSpecialTokens = true): Promise<string> {
    if (ids.length === 0) return ''
    return this.#ask('decode', { ids: Int32Array.from(ids), skipSpecialTokens }, ids.length)
  }

  endsInBytes(ids: ArrayLike<number>): Promise<boolean> {
    return this.#ask('endsInBytes', { ids: Int32Array.from(ids) }, ids.length)
  }

  losesCharacters(): Promise<readonly string[]> {
    return this.#ask('losesCharacters', null, 0)
  }

  async outcomes(examples: readonly Example[], systemPrompt: string): Promise<readonly Outcome[]> {
    const packed = await this.#inParts('outcomes', examples, { systemPrompt })
    return packed.flatMap((part) =>
      part === null ? [new NeiroError('TEXT_TOO_HARD')] : unpackOutcomes(part)
    )
  }

  async lengths(examples: readonly Example[], systemPrompt: string, upTo?: number): Promise<Lengths> {
    const parts = await this.#inParts('lengths', examples, { systemPrompt, upTo })
    return joinedLengths(parts.map((part) => part ?? noLengths))
  }

  /** What becomes of the examples, some at once. null: the process is lost over this one. */
  async #inParts<C extends 'outcomes' | 'lengths'>(
    call: C,
    examples: readonly Example[],
    asked: Asked<C>
  ): Promise<readonly (WorkshopCalls[C]['result'] | null)[]> {
    const all: (WorkshopCalls[C]['result'] | null)[] = []
    for (const some of inParts(examples, sizeOfExample)) all.push(...(await this.#some(call, some, asked)))
    return all
  }

  /** A part over which the process was lost is tried row by row: the rows that it is lost over again are refused, and
   *  the others learnt. Where that happens too often, it is the model and not the rows. */
  async #some<C extends 'outcomes' | 'lengths'>(
    call: C,
    part: readonly Example[],
    asked: Asked<C>
  ): Promise<readonly (WorkshopCalls[C]['result'] | null)[]> {
    try {
      return [await this.#part(call, part, asked, callMs)]
    } catch (error) {
      if (!isLost(error)) throw this.#known(error)
    }
    const each: (WorkshopCalls[C]['result'] | null)[] = []
    let lost = 0
    for (const example of part) {
      try {
        each.push(await this.#part(call, [example], asked, oneMs))
      } catch (error) {
        if (!isLost(error) || ++lost > mostLostRows) throw this.#known(error)
        each.push(null)
      }
    }
    return each
  }

  async #part<C extends 'outcomes' | 'lengths'>(
    call: C,
    examples: readonly Example[],
    asked: Asked<C>,
    leastMs: number
  ): Promise<WorkshopCalls[C]['result']> {
    if (this.#broken) throw this.#broken
    const size = examples.reduce(
      (sum, example) => sum + sizeOfExample(example) + asked.systemPrompt.length,
      0
    )
    const mostMs = leastMs + (callMsPerMillion * size) / 1e6
    return this.bench.run(call, { ...asked, examples }, { mostMs })
  }

  prompt(messages: readonly Message[]): Promise<Int32Array> {
    return this.#ask('prompt', { messages }, sizeOf(messages.map(({ content }) => content)))
  }

  shown(example: Example, { systemPrompt, lossOn }: ShownAs): Promise<ShownExample> {
    return this.#ask('shown', { example, as: { systemPrompt, lossOn } }, sizeOfExample(example))
  }

  rendered(messages: readonly Message[], template?: string): Promise<string> {
    const size = sizeOf(messages.map(({ content }) => content))
    return this.#ask('rendered', { messages, template }, size + (template?.length ?? 0))
  }

  /** As long as reading it the first time: it says nothing until it is done. */
  vocabulary(rows: number): Promise<GgufVocabulary> {
    return this.#ask('vocabulary', { rows }, 0, { mostMs: loadMs, mostSilentMs: loadMs })
  }

  /** Its process goes; asked again, it has a new one. */
  close(): void {
    this.bench.close()
  }

  async #ask<C extends WorkshopCallName>(
    call: C,
    args: WorkshopCalls[C]['args'],
    characters: number,
    limits: { readonly mostMs: number; readonly mostSilentMs?: number } = {
      mostMs: callMs + (callMsPerMillion * characters) / 1e6
    }
  ): Promise<WorkshopCalls[C]['result']> {
    if (this.#broken) throw this.#broken
    try {
      return await this.bench.run(call, args, limits)
    } catch (error) {
      throw this.#known(error)
    }
  }

  /** The error in words; a model whose process was lost is asked nothing more. */
  #known(error: unknown): unknown {
    const known = asModelError(error, this.source.dir)
    if (isLost(error)) {
      this.#broken = known as NeiroError
      this.onLost(this.#broken)
    }
    return known
  }
}

/** beside the examples */
type Asked<C extends 'outcomes' | 'lengths'> = Omit<WorkshopCalls[C]['args'], 'examples'>

const isLost = (error: unknown): boolean =>
  error instanceof Ended && error.how !== 'killed' && error.how !== 'not-started'

export function asModelError(error: unknown, dir: string): unknown {
  if (!(error instanceof Ended)) return error
  switch (error.how) {
    case 'silent':
      return new NeiroError('MODEL_TEXT_SILENT', { dir })
    case 'memory':
      return new NeiroError('MODEL_TEXT_MEMORY', { dir })
    case 'crash':
      return new NeiroError('MODEL_TEXT_CRASH', { dir, reason: error.last })
    case 'killed':
      return new NeiroError('WORKSHOP_KILLED')
    case 'not-started':
      return new NeiroError('WORKSHOP_NOT_STARTED', { reason: error.last })
  }
}

const sizeOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0)

function sizeOfExample(example: Example): number {
  return 'messages' in example ? sizeOf(example.messages.map(({ content }) => content)) : example.text.length
}

function* inParts<T>(all: readonly T[], sizeOfOne: (one: T) => number): Generator<readonly T[]> {
  let part: T[] = []
  let size = 0
  for (const one of all) {
    part.push(one)
    size += sizeOfOne(one)
    if (part.length < atOnce && size < charactersAtOnce) continue
    yield part
    part = []
    size = 0
  }
  if (part.length > 0) yield part
}
