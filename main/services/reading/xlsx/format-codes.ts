// Excel's number format codes taken apart: #,##0.00 or yyyy"年"m"月" as tokens. What a value looks like in them is
// the matter of number-format and date-format.

export type Token =
  | { readonly kind: 'text'; readonly text: string }
  /** a place for a digit: 0 always, # where there is one, ? with a space instead */
  | { readonly kind: 'digit'; readonly place: '0' | '#' | '?' }
  | { readonly kind: 'point' | 'comma' | 'percent' | 'slash' | 'general' | 'value' }
  | { readonly kind: 'exponent'; readonly plus: boolean }
  /** yyyy, mm, ddd, ggg ... in lower case; elapsed: [h] */
  | { readonly kind: 'date'; readonly code: string; readonly elapsed: boolean }
  /** AM/PM or A/P, as it is written in the code */
  | { readonly kind: 'half'; readonly text: string }
  /** .00 behind seconds */
  | { readonly kind: 'fraction'; readonly digits: number }

export interface Section {
  readonly tokens: readonly Token[]
  readonly isDate: boolean
  /** [>=100] */
  readonly condition: { readonly sign: string; readonly value: number } | null
  /** weekdays and halves of the day in Japanese, whatever the system's language: [$-411] */
  readonly japanese: boolean
  /** the first year of an era is called 元年 */
  readonly firstYear: boolean
}

const known = new Map<string, readonly Section[]>()

export function sectionsOf(code: string): readonly Section[] {
  const sections = known.get(code) ?? split(code).map(parse)
  // a file may bring any number of codes; they are short, but not kept for ever
  if (known.size > 2000) known.clear()
  known.set(code, sections)
  return sections
}

/** One part of a code at a time. */
const lexemes =
  /"(?<quoted>[^"]*)"?|\\(?<escaped>.)|[_*](?<padding>.)|\[(?<bracket>[^\]]*)\]|(?<general>general)|(?<half>am\/pm|a\/p)|(?<exponent>(?<=[0#?])e[+-])|(?<date>y+|m+|d+|h+|s+|g+|e+|aaaa?)|(?<single>.)/gisu

function split(code: string): string[] {
  const sections = ['']
  for (const [part] of code.matchAll(/"[^"]*"?|\\.|\[[^\]]*\]|./gsu)) {
    if (part === ';') sections.push('')
    else sections[sections.length - 1] += part
  }
  return sections
}

function parse(code: string): Section {
  const tokens: Token[] = []
  const marks = { condition: null as Section['condition'], japanese: false, firstYear: false }
  for (const { groups = {} } of code.matchAll(lexemes)) {
    const { quoted, escaped, padding, bracket, general, half, exponent, date, single } = groups
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted })
    else if (escaped !== undefined) tokens.push({ kind: 'text', text: escaped })
    else if (padding !== undefined) continue
    else if (bracket !== undefined) for (const token of ofBracket(bracket, marks)) tokens.push(token)
    else if (general !== undefined) tokens.push({ kind: 'general' })
    else if (half !== undefined) tokens.push({ kind: 'half', text: half })
    else if (exponent !== undefined) tokens.push({ kind: 'exponent', plus: exponent.endsWith('+') })
    else if (date !== undefined) tokens.push({ kind: 'date', code: date.toLowerCase(), elapsed: false })
    else tokens.push(ofCharacter(single ?? ''))
  }
  const isDate = tokens.some(({ kind }) => kind === 'date')
  return { ...marks, isDate, tokens: isDate ? withMinutes(withFractions(tokens)) : tokens }
}

/** Elapsed hours, a condition, a currency with its country; colours and the like say nothing here. */
function ofBracket(
  inside: string,
  marks: { condition: Section['condition']; japanese: boolean; firstYear: boolean }
): Token[] {
  const compared = /^(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$/.exec(inside)
  if (/^(h+|m+|s+)$/i.test(inside)) return [{ kind: 'date', code: inside.toLowerCase(), elapsed: true }]
  if (compared) marks.condition = { sign: compared[1] as string, value: Number(compared[2]) }
  const [, sign = '', place = ''] = /^\$([^-]*)-?(.*)$/.exec(inside) ?? []
  if (/411$|^ja/i.test(place.split(',')[0] ?? '')) marks.japanese = true
  if (/gannen/i.test(place)) marks.firstYear = true
  return sign === '' ? [] : [{ kind: 'text', text: sign }]
}

function ofCharacter(c: string): Token {
  switch (c) {
    case '0':
    case '#':
    case '?':
      return { kind: 'digit', place: c }
    case '.':
      return { kind: 'point' }
    case ',':
      return { kind: 'comma' }
    case '%':
      return { kind: 'percent' }
    case '/':
      return { kind: 'slash' }
    case '@':
      return { kind: 'value' }
    default:
      return { kind: 'text', text: c }
  }
}

/** s.00: the point and the zeros behind seconds are parts of a second; other signs in a date stand for themselves. */
function withFractions(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    let zeros = 0
    while (tokens[i + 1 + zeros]?.kind === 'digit') zeros++
    if (token.kind === 'point' && zeros > 0 && joined.at(-1)?.kind === 'date') {
      joined.push({ kind: 'fraction', digits: zeros })
      i += zeros
    } else joined.push(plainInDates(token))
  }
  return joined
}

function plainInDates(token: Token): Token {
  const signs: Partial<Record<Token['kind'], string>> = { point: '.', comma: ',', percent: '%', slash: '/' }
  const sign = signs[token.kind]
  return sign === undefined ? token : { kind: 'text', text: sign }
}

/** m is a minute behind an hour or before a second, else a month. */
function withMinutes(tokens: readonly Token[]): Token[] {
  const dates = tokens.filter((token) => token.kind === 'date')
  return tokens.map((token) => {
    if (token.kind !== 'date' || token.elapsed || !/^m{1,2}$/.test(token.code)) return token
    const at = dates.indexOf(token)
    const isMinute = dates[at - 1]?.code[0] === 'h' || dates[at + 1]?.code[0] === 's'
    return isMinute ? { ...token, code: token.code.replaceAll('m', 'n') } : token
  })
}
