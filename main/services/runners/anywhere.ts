// Trains every run where it belongs: here, or where its user has sent it. A run that is resumed goes on where it was.
import type { RunPlace } from '../runs/run-view'
import type { RunEnd, RunListener, Runner } from './runner'

export interface Anywhere {
  readonly local: Runner
  /** of the place elsewhere where the run is trained, a new one for each training; null: it is trained here */
  readonly remoteOf: (place: RunPlace) => Promise<Runner | null>
}

export class AnywhereRunner implements Runner {
  /** who trains just now; asked for at once, so that a pause right behind a start is not lost */
  #active: Promise<Runner> | null = null

  constructor(private readonly where: Anywhere) {}

  async startRun(
    place: RunPlace,
    listener?: RunListener,
    options?: { readonly stop?: boolean }
  ): Promise<RunEnd> {
    const active = this.#runnerOf(place)
    this.#active = active
    try {
      return await (await active).startRun(place, listener, options)
    } finally {
      if (this.#active === active) this.#active = null
    }
  }

  async pauseRun(): Promise<void> {
    await (await this.#now())?.pauseRun()
  }

  async stopRun(): Promise<void> {
    await (await this.#now())?.stopRun()
  }

  kill(): void {
    void this.#now().then((runner) => runner?.kill())
  }

  /** What trains elsewhere goes on there. */
  async close(): Promise<void> {
    const { local } = this.where
    const active = await this.#now()
    await Promise.all([local.close(), active === local ? null : active?.close()])
  }

  /** null: nobody trains, or nobody could begin to */
  async #now(): Promise<Runner | null> {
    return (await this.#active?.catch(() => null)) ?? null
  }

  async #runnerOf(place: RunPlace): Promise<Runner> {
    return (await this.where.remoteOf(place)) ?? this.where.local
  }
}
