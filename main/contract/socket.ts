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
