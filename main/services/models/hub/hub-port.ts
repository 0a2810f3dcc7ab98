// How the services speak with the hub: through a process of its own (main/fetcher), which they are handed.
import type { NeiroErrorData } from '../../../contract/errors'
import type { HubFile, HubListing } from './listing'

export interface Reaching {
  readonly address: string
  readonly token: string
  readonly proxy: string
  readonly certificates: string
}

/** A model on the hub, with the files that will be fetched. */
export interface Found {
  readonly listing: Omit<HubListing, 'files'>
  readonly files: readonly HubFile[]
}

export interface FetchTelling {
  bytes(done: number, total: number): void
  waiting(wait: { readonly error: NeiroErrorData; readonly ms: number } | null): void
  checking(): void
}

export interface HubPort {
  /** file: one weights file that was named */
  look(reaching: Reaching, model: string, branch: string, file: string | null): Promise<Found>
  /** Answers the folder; the signal stops it, and what came is kept. */
  fetch(
    reaching: Reaching,
    store: string,
    found: Found,
    telling: FetchTelling,
    signal: AbortSignal
  ): Promise<string>
  close(): void
}
