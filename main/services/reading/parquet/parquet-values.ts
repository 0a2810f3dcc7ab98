// Values of a Parquet file as those of JSON: numbers that JavaScript can hold, dates as people write them, texts that are
// texts. What is no text stays marked, so that whoever reads the row can name it.
import type { ParquetParsers } from 'hyparquet'

/** Bytes that are no UTF-8: of a picture, or of a text that was damaged. */
export class NoText {
  constructor(readonly bytes: Uint8Array) {}
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Uint8Array | undefined): string | NoText | undefined {
  if (!bytes) return undefined
  try {
    return decoder.decode(bytes)
  } catch {
    // a view of the whole page would keep the page
    return new NoText(bytes.slice(0, 64))
  }
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  const text = textOf(bytes)
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

export const parsers: Partial<ParquetParsers> = {
  stringFromBytes: textOf,
  jsonFromBytes: jsonOf,
  // pictures of maps teach nothing
  geometryFromBytes: (bytes: Uint8Array | undefined) => bytes && new NoText(bytes.slice(0, 64)),
  geographyFromBytes: (bytes: Uint8Array | undefined) => bytes && new NoText(bytes.slice(0, 64))
}

/** Lists and objects in it are new ones. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint')
    return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value))
      ? Number(value)
      : String(value)
  if (typeof value !== 'object' || value === null) return value ?? null
  if (value instanceof Date) return dateText(value)
  if (value instanceof Uint8Array) return new NoText(value.slice(0, 64))
  if (value instanceof NoText) return value
  if (Array.isArray(value)) return value.map(plainValue)
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, plainValue)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plainValue(one)]))
}

/** As the readers of sheets write it. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const [day = '', time = ''] = date.toISOString().split('T')
  const clock = time.slice(0, 8)
  return clock === '00:00:00' ? day : `${day} ${clock}`
}

/** The first mark in it, and how many characters it has in all. */
export function looked(value: unknown): { readonly noText: boolean; readonly characters: number } {
  if (value instanceof NoText) return { noText: true, characters: 0 }
  if (typeof value === 'string') return { noText: false, characters: value.length }
  if (typeof value !== 'object' || value === null) return { noText: false, characters: 1 }
  let noText = false
  let characters = 0
  for (const one of Object.values(value)) {
    const inside = looked(one)
    noText ||= inside.noText
    characters += inside.characters
  }
  return { noText, characters }
}
