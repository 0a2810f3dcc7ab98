// Differences of writing that mean nothing, each with its one way out: half-width kana, full-width letters and
// digits, other compatibility forms, spaces at line ends. They do not overlap. Applied only where chosen.
import type { Example } from '../../../contract/records'
import type { Normalisation } from '../../../contract/window/data'
import { signs, signsIn } from '../../reading/signs-of-text'
import { inPieces } from '../kept/search-form'
import { kindOf } from '../kinds'

export const normalisations: readonly Normalisation[] = [
  'half-width-kana',
  'full-width-ascii',
  'nfkc',
  'trailing-space'
]

/** Letters and digits, and the signs between digits: １，０００　０３－１２３４　９：３０　５０％. Other full-width signs
 *  （「！」「（」「～」） are good Japanese and stay. */
const fullWidth =
  /[０-９Ａ-Ｚａ-ｚ]+(?:(?<=[０-９])[．，：／－](?=[０-９])[０-９Ａ-Ｚａ-ｚ]+)*(?:(?<=[０-９])％)?/g

/** Runs in which only NFKC sees a difference, without what the other kinds see to and without signs that belong to
 *  Japanese text: full-width signs and space, …, ‥, ￥ */
const others = /(?:[A-Za-z](?=[\u0300-\u036f]))?[^\x00-\x7f\u3000\uff01-\uff9f\uffe0-\uffe6\u2025\u2026]+/g

interface Kind {
  /** places where a text may differ; the whole of each is replaced */
  readonly places: RegExp
  readonly replace: (place: string) => string
}

const kinds: Readonly<Record<Normalisation, Kind>> = {
  // ヴ and パ are two characters each in half width
  'half-width-kana': { places: /[\uff61-\uff9f]+/g, replace: (place) => place.normalize('NFKC') },
  'full-width-ascii': { places: fullWidth, replace: (place) => place.normalize('NFKC') },
  nfkc: { places: others, replace: (place) => place.normalize('NFKC') },
  'trailing-space': { places: /(?<![ \t\u3000\u00a0])[ \t\u3000\u00a0]+(?=\r?\n|$)/g, replace: () => '' }
}

export function normaliseText(text: string, kind: Normalisation): string {
  // most text has nothing to look at
  if (kind !== 'trailing-space' && isAscii(text)) return text
  const { places, replace } = kinds[kind]
  return text.replace(places, replace)
}

/** An example with its texts normalised; the very same one where nothing differs. */
export function normaliseExample(example: Example, chosen: readonly Normalisation[]): Example {
  if (chosen.length === 0) return example
  return kindOf(example).mapTexts(example, (text) => chosen.reduce(normaliseText, text))
}

export interface Places {
  readonly count: number
  readonly example: { readonly before: string; readonly after: string } | null
}

export type AllPlaces = Readonly<Record<Normalisation, Places>>

/** Where an example differs, by kind. */
export function placesOf(example: Example): AllPlaces {
  const texts = kindOf(example).texts(example)
  if (texts.every(isPlain)) return noPlacesAtAll
  const pieces = texts.flatMap((text) => [...inPieces(text)])
  return eachKind((kind) => pieces.map((piece) => placesIn(piece, kind)).reduce(added, noPlaces))
}

const noPlaces: Places = { count: 0, example: null }

const added = (a: Places, b: Places): Places => ({
  count: a.count + b.count,
  example: a.example ?? b.example
})

const eachKind = (places: (kind: Normalisation) => Places): AllPlaces =>
  Object.fromEntries(normalisations.map((kind) => [kind, places(kind)])) as unknown as AllPlaces

export const noPlacesAtAll = eachKind(() => noPlaces)

export const bothPlaces = (a: AllPlaces, b: AllPlaces): AllPlaces =>
  eachKind((kind) => added(a[kind], b[kind]))

/** Nothing in it differs, whatever the kind: what NFKC leaves alone as a whole, it leaves alone in every part. */
function isPlain(text: string): boolean {
  const own = signsIn(text)
  return (
    ((own & signs.other) === 0 || [...inPieces(text)].every((piece) => piece.normalize('NFKC') === piece)) &&
    ((own & signs.blank) === 0 || !/[ \t\u3000\u00a0](?:\r?\n|$)/.test(text))
  )
}

function placesIn(text: string, kind: Normalisation): Places {
  if (kind !== 'trailing-space' && isAscii(text)) return noPlaces
  const { places, replace } = kinds[kind]
  let count = 0
  let example: Places['example'] = null
  for (const match of text.matchAll(places)) {
    const after = replace(match[0])
    if (after === match[0]) continue
    // a run may hold several places: what differs in it counts one by one
    count += kind === 'nfkc' ? differing(match[0]) : 1
    example ??= shown(text, match.index, match[0], after, kind)
  }
  return { count, example }
}

const mark = /\p{M}/u
const firstMark = '\u0300'

/** Characters of a run that NFKC writes otherwise, with the marks that melt into them. */
function differing(run: string): number {
  let count = 0
  let letter = ''
  let repeated = ''
  let differs = false
  const ended = (): void => {
    // a long run is mostly one letter over and over
    if (letter !== repeated) {
      differs = letter !== letter.normalize('NFKC')
      repeated = letter
    }
    if (differs) count++
  }
  // a mark belongs to the letter before it
  for (const character of run) {
    if (character >= firstMark && mark.test(character)) letter += character
    else {
      ended()
      letter = character
    }
  }
  ended()
  return Math.max(1, count)
}

/** The place with a little of what stands around it; of a long run, the part that differs. */
function shown(
  text: string,
  at: number,
  before: string,
  after: string,
  kind: Normalisation
): Places['example'] {
  let [start, end] = [0, 0]
  while (start < before.length && before[start] === after[start]) start++
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const behind = text.slice(at + before.length - end).slice(0, 8)
  // the next place is changed as well; where a text is cut, no line ends
  const behindAfter = kind === 'trailing-space' ? behind : normaliseText(behind, kind)
  const around = (changed: string, rest: string): string =>
    `${text.slice(Math.max(0, at + start - 8), at + start)}${changed.slice(0, 40)}${rest}`
  // half a pair of surrogates has no place in a sample
  const clean = (part: string): string => part.replace(/\p{Surrogate}/gu, '').replace(/\n/g, '⏎')
  return {
    before: clean(around(before.slice(start, before.length - end), behind)),
    after: clean(around(after.slice(start, after.length - end), behindAfter))
  }
}

// the ASCII range is a run of code units
function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text)
}
