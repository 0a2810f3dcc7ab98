// What is said between the app and the process that speaks with the hub.
import type { NeiroErrorData } from '../contract/errors'
import type { Found, Reaching } from '../services/models/hub/hub-port'

export type ToFetcher =
  | {
      readonly kind: 'look'
      readonly id: number
      readonly reaching: Reaching
      readonly model: string
      readonly branch: string
      readonly file: string | null
    }
  | {
      readonly kind: 'fetch'
      readonly id: number
      readonly reaching: Reaching
      readonly store: string
      readonly found: Found
    }
  | { readonly kind: 'stop'; readonly id: number }

export type FromFetcher =
  | { readonly kind: 'bytes'; readonly id: number; readonly done: number; readonly total: number }
  | {
      readonly kind: 'waiting'
      readonly id: number
      readonly wait: { readonly error: NeiroErrorData; readonly ms: number } | null
    }
  | { readonly kind: 'checking'; readonly id: number }
  | { readonly kind: 'found'; readonly id: number; readonly found: Found }
  | { readonly kind: 'done'; readonly id: number; readonly folder: string }
  | { readonly kind: 'stopped'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly error: NeiroErrorData }
