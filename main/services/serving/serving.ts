// Answers for other programs: which models there are, and one conversation after another on the base that they share,
// or vectors of texts where the base makes those.
// Knows no door: main/api brings what comes over HTTP.
import type { SamplingOptions } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { Turns } from '../engine/turns'
import { opensThought } from '../tokens/thinking'
import { textPrompt } from '../tokens/text-prompt'
import { withSystem } from '../tokens/with-system'
import { Conversing } from './conversing'
import { embed, type Embedded, type EmbeddingInput } from './embedding'
import { placesFor } from './places'
import { modelNamed, type ServedModel, type ServedSet } from './served-models'
import { spoken, type Spoken, type SpokenEnd } from './spoken'

export interface ServingOptions {
  readonly turns: Turns
  readonly engine: TrainerCaller
  /** what is served now, planned for so many conversations at once */
  readonly find: (conversations: number) => Promise<ServedSet>
  /** bytes that may be used */
  readonly memory: () => Promise<number>
  readonly onChange?: () => void
  readonly now?: () => number
}

/** What is to be continued: a conversation by the model's own template, or a text as it is. */
export type Opening =
  | { readonly kind: 'messages'; readonly messages: readonly Message[] }
  | { readonly kind: 'text'; readonly text: string }

export interface Asked {
  readonly model: string
  readonly opening: Opening
  /** null: as long as there is room */
  readonly maxNewTokens: number | null
  readonly stopStrings: readonly string[]
  readonly sampling: SamplingOptions
  /** with each token its probability and so many of the likeliest; null: none */
  readonly likeliest: number | null
}

export interface Answering {
  readonly promptTokens: number
  readonly pieces: AsyncGenerator<Spoken, SpokenEnd>
}

/** at once; fewer where memory is short */
const places = 16
const mostWaiting = 256
/** enough for the opening of a thought at the end of a prompt */
const openingTokens = 16
/** what is served is looked up again after this long: a run may have ended */
const freshMs = 3000

export class Serving {
  readonly #conversing: Conversing
  #set: { readonly found: Promise<ServedSet>; readonly at: number } | null = null
  #places: number | null = null
  #answered = 0
  #embedding = 0

  constructor(private readonly o: ServingOptions) {
    this.#conversing = new Conversing({
      turns: o.turns,
      work: 'api',
      mostWaiting,
      ...(o.onChange && { onChange: o.onChange })
    })
  }

  get talking(): number {
    return this.#conversing.talking + this.#embedding
  }
  get waiting(): number {
    return this.#conversing.waiting
  }
  get waitsFor(): Conversing['waitsFor'] {
    return this.#conversing.waitsFor
  }
  get answered(): number {
    return this.#answered
  }
  get places(): number {
    return this.#places ?? places
  }

  served(): Promise<ServedSet> {
    const now = (this.o.now ?? Date.now)()
    if (this.#set && now - this.#set.at < freshMs) return this.#set.found
    const found = this.#find()
    this.#set = { found, at: now }
    found.catch(() => (this.#set = null))
    return found
  }

  /** Throws MODEL_NOT_SERVED, API_ONLY_EMBEDS, PROMPT_TOO_LONG, SERVING_FULL, and what a template refuses. */
  async answer(asked: Asked, count: number, signal: AbortSignal): Promise<readonly Answering[]> {
    const set = await this.served()
    const model = modelNamed(set, asked.model)
    if (set.vectors) throw new NeiroError('API_ONLY_EMBEDS', { model: model.name })
    const { modelText, stopTokens } = model.tuned
    const prompt = await promptOf(model, asked.opening)
    const { maxContext } = set.open
    const room = maxContext - prompt.length
    if (prompt.length === 0) throw new NeiroError('EMPTY_PROMPT')
    if (room < 1) {
      throw new NeiroError('PROMPT_TOO_LONG', { tokens: String(prompt.length), limit: String(maxContext) })
    }
    const parts = asked.opening.kind === 'messages'
    const thinking = parts && opensThought(await modelText.decode(prompt.slice(-openingTokens), false))
    signal.throwIfAborted()
    const all: Answering[] = []
    const leaves: (() => void)[] = []
    try {
      for (let at = 0; at < count; at++) {
        const talk = this.#conversing.begin({
          target: set.open,
          prompt,
          maxNewTokens: Math.min(asked.maxNewTokens ?? room, room),
          stopTokens: Int32Array.from(stopTokens),
          sampling: { ...asked.sampling, seed: asked.sampling.seed + at },
          adapter: model.adapter,
          ...(asked.likeliest !== null && { likeliest: asked.likeliest })
        })
        const leave = (): void => talk.leave()
        leaves.push(leave)
        signal.addEventListener('abort', leave, { once: true })
        const pieces = spoken(talk, { modelText, stopStrings: asked.stopStrings, thinking, parts })
        all.push({ promptTokens: prompt.length, pieces: this.#counted(pieces, signal, leave) })
      }
      return all
    } catch (error) {
      for (const leave of leaves) leave()
      throw error
    }
  }

  /** Throws MODEL_NOT_SERVED, API_NO_ENCODER, SERVING_FULL, and what embed throws. */
  async embed(name: string, inputs: readonly EmbeddingInput[], signal: AbortSignal): Promise<Embedded> {
    const set = await this.served()
    const { open, vectors: form } = set
    const { modelText } = modelNamed(set, name).tuned
    if (!form) throw new NeiroError('API_NO_ENCODER', { model: name })
    if (this.#embedding >= mostWaiting) throw new NeiroError('SERVING_FULL', { most: String(mostWaiting) })
    this.#embedding++
    this.o.onChange?.()
    try {
      const { turns } = this.o
      const made = await embed(inputs, { turns, open, form, modelText }, signal)
      this.#answered++
      return made
    } finally {
      this.#embedding--
      this.o.onChange?.()
    }
  }

  /** The base is opened, so that the first who asks need not wait for that, and what cannot be opened is told now. */
  async warm(): Promise<void> {
    const { open } = await this.served()
    await this.o.turns.use(open, async () => undefined, { work: 'api' })
  }

  close(): Promise<void> {
    return this.#conversing.close()
  }

  async *#counted(
    pieces: AsyncGenerator<Spoken, SpokenEnd>,
    signal: AbortSignal,
    leave: () => void
  ): AsyncGenerator<Spoken, SpokenEnd> {
    try {
      const end = yield* pieces
      this.#answered++
      this.o.onChange?.()
      return end
    } finally {
      signal.removeEventListener('abort', leave)
      leave()
    }
  }

  async #find(): Promise<ServedSet> {
    const { memory, engine, find } = this.o
    this.#places ??= await placesFor(
      places,
      await memory(),
      engine,
      async (count) => (await find(count)).open
    )
    return find(this.#places)
  }
}

async function promptOf({ tuned }: ServedModel, opening: Opening): Promise<Int32Array> {
  const { modelText, systemPrompt } = tuned
  if (opening.kind === 'messages') return modelText.prompt(withSystem(opening.messages, systemPrompt))
  return textPrompt(modelText, opening.text)
}
