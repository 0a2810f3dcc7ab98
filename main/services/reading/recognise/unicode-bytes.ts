// Whether bytes make sense as UTF-16 or UTF-32 without a byte order mark. Knows nothing of files.

export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

/** Text in UTF-16 and UTF-32 has its zeros at certain places only: the upper parts of ASCII characters and line ends. */
export function wideByNulls(head: Buffer, isWhole: boolean): WideEncoding | null {
  const nulls = [0, 0, 0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nulls[i % 4] = (nulls[i % 4] as number) + 1
  const [a, b, c, d] = nulls as [number, number, number, number]
  const quarter = Math.floor(head.length / 4)
  const fits = (unit: number): boolean => !isWhole || head.length % unit === 0
  if (fits(4) && d >= quarter && c * 5 >= quarter * 4 && isText32(head, 'utf-32le')) return 'utf-32le'
  if (fits(4) && a >= quarter && b * 5 >= quarter * 4 && isText32(head, 'utf-32be')) return 'utf-32be'
  const [even, odd] = [a + c, b + d]
  // a few zeros in bytes that are no text by themselves mean nothing
  if (!fits(2) || Math.max(even, odd) * 200 <= head.length) return null
  const encodings = odd > even ? (['utf-16le', 'utf-16be'] as const) : (['utf-16be', 'utf-16le'] as const)
  const [likely = 0, other = 0] = encodings.map((encoding) => shareOfText(head, encoding))
  if (Math.min(even, odd) * 20 <= Math.max(even, odd)) return likely > 0.98 ? encodings[0] : null
  // 一 and the wide blank have a zero on the other side: where there are some, only one of the two ways makes sense
  if (Math.max(likely, other) <= 0.98 || Math.min(likely, other) > 0.9) return null
  return likely > other ? encodings[0] : encodings[1]
}

function isText32(bytes: Buffer, encoding: 'utf-32le' | 'utf-32be'): boolean {
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = encoding === 'utf-32le' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    if (code > 0x10ffff || (code < 0x20 && code !== 9 && code !== 10 && code !== 13)) return false
  }
  return bytes.length >= 4
}

/** Share of 16-bit units that are characters of ordinary text: ASCII, Latin, kana, kanji, full-width forms. */
export function shareOfText(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): number {
  const units = Math.floor(bytes.length / 2)
  let ordinary = 0
  for (let i = 0; i < units; i++) {
    const unit = encoding === 'utf-16le' ? bytes.readUInt16LE(2 * i) : bytes.readUInt16BE(2 * i)
    if (isOrdinary(unit)) ordinary++
  }
  return units === 0 ? 0 : ordinary / units
}

function isOrdinary(unit: number): boolean {
  return (
    unit === 9 ||
    unit === 10 ||
    unit === 13 ||
    (unit >= 0x20 && unit <= 0x7e) ||
    (unit >= 0xa0 && unit <= 0x5ff) ||
    (unit >= 0xe00 && unit <= 0xe7f) ||
    (unit >= 0x1e00 && unit <= 0x1fff) ||
    (unit >= 0x2010 && unit <= 0x266f) ||
    (unit >= 0x3000 && unit <= 0x30ff) ||
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0xac00 && unit <= 0xdfff) ||
    (unit >= 0xff00 && unit <= 0xffee)
  )
}
