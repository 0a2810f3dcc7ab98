// Examples that were made from others: by what, and from which. The mark goes with an example wherever it goes. Imports nothing.

/** synonyms: another word for the same; order: parts of a sentence change places; typing: mistakes of fingers and of kana-kanji
 *  conversion; paraphrase: asked in other words by a local model. */
export const syntheticKinds = ['synonyms', 'order', 'typing', 'paraphrase'] as const
export type SyntheticKind = (typeof syntheticKinds)[number]

export interface Synthetic {
  readonly by: SyntheticKind
  /** what the example that it was made from opens with, as 16 hexadecimal digits: no words of it, which may be masked later */
  readonly of: string
}

const isOrigin = /^[0-9a-f]{16}$/

/** A mark as it stands in a field of a file; in a cell of a table as one word. Null where it is none. */
export function syntheticIn(value: unknown): Synthetic | null {
  if (typeof value === 'string') {
    const [by, of] = value.split(':', 2)
    return syntheticIn({ by, of })
  }
  if (typeof value !== 'object' || value === null) return null
  const { by, of } = value as Partial<Record<'by' | 'of', unknown>>
  const kind = syntheticKinds.find((one) => one === by)
  return kind && typeof of === 'string' && isOrigin.test(of) ? { by: kind, of } : null
}

/** As one word of a cell. */
export const syntheticWord = ({ by, of }: Synthetic): string => `${by}:${of}`
