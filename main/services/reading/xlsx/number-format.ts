// A number as Excel shows it in a format code: 1,234, 12.5%, ¥500, 3.0E+05, 1 1/2. Days and times are
// date-format's matter.
import { formatDate } from './date-format'
import { sectionsOf, type Section, type Token } from './format-codes'

type Digit = Extract<Token, { kind: 'digit' }>

export function formatNumber(value: number, code: string, since1904 = false): string {
  const { section, shown } = choose(value, sectionsOf(code))
  if (!section) return general(value)
  if (section.isDate) return formatDate(shown, section, since1904) ?? general(value)
  const digits = section.tokens.some(({ kind }) => kind === 'digit')
  if (!digits) return section.tokens.map((token) => plain(token, shown)).join('')
  // a minus sign of its own where the code has no section for what is below zero
  const minus = shown < 0 ? '-' : ''
  const text = withDigits(Math.abs(shown), section.tokens)
  return (/[1-9]/.test(text) || minus === '' ? minus : '') + text.trim()
}

/** The section for a value: by its condition, else positive; negative; zero. Its own sign is then shown by the
 *  section itself. */
function choose(
  value: number,
  sections: readonly Section[]
): { section: Section | undefined; shown: number } {
  const numbers = sections.slice(0, 3)
  const conditional = numbers.find(({ condition }) => condition && holds(value, condition))
  if (conditional) return { section: conditional, shown: value }
  if (numbers.some(({ condition }) => condition)) {
    return { section: numbers.findLast(({ condition }) => !condition), shown: value }
  }
  if (value < 0 && numbers[1]) return { section: numbers[1], shown: -value }
  if (value === 0 && numbers[2]) return { section: numbers[2], shown: value }
  return { section: numbers[0], shown: value }
}

function holds(value: number, { sign, value: border }: NonNullable<Section['condition']>): boolean {
  switch (sign) {
    case '<':
      return value < border
    case '<=':
      return value <= border
    case '>':
      return value > border
    case '>=':
      return value >= border
    case '<>':
      return value !== border
    default:
      return value === border
  }
}

/** At most eleven characters, as a cell of ordinary width shows a number; whole numbers whole. */
export function general(value: number): string {
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e15) return String(value)
  if (size >= 1e11 || size < 1e-4) return scientific(value, 5)
  const whole = String(Math.trunc(size)).length
  return String(Number(rounded(value, Math.max(0, 10 - whole))))
}

