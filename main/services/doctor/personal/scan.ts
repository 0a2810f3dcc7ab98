// Personal data in a text: every scanner of the table, and of what overlaps the one that stands first in it.
import { personalKinds } from '../../../contract/findings'
import { masks } from '../../../metrics/masks'
import { dateScanners } from './dates'
import { japaneseNames } from './japanese-names'
import { networkScanners } from './network'
import { numberScanners } from './numbers'
import { ownNumbers, type OwnPattern } from './own-patterns'
import { phoneScanners } from './phones'
import { placeScanners } from './places'
import { plainForm } from './plain-form'
import type { Found, Need, Scanner } from './scanner'
import { secretScanners } from './secrets'
import { westernNames } from './western-names'
import { matchesOf } from '../matches'

export const scanners: readonly Scanner[] = [
  ...secretScanners,
  ...networkScanners,
  ...numberScanners,
  ...phoneScanners,
  ...dateScanners,
  ...placeScanners
]

const needs: Readonly<Record<Need, (text: string) => boolean>> = {
  digit: (text) => /\d[^\d\n]{0,3}\d/.test(text),
  at: (text) => text.includes('@'),
  letter: (text) => /[A-Za-z]{2}/.test(text),
  colon: (text) => text.includes(':'),
  word: (text) => /[!-~]{5}/.test(text),
  place: (text) => /[市区町村郡]/.test(text) && /\d|丁目|番地|番/.test(text)
}
/** of which all but a place is written */
const plainSign = /[!-~]/

/** order: of its scanner in the table */
type Ordered = Found & { readonly order: number }

/** In order, none over another. */
export function scanPersonal(text: string, own: readonly OwnPattern[] = []): readonly Found[] {
  const plain = plainForm(text)
  const all: Ordered[] = []
  const isAnyPlain = plainSign.test(plain)
  const met: Partial<Record<Need, boolean>> = {}
  for (let order = 0; order < scanners.length; order++) {
    const scanner = scanners[order] as Scanner
    const has = (met[scanner.needs] ??=
      (isAnyPlain || scanner.needs === 'place') && needs[scanner.needs](plain))
    if (has) for (const found of foundBy(scanner, plain)) all.push({ ...found, order })
  }
  for (const pattern of own)
    for (const [start, end] of ownNumbers(plain, pattern))
      all.push({ kind: 'own-number', start, end, value: valueOf(plain.slice(start, end)), order: 0 })
  const name = ([start, end]: readonly [number, number]): void => {
    all.push({ kind: 'name', start, end, value: valueOf(plain.slice(start, end)), order: 0 })
  }
  if (/[^\x00-\xff]/.test(plain)) for (const span of japaneseNames(plain)) name(span)
  if (isAnyPlain && needs.letter(plain)) for (const span of westernNames(plain)) name(span)
  return all.length === 0 ? all : apart(all, text)
}

function* foundBy({ kind, pattern, check, value = valueOf }: Scanner, text: string): Generator<Found> {
  for (const match of matchesOf(text, pattern)) {
    const it = match.groups?.['it'] ?? match[0]
    // a bracket around all of it is not part of it
    const words = it.trim().replace(/^\((?=[^)]{0,60}$)/, '')
    const start = match.index + match[0].lastIndexOf(it) + it.indexOf(words)
    const end = start + words.length
    if (words === '' || (check && !check({ text, match, start, end, words }))) continue
    yield { kind, start, end, value: value(words) }
  }
}

const valueOf = (words: string): string => words.toLowerCase().replace(/[\s()（）・.-]/g, '')

const rank = new Map(personalKinds.map((kind, i) => [kind, i]))

function apart(all: readonly Ordered[], text: string): readonly Found[] {
  const taken: { readonly start: number; readonly end: number }[] = []
  if (/[［[]/.test(text))
    for (const { index, 0: words } of matchesOf(text, masks))
      taken.push({ start: index, end: index + words.length })
  const sorted = [...all].sort(
    (a, b) =>
      (rank.get(a.kind) as number) - (rank.get(b.kind) as number) ||
      a.order - b.order ||
      b.end - b.start - (a.end - a.start)
  )
  const kept: Found[] = []
  for (const { order: _, ...found } of sorted) {
    if (taken.some(({ start, end }) => found.start < end && start < found.end)) continue
    taken.push(found)
    kept.push(found)
  }
  return kept.sort((a, b) => a.start - b.start)
}
