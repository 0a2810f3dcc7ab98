// How each kind of example becomes tokens. A new kind is one more file and one more line.
import type { Example } from '../../../contract/records'
import { conversationTokens } from './conversation'
import type { KindTokens } from './kind'
import { labelledTokens } from './labelled'
import { preferenceTokens } from './preference'
import { ratedTokens } from './rated'
import { textTokens } from './text'

const kinds: { readonly [K in Example['kind']]: KindTokens<Extract<Example, { kind: K }>> } = {
  conversation: conversationTokens,
  labelled: labelledTokens,
  text: textTokens,
  preference: preferenceTokens,
  rated: ratedTokens
}

/** What this example's kind says; for examples of this kind alone. */
export function tokensOf<E extends Example>({ kind }: E): KindTokens<E> {
  return kinds[kind] as unknown as KindTokens<E>
}
