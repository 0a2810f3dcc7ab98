// Whether bytes make sense as UTF-16 without a byte order mark. Knows nothing of files.

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
    (unit >= 0xa0 && unit <= 0x17f) ||
    (unit >= 0x2010 && unit <= 0x266f) ||
    (unit >= 0x3000 && unit <= 0x30ff) ||
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0xd800 && unit <= 0xdfff) ||
    (unit >= 0xff00 && unit <= 0xffee)
  )
}
