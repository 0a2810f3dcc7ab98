// The only use of the bridge: plain copies go out, errors are thrown back as NeiroError. The rest of the
// window cannot tell whether Electron or a browser carries it.
import type {
  Bridge,
  CallName,
  Calls,
  ConnectionState,
  DropWatch,
  EventName,
  Events,
  Result
} from '../main/contract/channels'
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

const returns: ((missed: boolean) => void)[] = []
let missed = false
onConnection((state) => {
  if (state !== 'connected') return
  const told = missed
  missed = false
  for (const refresh of returns) refresh(told)
})

/** Asks main; rejects with a NeiroError. Svelte proxies are copied here and nowhere else. */
export async function call<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']> {
  return valueOf(await bridge.call(name, plain(args)))
}

export function on<E extends EventName>(name: E, listener: (value: Events[E]) => void): () => void {
  return bridge.on(name, listener)
}

/** Told whenever the connection is lost, refused or back; under Electron nothing can be lost. */
export function onConnection(listener: (state: ConnectionState) => void): void {
  bridge.onConnection?.(listener)
}

/** For whoever shows what events keep fresh: after a lost connection they were missed, and are asked for again.
 *  missed: something was asked in vain meanwhile. */
export function onReturn(refresh: (missed: boolean) => void): void {
  returns.push(refresh)
}

export async function fileRefs(files: readonly File[], watch: DropWatch): Promise<readonly FileRef[]> {
  return valueOf(await bridge.fileRefs(files, watch))
}

const plain = <T>(value: T): T => $state.snapshot(value) as T

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  missed ||= result.error.code === 'CONNECTION_LOST'
  throw NeiroError.fromData(result.error)
}
