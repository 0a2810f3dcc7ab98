// What is known of this machine: asked of the engine once, in the background, so that no window waits for it.
import type { Probe } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import { wordsOf } from '../../words/errors'
import type { Language } from '../../contract/language'
import type { EngineProcess } from './engine-process'

export class Machine {
  #probe: Probe | null = null
  #failure: NeiroError | null = null

  constructor(
    private readonly engine: EngineProcess,
    private readonly log: (level: 'error', message: string) => void
  ) {}

  get probe(): Probe | null {
    return this.#probe
  }

  /** Why there is no engine, in the user's language; null while it is not known yet, and when all is well. */
  problem(language: Language): string | null {
    if (!this.#failure) return null
    const { message, hint } = wordsOf(this.#failure.toData(), language)
    return [message, hint].filter(Boolean).join(' ')
  }

  async ask(): Promise<void> {
    try {
      this.#probe = await this.engine.call('probe', undefined)
      this.#failure = null
    } catch (error) {
      this.#failure = NeiroError.of(error)
      this.log('error', `engine: ${this.#failure.message}`)
    }
  }
}
