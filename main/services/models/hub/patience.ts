// Questions to the hub, tried again where that may do: a person waits for the answer, so not for long.
import { setTimeout as sleep } from 'node:timers/promises'
import { Passing } from './trouble'

const tries = 3
const firstWaitMs = 700
/** what a hub asks for beyond this is told instead of waited for */
const longestWaitMs = 8000

export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Passing)) throw error
      const wait = error.waitMs ?? firstWaitMs * attempt
      if (attempt === tries || wait > longestWaitMs) throw error.error
      await sleep(wait, undefined, { signal })
    }
  }
}
