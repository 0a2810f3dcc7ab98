// What nobody caught: said in a sentence, written to the log, and the end. Going on would be guessing what still
// holds; a training is saved first where that can be done.
import { setTimeout as sleep } from 'node:timers/promises'
import type { NeiroError } from '../contract/errors'
import { knownError } from '../files/file-errors'

export interface Breaking {
  /** whole stacks */
  readonly log: (message: string) => void
  readonly say: (error: NeiroError) => void
  /** saves what can be saved */
  readonly save: () => Promise<unknown>
  readonly exit: (code: number) => void
}

/** how long a training may take to be saved on the way out */
const savingMs = 5000

export function endWhenBroken(
  { log, say, save, exit }: Breaking,
  program: NodeJS.EventEmitter = process
): void {
  let breaking = false
  const broke = async (error: unknown): Promise<void> => {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    // whatever goes wrong on the way out is a consequence
    if (breaking) return
    breaking = true
    say(knownError(error))
    await Promise.race([save().catch(() => undefined), sleep(savingMs)])
    exit(1)
  }
  program.on('uncaughtException', (error) => void broke(error))
  program.on('unhandledRejection', (reason) => void broke(reason))
}