function scientific(value: number, decimals: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(decimals).split('e')
  return `${Number(mantissa)}E${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
}

/** Rounds as people do, on the decimal digits: 1.005 to two places is 1.01. */
function rounded(value: number, decimals: number): string {
  const [mantissa = '', exponent = '0'] = value.toPrecision(15).split('e')
  const moved = Number(`${mantissa}e${Number(exponent) + decimals}`)
  if (Math.abs(moved) > 1e15 || decimals > 20) return value.toFixed(Math.min(decimals, 20))
  return (Math.sign(moved) * Number(`${Math.round(Math.abs(moved))}e-${decimals}`)).toFixed(decimals)
}

function withDigits(size: number, tokens: readonly Token[]): string {
  const percents = tokens.filter(({ kind }) => kind === 'percent').length
  const scaled = size * 100 ** percents
  if (tokens.some(({ kind }) => kind === 'exponent')) return exponential(scaled, tokens)
  if (tokens.some(({ kind }) => kind === 'slash')) return fraction(scaled, tokens)
  const point = tokens.findIndex(({ kind }) => kind === 'point')
  const before = point < 0 ? tokens : tokens.slice(0, point)
  const after = point < 0 ? [] : tokens.slice(point + 1)
  const last = before.findLastIndex(({ kind }) => kind === 'digit')
  const first = before.findIndex(({ kind }) => kind === 'digit')
  const thousands = before.slice(first, last).some(({ kind }) => kind === 'comma')
  // commas behind the digits: in thousands, in millions
  const behind = [...before.slice(last + 1), ...after].filter(({ kind }) => kind === 'comma').length
  const text = rounded(scaled / 1000 ** behind, after.filter(isDigit).length)
  const [whole = '0', decimals = ''] = text.split('.')
  const wholeText = fillWhole(whole === '0' ? '' : whole, before, thousands)
  return point < 0 ? wholeText : wholeText + fillDecimals(decimals, after)
}

/** Digits into their places from the right; what is left over stands before the leftmost place. */
function fillWhole(digits: string, tokens: readonly Token[], thousands: boolean): string {
  const first = tokens.findIndex(isDigit)
  let left = digits
  let placed = 0
  let text = ''
  const put = (digit: string): void => {
    text = digit + (thousands && placed > 0 && placed % 3 === 0 && digit.trim() !== '' ? ',' : '') + text
    if (digit !== '') placed++
  }
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i] as Token
    if (token.kind === 'comma') continue
    if (!isDigit(token)) {
      text = plain(token, 0) + text
      continue
    }
    put(left.at(-1) ?? filler(token))
    left = left.slice(0, -1)
    if (i === first) for (; left !== ''; left = left.slice(0, -1)) put(left.at(-1) as string)
  }
  if (first < 0 && left !== '') text += left
  return text
}

function fillDecimals(decimals: string, tokens: readonly Token[]): string {
  const places = tokens.filter(isDigit)
  let kept = decimals.length
  while (kept > 0 && decimals[kept - 1] === '0' && places[kept - 1]?.place !== '0') kept--
  let at = 0
  const text = tokens.map((token) => {
    if (token.kind === 'comma') return ''
    if (!isDigit(token)) return plain(token, 0)
    at++
    return at <= kept ? decimals[at - 1] : filler(token)
  })
  return (places.length > 0 && kept === 0 ? '' : '.') + text.join('')
}

function exponential(size: number, tokens: readonly Token[]): string {
  const at = tokens.findIndex(({ kind }) => kind === 'exponent')
  const point = tokens.findIndex(({ kind }) => kind === 'point')
  const before = tokens.slice(0, point < 0 ? at : point).filter(isDigit).length
  const decimals = point < 0 ? 0 : tokens.slice(point, at).filter(isDigit).length
  const power = size === 0 ? 0 : Math.floor(Math.log10(size) / before) * before
  const mantissa = rounded(size / 10 ** power, decimals)
  const digits = tokens.slice(at).filter(isDigit).length
  const plus = tokens.some((token) => token.kind === 'exponent' && token.plus)
  return `${mantissa}E${power < 0 ? '-' : plus ? '+' : ''}${String(Math.abs(power)).padStart(digits, '0')}`
}

/** 1 1/2: the nearest fraction whose denominator has as many digits as the code has places, or the one it names. */
function fraction(size: number, tokens: readonly Token[]): string {
  const slash = tokens.findIndex(({ kind }) => kind === 'slash')
  const above = tokens.slice(0, slash)
  const below = tokens.slice(slash + 1)
  const named = below.map((token) => (token.kind === 'text' ? token.text : '')).join('')
  const hasWhole = above.filter((token, i) => isDigit(token) && !isDigit(above[i - 1])).length > 1
  const whole = hasWhole ? Math.floor(size) : 0
  const [top, bottom] = /^\d+$/.test(named.trim())
    ? [Math.round((size - whole) * Number(named)), Number(named)]
    : nearest(size - whole, 10 ** below.filter(isDigit).length - 1)
  if (top === bottom) return String(whole + 1)
  if (top === 0) return String(whole)
  return `${hasWhole && whole > 0 ? `${whole} ` : ''}${top}/${bottom}`
}

function nearest(value: number, most: number): [top: number, bottom: number] {
  let best: [number, number] = [Math.round(value), 1]
  for (let bottom = 1; bottom <= Math.min(most, 9999); bottom++) {
    const top = Math.round(value * bottom)
    if (Math.abs(value - top / bottom) < Math.abs(value - best[0] / best[1]) - 1e-12) best = [top, bottom]
  }
  return best
}

function plain(token: Token, value: number): string {
  switch (token.kind) {
    case 'text':
      return token.text
    case 'percent':
      return '%'
    case 'slash':
      return '/'
    case 'point':
      return '.'
    case 'general':
    case 'value':
      return general(value)
    default:
      return ''
  }
}

const isDigit = (token: Token | undefined): token is Digit => token?.kind === 'digit'

const filler = ({ place }: Digit): string => (place === '0' ? '0' : place === '?' ? ' ' : '')
