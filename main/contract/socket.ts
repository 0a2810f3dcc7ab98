// What `neiro serve` and the served window say over their WebSocket. Imports nothing but the contract.
import type { CallName, EventName, Result } from './channels'

export interface ClientMessage {
  readonly id: number
  readonly call: CallName
  readonly args: unknown
}

export type ServerMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly event: EventName; readonly value: unknown }

/** What is long comes in pages, one after the other with nothing between: their texts together are the message. */
export interface ServerPage {
  readonly kind: 'page'
  readonly text: string
  readonly last: boolean
}

/** Why the server ends a connection: the window did not take what was sent to it. */
export const tooSlowCode = 4001
