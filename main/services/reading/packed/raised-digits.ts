// Digits above and below the line, as characters of their own: 10² is not 102. Pure.

export type Raise = 'above' | 'below'

const digits = '0123456789+-'
const looks = { above: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻', below: '₀₁₂₃₄₅₆₇₈₉₊₋' } as const

/** Letters there (1st) are read as they are. */
export function raised(text: string, to: Raise): string {
  return [...text].every((c) => digits.includes(c))
    ? [...text].map((c) => looks[to][digits.indexOf(c)]).join('')
    : text
}

/** What OOXML calls vertAlign. */
export function raiseOf(align: string | undefined): Raise | null {
  if (align === 'superscript') return 'above'
  return align === 'subscript' ? 'below' : null
}
