// The form of the table that answers the window's calls: one entry a call, complete by type.
import type { CallName, Calls } from '../contract/channels'

export type Handler<C extends CallName> = (args: Calls[C]['args']) => Promise<Calls[C]['result']>

/** The entries of one domain's calls. */
export type HandlersOf<Domain> = { readonly [C in keyof Domain & CallName]: Handler<C> }

export type Handlers = { readonly [C in CallName]: Handler<C> }
