// The only use of the bridge: plain copies go out, errors are thrown back as NeiroError. The rest of the
// window cannot tell whether Electron or a browser carries it.
import type { Bridge, CallName, Calls, EventName, Events, Result } from '../main/contract/channels'
import { NeiroError } from '../main/contract/errors'
import type { FileRef } from '../main/contract/window/app'
import { connect } from './connect'

declare global {
  interface Window {
    /** put there by the preload under Electron; absent in a browser */
    readonly api?: Bridge
  }
}

const bridge: Bridge = window.api ?? connect()

/** Asks main; rejects with a NeiroError. Svelte proxies are copied here and nowhere else. */
export async function call<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']> {
  return valueOf(await bridge.call(name, plain(args)))
}

export function on<E extends EventName>(name: E, listener: (value: Events[E]) => void): () => void {
  return bridge.on(name, listener)
}

export async function fileRefs(files: readonly File[]): Promise<readonly FileRef[]> {
  return valueOf(await bridge.fileRefs(files))
}

const plain = <T>(value: T): T => $state.snapshot(value) as T

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw NeiroError.fromData(result.error)
}
