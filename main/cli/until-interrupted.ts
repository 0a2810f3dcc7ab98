// A command that serves until it is interrupted: the first Ctrl-C ends it in order, a second one waits for nothing.
import { interruptedExit, type Context } from './context'

export class UntilInterrupted {
  /** resolves at the first Ctrl-C */
  readonly ended: Promise<void>
  #count = 0
  #hurry = (): void => undefined

  constructor(context: Context) {
    this.ended = new Promise((first) =>
      context.onInterrupt((count) => {
        this.#count = count
        if (count === 1) first()
        else this.#hurry()
      })
    )
  }

  /** Waits for what is closing, or for a second Ctrl-C; gives the command's exit code. */
  async exitAfter(closing: Promise<unknown>): Promise<number> {
    await Promise.race([closing, new Promise<void>((now) => (this.#hurry = now))])
    return this.#count > 1 ? interruptedExit : 0
  }
}
