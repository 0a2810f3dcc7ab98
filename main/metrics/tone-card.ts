// The scorecard of a tone: what the user's own answers have in common, and how much of it an answer carries. Learnt from
// these answers alone; nobody has to describe a tone. Pure.
import type { Lengths, TraitName } from '../contract/evaluation'
import { housePhrases, type HousePhrase } from './house-phrases'
import { quantile } from './intervals'
import {
  closingOf,
  endingsOf,
  lengthOf,
  levelOf,
  openingOf,
  termsOf,
  writings,
  type Level
} from './tone-traits'

export interface LearntTone {
  readonly answers: number
  readonly level: Level
  /** the commonest first; [] where they have nothing in common */
  readonly greetings: readonly HousePhrase[]
  readonly signOffs: readonly HousePhrase[]
  readonly length: Lengths
  readonly endings: ReadonlySet<string>
  /** words that come again and again, without being asked for */
  readonly terms: ReadonlySet<string>
  /** places in `writings` of pairs of which the house keeps one, and which */
  readonly writings: readonly (readonly [number, 0 | 1])[]
  readonly forbidden: readonly string[]
}

/** null: the trait says nothing about this answer. */
export type Traits = Readonly<Record<TraitName, boolean | null>>

/** fewest answers that can have something in common */
const fewest = 3
/** an ending is the house's where this share of answers has it */
const usualShare = 0.1
/** the house keeps one writing where it is this share of both */
const keptShare = 0.8

/** `questions`, one for each answer: what somebody asks for by name is the matter of the answer, no habit of the house. */
export function learnTone(
  answers: readonly string[],
  forbidden: readonly string[] = [],
  questions: readonly string[] = []
): LearntTone {
  const all = answers.length
  const usual = (of: readonly string[]): readonly string[] =>
    [...counted(of)]
      .filter(([text, count]) => text !== '' && count >= Math.max(fewest, usualShare * all))
      .map(([text]) => text)
  const [level] = [...counted(answers.map(levelOf))].sort(([, a], [, b]) => b - a)[0] ?? ['plain' as Level]
  return {
    answers: all,
    level: level as Level,
    greetings: housePhrases(answers.map(openingOf), questions),
    signOffs: housePhrases(answers.map(closingOf), questions),
    length: lengthsOf(answers),
    endings: new Set(usual(answers.flatMap(endingsOf))),
    terms: new Set(
      [
        ...counted(
          answers.flatMap((answer, at) =>
            [...termsOf(answer)].filter((term) => !questions[at]?.includes(term))
          )
        )
      ]
        .filter(([, count]) => count >= fewest)
        .map(([term]) => term)
    ),
    writings: writings.flatMap(([first, second], at) => {
      const [a, b] = [first, second].map((one) => answers.filter((answer) => one.test(answer)).length)
      const [most, least] = [Math.max(a ?? 0, b ?? 0), Math.min(a ?? 0, b ?? 0)]
      if (most < fewest || most < keptShare * (most + least)) return []
      // a sign without another writing is the house's only where it is in nearly every answer
      if (least === 0 && second.source === '(?!)' && most < keptShare * all) return []
      return [[at, (a ?? 0) >= (b ?? 0) ? 0 : 1] as const]
    }),
    forbidden: forbidden.map((word) => word.trim()).filter((word) => word !== '')
  }
}

/** Nought for no answers. */
export function lengthsOf(answers: readonly string[]): Lengths {
  const lengths = answers.map(lengthOf).sort((a, b) => a - b)
  if (lengths.length === 0) return { low: 0, median: 0, high: 0 }
  const at = (share: number): number => quantile(lengths, share)
  return { low: Math.floor(at(0.05)), median: at(0.5), high: Math.ceil(at(0.95)) }
}

/** What an answer has of the tone; `reference` says which terms it was to use. */
export function traitsOf(answer: string, reference: string, tone: LearntTone): Traits {
  const wanted = [...termsOf(reference)].filter((term) => tone.terms.has(term))
  const endings = endingsOf(answer)
  const length = lengthOf(answer)
  const begins = (learnt: readonly HousePhrase[], own: string): boolean | null =>
    learnt.length === 0 ? null : learnt.some(({ text }) => alike(text, own))
  const other = tone.writings.filter(([at, kept]) => writings[at]?.[kept === 0 ? 1 : 0].test(answer))
  return {
    level: levelOf(answer) === tone.level,
    greeting: begins(tone.greetings, openingOf(answer)),
    signOff: begins(tone.signOffs, closingOf(answer)),
    length: length >= tone.length.low && length <= tone.length.high,
    endings: endings.length === 0 ? false : tone.endings.size === 0 ? null : mostly(endings, tone.endings),
    terms: wanted.length === 0 ? null : wanted.every((term) => answer.includes(term)),
    writing: tone.writings.length === 0 ? null : other.length === 0,
    forbidden: tone.forbidden.length === 0 ? null : !tone.forbidden.some((word) => answer.includes(word))
  }
}

/** The same beside a reference: what the house's own answer to this question has not is not missed in another. */
export function traitsBeside(answer: string, reference: string, tone: LearntTone): Traits {
  const [own, asked] = [traitsOf(answer, reference, tone), traitsOf(reference, reference, tone)]
  const names = Object.keys(own) as TraitName[]
  return Object.fromEntries(
    names.map((name) => [name, asked[name] === false && name !== 'forbidden' ? null : own[name]])
  ) as Traits
}

/** [traits that it has, traits that say something] */
export function toneCounts(traits: Traits): readonly [number, number] {
  const said = Object.values(traits).filter((one) => one !== null)
  return [said.filter(Boolean).length, said.length]
}

/** Width and the last mark do not matter. */
const alike = (a: string, b: string): boolean => plain(a) === plain(b)
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s。．.!！、,]/gu, '')
    .toLowerCase()

const mostly = (endings: readonly string[], known: ReadonlySet<string>): boolean =>
  endings.filter((ending) => known.has(ending)).length * 2 >= endings.length

function counted(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
