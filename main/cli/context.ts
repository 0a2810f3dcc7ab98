// What every command is handed: the services (the same as behind the window), how to speak, what Ctrl-C means.
// cli.ts makes it; commands reach for no globals of the process.
import type { Readable, Writable } from 'node:stream'
import { NeiroError } from '../contract/errors'
import type { Language } from '../contract/language'
import type { Parts } from '../parts'
import type { Places } from '../places'
import type { TrainerHost } from '../services/engine/trainer-host'
import type { Output } from './output'
import type { Words } from '../words/cli'

export interface ServeWindowOptions {
  readonly port: number
  readonly language: Language
  /** told when a browser has come in: the address it came by is spent */
  readonly onSpent: () => void
  /** which folders the window may open, besides the user's own */
  readonly folders: readonly string[]
  /** asks whether the window may open a folder; null: nobody can be asked */
  readonly allow: (folder: string) => Promise<boolean> | null
}

export interface ServedWindow {
  /** with the token, for one browser */
  readonly url: string
  readonly port: number
  /** another address; the one before, when nobody came by it, is worth nothing any more */
  newAddress(): string
  /** No page is listened to any more, and a running training is paused with a checkpoint. */
  close(): Promise<void>
}

export interface Context {
  readonly out: Output
  readonly words: Words
  readonly language: Language
  /** made when a command first asks for them, with its threads and language */
  readonly parts: Parts
  readonly places: Places
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** for reading lines on a terminal; everything else is said through `out` */
  readonly stdout: Writable
  /** The window on the loopback address. */
  serveWindow(options: ServeWindowOptions): Promise<ServedWindow>
  /** Calls back at each Ctrl-C (1, 2 ...) until the returned function is called. */
  onInterrupt(handler: (count: number) => void): () => void
}

/** Works with the engine. Ctrl-C cancels what it does; a second one ends it at once. */
export async function withEngine<T>(
  context: Context,
  work: (host: TrainerHost, signal: AbortSignal) => Promise<T>
): Promise<T> {
  const abort = new AbortController()
  const { engine } = context.parts
  try {
    return await engine.use(async (host) => {
      const release = context.onInterrupt((count) => {
        if (count > 1) return host.kill()
        abort.abort()
        void host.call('cancel', undefined).catch(() => undefined)
      })
      try {
        return await work(host, abort.signal)
      } finally {
        release()
      }
    })
  } catch (error) {
    // a process that was killed by the second Ctrl-C did not die unexpectedly
    throw abort.signal.aborted ? cancelled() : error
  }
}

export function cancelled(): NeiroError {
  return new NeiroError('CANCELLED')
}

/** Exit code of what the user broke off, as shells count SIGINT. */
export const interruptedExit = 130
