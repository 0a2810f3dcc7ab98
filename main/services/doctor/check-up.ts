// The check-up of a whole set: each row is looked at once as it comes, what rows have in common is found at the end, and the
// few rows that may be alike are read a second time. Linear in the rows; in memory are numbers for each row and what is shown.
import type { CheckChoices, CheckUp, KeepChoice, PersonalItem } from '../../contract/check-up'
import { findingRows } from '../../contract/findings'
import { Pauses } from '../reading/pauses'
import { Hits, type Found } from './hits'
import { OneRow } from './one-row'
import { placeOf, rowOf, type CheckedExample } from './row'
import { AlikeRows } from './whole/alike-rows'
import { Amount, type Goal } from './whole/amount'
import { Labels } from './whole/labels'
import { Topics } from './whole/topics'
import { WaysOfWriting, type Unifying } from './whole/ways'

/** What is checked. */
export interface CheckSource {
  readonly count: number
  /** all, in order and in parts */
  parts(): AsyncIterable<readonly CheckedExample[]>
  /** those at these places in the order of the set, given in order */
  at(places: readonly number[]): Promise<readonly CheckedExample[]>
}

export interface CheckOptions extends CheckChoices {
  readonly goal: Goal
  readonly keep: KeepChoice
  /** places in the order of the set of those whose end is cut off, in order; absent: nobody has counted */
  readonly tooLong?: Uint32Array | undefined
  readonly signal?: AbortSignal | undefined
  /** rows that were looked at */
  readonly onProgress?: ((rows: number) => void) | undefined
}

export interface Checked extends CheckUp {
  /** by the finding's place among the findings: index of each row that its repair is for, in order */
  readonly targets: readonly Uint32Array[]
  /** what there is of personal data, each value once, the most frequent first */
  readonly personal: readonly PersonalItem[]
  /** words of which the repair of notations makes one */
  readonly unify: readonly Unifying[]
}

export async function checkUp(source: CheckSource, options: CheckOptions): Promise<Checked> {
  const pauses = new Pauses()
  const alone = new OneRow(options)
  const ways = new WaysOfWriting(options)
  const labels = new Labels()
  const amount = new Amount()
  const topics = new Topics()
  const alike = new AlikeRows(source.count)
  const long = new Hits('too-long')
  const tooLong = new Set(options.tooLong)
  let at = 0
  for await (const part of source.parts()) {
    for (const one of part) {
      options.signal?.throwIfAborted()
      const row = rowOf(one, at++)
      if (tooLong.has(row.at)) {
        long.count++
        long.target(row.index)
        if (long.wantsExamples) long.show({ places: [placeOf(row)], excerpt: null })
      }
      for (const looker of [alone, ways, labels, amount, topics, alike]) looker.look(row)
      await pauses.whenDue()
    }
    options.onProgress?.(at)
  }
  const isLabels = labels.areMeant
  const read = async (places: readonly number[]): ReturnType<Parameters<AlikeRows['found']>[0]> => {
    options.signal?.throwIfAborted()
    return (await source.at(places)).map((one, i) => rowOf(one, places[i] as number))
  }
  const found: Found[] = [
    ...alone.found(isLabels),
    ...[long.found() ?? []].flat(),
    ...ways.found(isLabels),
    ...labels.found(),
    ...(await alike.found(read, options.keep, isLabels)),
    ...topics.found(isLabels),
    ...amount.found(options.goal, isLabels)
  ]
  found.sort(byHarm)
  return {
    examples: at,
    findings: found.map(({ finding }) => finding),
    targets: found.map(({ targets }) => targets),
    personal: alone.personal(),
    unify: ways.unify
  }
}

/** Harm first, then count. */
export const byHarm = (
  { finding: a }: Pick<Found, 'finding'>,
  { finding: b }: Pick<Found, 'finding'>
): number => findingRows[b.kind].harm - findingRows[a.kind].harm || b.count - a.count
