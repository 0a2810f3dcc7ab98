// What is doubtful in the answers of a comparison: the marks beside them, how many are to be looked at, and what of the sample
// the table counts, all say the same. Pure.
import type { Checked, Troubles } from '../contract/answer-troubles'
import type { EvaluatedPair } from '../contract/window/results'
import { hasTroubles, noTroubles, troublesBeside } from './answer-troubles'
import { houseWords } from './other-topic'

export type Side = 'base' | 'tuned'

/** What the house says again and again: asked once for all pairs, and not for each. */
export const houseOf = (pairs: readonly EvaluatedPair[]): ReadonlySet<string> =>
  houseWords(pairs.map((pair) => pair.reference))

/** What the sample's own check does not find in an answer; null: the pair is none of the sample's. */
export const missedIn = ({ sample }: EvaluatedPair, side: Side): readonly Checked[] | null =>
  sample && [
    ...(sample[`${side}Tone`] ? [] : ['tone' as const]),
    ...(sample[`${side}Facts`] ? [] : ['facts' as const])
  ]

/** Of the pairs of the sample, those whose answer keeps it. */
export const keptIn = (pairs: readonly EvaluatedPair[], side: Side, what: Checked): number =>
  pairs.filter((pair) => missedIn(pair, side)?.includes(what) === false).length

/** Of a further candidate's answer; house: of all pairs (houseOf) */
export const troublesIn = (
  { question, reference }: EvaluatedPair,
  answer: string,
  house: ReadonlySet<string>
): Troubles => troublesBeside(answer, reference, question, house)

/** Of one of the two: a refusal is said in its own words, and nobody taught the base model the tone. */
export function troublesOn(pair: EvaluatedPair, side: Side, house: ReadonlySet<string>): Troubles {
  if (side === 'tuned' && pair.refused !== undefined) return noTroubles
  const missed = (missedIn(pair, side) ?? []).filter((what) => what === 'facts' || side === 'tuned')
  return { ...troublesIn(pair, pair[side], house), missed }
}

/** Places of the pairs whose tuned answer has something to look at, or was refused. */
export function doubtfulPairs(pairs: readonly EvaluatedPair[]): readonly number[] {
  const house = houseOf(pairs)
  return pairs.flatMap((pair, at) =>
    pair.refused !== undefined || hasTroubles(troublesOn(pair, 'tuned', house)) ? [at] : []
  )
}
