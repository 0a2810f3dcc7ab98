// Whether what somebody pasted looks like the key of a service at all: only a remark comes of it, for forms may change. Pure.
import type { CloudKind } from '../../main/contract/elsewhere'

const forms: Readonly<Record<CloudKind, RegExp>> = {
  openai: /^sk-[\w-]{20,}$/,
  // of either portal
  azure: /^[a-zA-Z0-9]{32,}$/
}
/** of a server that speaks the same language at another address */
const anyKey = /^\S{8,}$/

/** What it does not look like; null: it does, or nothing is written. */
export function oddKey(
  { kind, where }: { readonly kind: CloudKind; readonly where: string },
  text: string
): CloudKind | 'other' | null {
  const key = text.trim()
  const of = kind === 'openai' && where.trim() !== '' ? 'other' : kind
  return key === '' || (of === 'other' ? anyKey : forms[of]).test(key) ? null : of
}
