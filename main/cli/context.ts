// What every command is handed: where things are, how to speak, how to start the engine, what Ctrl-C means.
// cli.ts makes it; commands reach for no globals of the process.
import type { Readable, Writable } from 'node:stream'
import { NeiroError } from '../contract/errors'
import type { Language } from '../words'
import type { Places } from '../places'
import type { TrainerHost } from '../trainer-host'
import type { Output } from './output'
import type { Words } from '../words/cli'

export interface ServedWindow {
  /** with the token */
  readonly url: string
  readonly port: number
  /** a running training is paused with a checkpoint first */
  close(): Promise<void>
}

export interface Context {
  readonly out: Output
  readonly words: Words
  readonly language: Language
  readonly places: Places
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** for reading lines on a terminal; everything else is said through `out` */
  readonly stdout: Writable
  startHost(): Promise<TrainerHost>
  /** The window on the loopback address. */
  serveWindow(options: { port: number; language: Language }): Promise<ServedWindow>
  /** Calls back at each Ctrl-C (1, 2 ...) until the returned function is called. */
  onInterrupt(handler: (count: number) => void): () => void
}

/** Starts the trainer process, works with it, and lets it go whatever happens. Ctrl-C cancels what the engine
 *  does; a second one ends at once. */
export async function withHost<T>(
  context: Context,
  work: (host: TrainerHost, signal: AbortSignal) => Promise<T>
): Promise<T> {
  const abort = new AbortController()
  const host = await context.startHost()
  const release = context.onInterrupt((count) => {
    if (count > 1) {
      host.kill()
      return
    }
    abort.abort()
    void host.call('cancel', undefined).catch(() => undefined)
  })
  try {
    return await work(host, abort.signal)
  } catch (error) {
    // a process that was killed by the second Ctrl-C did not die unexpectedly
    throw abort.signal.aborted ? cancelled() : error
  } finally {
    release()
    await host.stop()
  }
}

export function cancelled(): NeiroError {
  return new NeiroError('CANCELLED')
}

/** Exit code of what the user broke off, as shells count SIGINT. */
export const interruptedExit = 130
