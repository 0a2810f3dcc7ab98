// Excel's number format codes taken apart: #,##0.00 or yyyy"年"m"月" as tokens. What a value looks like in them is
// the matter of number-format and date-format.

import { limits } from '../limits'

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
  // a file may bring any number of codes; they are not kept for ever
  if (known.size > 500) known.clear()
  known.set(code, sections)
  return sections
}

/** A part of a code that stands for itself or says what it is by its first sign. */
interface Lexeme {
  readonly kind:
    'quoted' | 'escaped' | 'padding' | 'bracket' | 'general' | 'half' | 'exponent' | 'date' | 'single'
  readonly text: string
}

/** The code taken apart, section by section. Every sign is looked at once: a bracket that is never closed is one sign. */
function split(code: string): Lexeme[][] {
  const sections: Lexeme[][] = [[]]
  // longer than any that Excel takes: shown as it would be without one
  if (code.length > limits.numberFormat) return [[{ kind: 'general', text: 'General' }]]
  // letters outside ASCII may change their length
  const lower = code.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const lastBracket = code.lastIndexOf(']')
  for (let at = 0; at < code.length;) {
    const [lexeme, length] = lexemeAt(code, lower, at, lastBracket)
    if (lexeme.kind === 'single' && lexeme.text === ';') sections.push([])
    else sections.at(-1)?.push(lexeme)
    at += length
  }
  return sections
}

function lexemeAt(code: string, lower: string, at: number, lastBracket: number): [Lexeme, number] {
  const first = lower[at] as string
  if (first === '"') {
    const end = code.indexOf('"', at + 1)
    const to = end < 0 ? code.length : end
    return [{ kind: 'quoted', text: code.slice(at + 1, to) }, to + 1 - at]
  }
  const sign = String.fromCodePoint(code.codePointAt(at) as number)
  const next = at + 1 < code.length ? String.fromCodePoint(code.codePointAt(at + 1) as number) : ''
  if (first === '\\' && next !== '') return [{ kind: 'escaped', text: next }, 1 + next.length]
  if ((first === '_' || first === '*') && next !== '')
    return [{ kind: 'padding', text: next }, 1 + next.length]
  if (first === '[' && at < lastBracket) {
    const end = code.indexOf(']', at)
    return [{ kind: 'bracket', text: code.slice(at + 1, end) }, end + 1 - at]
  }
  for (const [kind, words] of fixedWords) {
    const word = words.find((one) => lower.startsWith(one, at))
    if (word !== undefined && (kind !== 'exponent' || /[0#?]/.test(code[at - 1] ?? '')))
      return [{ kind, text: code.slice(at, at + word.length) }, word.length]
  }
  if ('ymdhsge'.includes(first) || lower.startsWith('aaa', at)) {
    let end = at + 1
    while (lower[end] === first && (first !== 'a' || end < at + 4)) end++
    return [{ kind: 'date', text: code.slice(at, end) }, end - at]
  }
  return [{ kind: 'single', text: sign }, sign.length]
}

const fixedWords: readonly (readonly [Lexeme['kind'], readonly string[]])[] = [
  ['general', ['general']],
  ['half', ['am/pm', 'a/p']],
  ['exponent', ['e+', 'e-']]
]

function parse(lexemes: readonly Lexeme[]): Section {
  const tokens: Token[] = []
  const marks = { condition: null as Section['condition'], japanese: false, firstYear: false }
  for (const { kind, text } of lexemes) {
    if (kind === 'quoted' || kind === 'escaped') tokens.push({ kind: 'text', text })
    else if (kind === 'bracket') for (const token of ofBracket(text, marks)) tokens.push(token)
    else if (kind === 'general') tokens.push({ kind: 'general' })
    else if (kind === 'half') tokens.push({ kind: 'half', text })
    else if (kind === 'exponent') tokens.push({ kind: 'exponent', plus: text.endsWith('+') })
    else if (kind === 'date') tokens.push({ kind: 'date', code: text.toLowerCase(), elapsed: false })
    else if (kind === 'single') tokens.push(ofCharacter(text))
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
  const [sign, place] = currencyOf(inside)
  if (/411$|^ja/i.test(place.split(',')[0] ?? '')) marks.japanese = true
  if (/gannen/i.test(place)) marks.firstYear = true
  return sign === '' ? [] : [{ kind: 'text', text: sign }]
}

/** [$¥-411] and its like: what is shown, and the country. */
function currencyOf(inside: string): [sign: string, place: string] {
  if (!inside.startsWith('$')) return ['', '']
  const dash = inside.indexOf('-')
  return dash < 0 ? [inside.slice(1), ''] : [inside.slice(1, dash), inside.slice(dash + 1)]
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
