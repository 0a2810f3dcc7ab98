// Trains every run where it belongs: here, or where its user has sent it. A run that is resumed goes on where it was.
import type { RunPlace } from '../runs/run-view'
import type { RunEnd, RunListener, Runner } from './runner'

export interface Anywhere {
  readonly local: Runner
  /** of the places elsewhere; a new one for each training */
  readonly remote: () => Runner
  readonly isElsewhere: (place: RunPlace) => Promise<boolean>
}

export class AnywhereRunner implements Runner {
  #active: Runner | null = null

  constructor(private readonly where: Anywhere) {}

  async startRun(
    place: RunPlace,
    listener?: RunListener,
    options?: { readonly stop?: boolean }
  ): Promise<RunEnd> {
    const { local, remote, isElsewhere } = this.where
    const runner = (await isElsewhere(place)) ? remote() : local
    this.#active = runner
    try {
      return await runner.startRun(place, listener, options)
    } finally {
      if (this.#active === runner) this.#active = null
    }
  }

  async pauseRun(): Promise<void> {
    await this.#active?.pauseRun()
  }

  async stopRun(): Promise<void> {
    await this.#active?.stopRun()
  }

  kill(): void {
    this.#active?.kill()
  }

  /** What trains elsewhere goes on there. */
  async close(): Promise<void> {
    const active = this.#active
    await Promise.all([this.where.local.close(), active === this.where.local ? null : active?.close()])
  }
}
