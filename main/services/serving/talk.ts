// One conversation among many, for whoever waits for its answer: what has been said since one last looked, and how it
// ended. It may be left at any moment.
import type { ConversationOptions, Said } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import type { OpenModelOptions } from '../models/open-model'

export interface TalkOptions extends ConversationOptions {
  /** what must be open for it; those with the same one run together */
  readonly target: OpenModelOptions
}

export class Talk {
  #said: Said[] = []
  #error: Error | null = null
  #ended = false
  #left = false
  #wake: (() => void) | null = null
  /** told once, when it has ended or was left */
  onLeave: (() => void) | null = null

  constructor(
    readonly options: TalkOptions,
    readonly key: string
  ) {}

  /** Nobody waits for it any more. */
  get left(): boolean {
    return this.#left
  }

  /** Everything that is new; waits for at least one token. Empty: it has ended. */
  async next(): Promise<readonly Said[]> {
    while (this.#said.length === 0) {
      if (this.#error) throw this.#error
      if (this.#ended || this.#left) return []
      await new Promise<void>((wake) => (this.#wake = wake))
    }
    const said = this.#said
    this.#said = []
    return said
  }

  /** error: what whoever still listens is told */
  leave(error: Error | null = null): void {
    if (this.#left || this.#ended) return
    this.#left = true
    this.#error = error
    this.#awake()
    this.onLeave?.()
  }

  hear(said: Said): void {
    if (said.ended === 'broken') return this.fail(new NeiroError('NOT_FINITE_LOGITS'))
    this.#said.push(said)
    if (said.ended !== null) this.#ended = true
    this.#awake()
  }

  fail(error: Error): void {
    this.#error ??= error
    this.#ended = true
    this.#awake()
  }

  #awake(): void {
    this.#wake?.()
    this.#wake = null
  }
}
