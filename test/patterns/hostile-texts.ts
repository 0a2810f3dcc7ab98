// Texts made to lead one regular expression astray: what it repeats, over and over, with an end that does not fit; and
// its beginning, over and over, without the rest.
import type { Pattern } from './find-patterns'

/** One part of a pattern that takes characters, with some that fit it. */
interface Atom {
  readonly samples: readonly string[]
  readonly repeats: boolean
}

/** Does anything in it repeat without a bound, or with a wide one? What does not is linear, wherever it stands. */
export function repeats({ source }: Pattern): boolean {
  return atomsOf(source).some((atom) => atom.repeats) || /\)([*+]|\{\d*,\d*\})/.test(source)
}

export function hostileTexts({ source }: Pattern, length: number): string[] {
  const atoms = atomsOf(source)
  const texts = new Set<string>()
  const misfit = '\u0001'
  const add = (before: string, unit: string): void => {
    if (unit === '') return
    const many = unit.repeat(Math.max(1, Math.floor(length / unit.length)))
    texts.add(before + many)
    texts.add(before + many + misfit)
  }
  let before = ''
  for (const [i, { samples, repeats }] of atoms.entries()) {
    if (repeats || i < 2) for (const sample of samples) add(before, sample)
    before += samples[0] ?? ''
    // the beginning again and again: every one of them looks for an end
    add('', before)
    const next = atoms[i + 1]
    if (next && (repeats || next.repeats)) add(before, (samples[0] ?? '') + (next.samples[0] ?? ''))
  }
  for (const common of [' ', 'a', '0', '\n', 'あ', '.', '-', '\\', '"', ',', '<a', '0.', 'a,', ' \n'])
    add('', common)
  return [...texts]
}

const classes: Readonly<Record<string, readonly string[]>> = {
  s: [' ', '\n', '\t'],
  S: ['a', 'あ'],
  d: ['1'],
  D: ['a'],
  w: ['a', '1', '_'],
  W: [' ', '-'],
  '.': ['x', ' ', 'あ']
}

/** A rough reading, alternatives one behind the other: enough to know what fits where. */
function atomsOf(source: string): Atom[] {
  const atoms: Atom[] = []
  for (let at = 0; at < source.length;) {
    const [samples, length] = atomAt(source, at)
    at += length
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at, at + 12))?.[0] ?? ''
    at += quantifier.length
    if (samples.length > 0) atoms.push({ samples, repeats: isWide(quantifier) })
  }
  return atoms
}

function isWide(quantifier: string): boolean {
  if (/^[*+]/.test(quantifier)) return true
  const most = /^\{\d+,(\d*)\}/.exec(quantifier)?.[1]
  return most !== undefined && (most === '' || Number(most) > 64)
}

function atomAt(source: string, at: number): [samples: readonly string[], length: number] {
  const c = source[at] as string
  if (c === '\\') return escapeAt(source, at)
  if (c === '[') return classAt(source, at)
  if (c === '(')
    return [[], /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(source.slice(at, at + 40))?.[0].length ?? 1]
  if (')|^$'.includes(c)) return [[], 1]
  return [classes[c] ?? [c], 1]
}

function escapeAt(source: string, at: number): [samples: readonly string[], length: number] {
  const next = source[at + 1] ?? ''
  const code = /^\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/i.exec(source.slice(at, at + 12))
  if (code)
    return [[String.fromCodePoint(parseInt(code[1] ?? code[2] ?? code[3] ?? '0', 16))], code[0].length]
  const property = /^\\p\{[^}]*\}/i.exec(source.slice(at))?.[0]
  if (property) return [['a', 'あ', '1'], property.length]
  if (next === 'b' || next === 'B') return [[], 2]
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' }
  return [classes[next] ?? [named[next] ?? next], 2]
}

function classAt(source: string, at: number): [samples: readonly string[], length: number] {
  const samples: string[] = []
  let i = at + 1
  const isNegated = source[i] === '^'
  if (isNegated) i++
  while (i < source.length && source[i] !== ']') {
    const [found, length] = source[i] === '\\' ? escapeAt(source, i) : [[source[i] as string], 1]
    samples.push(...found)
    i += length
  }
  const all = isNegated
    ? ['x', ' ', 'あ', '1', '<', '"', '('].filter((one) => !samples.includes(one))
    : samples
  return [all.slice(0, 4), i + 1 - at]
}
