// A number as it was typed for a setting: full-width digits and the signs of a Japanese keyboard are taken, what
// is out of range is not. Pure.

export interface NumberRange {
  readonly kind: 'integer' | 'number'
  readonly min: number
  readonly max: number
}

const written = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The number, or null where it is none or stands outside the range. */
export function settingNumber(text: string, range: NumberRange): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[−ー–]/g, '-')
    .replace(/。/g, '.')
    .trim()
  if (!written.test(plain)) return null
  const number = Number(plain)
  if (number < range.min || number > range.max) return null
  return range.kind === 'number' || Number.isInteger(number) ? number : null
}
