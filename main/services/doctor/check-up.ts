// The check-up of a whole set: each row is looked at once as it comes, what rows have in common is found at the end, and the
// few rows that may be alike are read a second time. Linear in the rows; in memory are numbers for each row and what is shown.
import type { CheckChoices, CheckUp, KeepChoice, PersonalItem } from '../../contract/check-up'
import { findingRows } from '../../contract/findings'
import type { Example } from '../../contract/records'
import { Pauses } from '../reading/pauses'
import { Hits, type Found } from './hits'
import { OneRow } from './one-row'
import { placeOf, rowOf, type CheckedExample, type CheckedRow } from './row'
import { thresholds } from './thresholds'
import { Topics, type FoundTopics } from './topics/topics'
import { AlikeRows, type ReadRows } from './whole/alike-rows'
import type { DrawWithout } from './whole/both-sides'
import { Amount, type Goal } from './whole/amount'
import { Labels } from './whole/labels'
import { WaysOfWriting, type Unifying } from './whole/ways'

/** What is checked. */
export interface CheckSource {
  readonly count: number
  /** all, in order and in parts */
  parts(): AsyncIterable<readonly CheckedExample[]>
  /** those at these places in the order of the set, given in order */
  at(places: readonly number[]): Promise<readonly CheckedExample[]>
  /** of the one at this place */
  indexOf(place: number): number
  /** which would be held out without some of them; absent: the same ones */
  readonly drawWithout?: DrawWithout
}

/** What of it: each row by itself, and how it is written beside the others; rows that are alike; those whose end is cut off. They
 *  need nothing of one another, so that two processes may share them. */
export const checkParts = ['rows', 'whole', 'long'] as const
export type CheckPart = (typeof checkParts)[number]

export interface CheckOptions extends CheckChoices {
  readonly goal: Goal
  readonly keep: KeepChoice
  /** names that masks have put placeholders for, as they may stand elsewhere still; absent: there are no masks */
  readonly names?: readonly string[] | undefined
  /** what the goal learns from: rows of other kinds are not looked at, so that nothing is said of them; absent: all */
  readonly kinds?: readonly Example['kind'][] | undefined
  /** absent: all */
  readonly parts?: readonly CheckPart[] | undefined
  /** places in the order of the set of those whose end is cut off, in order; absent: nobody has counted */
  readonly tooLong?: Uint32Array | undefined
  readonly signal?: AbortSignal | undefined
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
  const { parts = checkParts, kinds, signal } = options
  const pauses = new Pauses()
  const labels = new Labels()
  const each = parts.includes('rows') ? new EachRow(options) : null
  const alike = parts.includes('whole') ? new AlikeRows(source.count) : null
  const lookers = [labels, ...(each?.lookers ?? []), ...(alike ? [alike] : [])]
  const walk = async (look: (row: CheckedRow) => void, leaveOut?: (at: number) => void): Promise<void> => {
    let at = 0
    for await (const part of source.parts())
      for (const one of part) {
        signal?.throwIfAborted()
        if (kinds && !kinds.includes(one.example.kind)) leaveOut?.(at)
        else look(rowOf(one, at))
        at++
        await pauses.whenDue()
      }
  }
  let looked = 0
  const lookAt = (row: CheckedRow): void => {
    looked++
    for (const looker of lookers) looker.look(row)
  }
  if (lookers.length > 1) await walk(lookAt, (at) => alike?.leaveOut({ at }))
  if (each?.wantsAgain) await walk((row) => each.lookAgain(row))
  const isLabels = labels.areMeant
  const read: ReadRows = async (places) => {
    signal?.throwIfAborted()
    return (await source.at(places)).map((one, i) => rowOf(one, places[i] as number))
  }
  const topics = (await each?.topics(read, isLabels)) ?? null
  const found: Found[] = [
    ...(each ? [...each.found(isLabels, labels.count), ...(topics?.found ?? []), ...labels.found()] : []),
    ...(parts.includes('long') ? await cutOff(source, read, options.tooLong) : []),
    ...((await alike?.found(read, options.keep, isLabels, source.drawWithout)) ?? [])
  ]
  return {
    examples: kinds ? looked : source.count,
    topics: topics?.topics ?? null,
    ...ordered(found),
    personal: each?.personal() ?? [],
    unify: each?.unify ?? []
  }
}

/** What a look at each row finds. */
class EachRow {
  readonly #alone: OneRow
  readonly #ways: WaysOfWriting
  readonly #amount: Amount
  readonly #topics = new Topics()

  constructor(choices: CheckChoices & Pick<CheckOptions, 'goal' | 'names'>) {
    this.#amount = new Amount(choices.goal)
    this.#alone = new OneRow(choices, choices.names)
    this.#ways = new WaysOfWriting(choices)
  }

  get lookers(): readonly { look(row: CheckedRow): void }[] {
    return [this.#alone, this.#ways, this.#amount, this.#topics]
  }

  get wantsAgain(): boolean {
    return this.#alone.wantsAgain
  }

  lookAgain(row: CheckedRow): void {
    this.#alone.lookAgain(row)
  }

  get unify(): readonly Unifying[] {
    return this.#ways.unify
  }

  personal(): readonly PersonalItem[] {
    return this.#alone.personal()
  }

  topics(read: ReadRows, isLabels: boolean): Promise<FoundTopics> {
    return this.#topics.found(read, isLabels)
  }

  found(isLabels: boolean, labels: number): readonly Found[] {
    return [
      ...this.#alone.found(isLabels),
      ...this.#ways.found(isLabels),
      ...this.#amount.found(isLabels, labels)
    ]
  }
}

async function cutOff(
  source: CheckSource,
  read: ReadRows,
  places: Uint32Array = new Uint32Array(0)
): Promise<readonly Found[]> {
  const long = new Hits('too-long')
  long.count = places.length
  for (const place of places) long.target(source.indexOf(place))
  for (const row of await read([...places.subarray(0, thresholds.shownExamples)]))
    long.show({ places: [placeOf(row)], excerpt: null })
  return [long.found() ?? []].flat()
}

/** Parts of one check-up, each with what it found. */
export function joinedChecks(checks: readonly Checked[]): Checked {
  const found = checks.flatMap(({ findings, targets }) =>
    findings.map((finding, i) => ({
      finding,
      targets: targets[i] as Uint32Array
    }))
  )
  return {
    examples: Math.max(...checks.map(({ examples }) => examples)),
    topics: checks.map(({ topics }) => topics).find((topics) => topics !== null) ?? null,
    ...ordered(found),
    personal: checks.flatMap(({ personal }) => personal),
    unify: checks.flatMap(({ unify }) => unify)
  }
}

function ordered(found: readonly Found[]): Pick<Checked, 'findings' | 'targets'> {
  const sorted = [...found].sort(byHarm)
  return {
    findings: sorted.map(({ finding }) => finding),
    targets: sorted.map(({ targets }) => targets)
  }
}

/** Harm first, then count. */
export const byHarm = (
  { finding: a }: Pick<Found, 'finding'>,
  { finding: b }: Pick<Found, 'finding'>
): number => findingRows[b.kind].harm - findingRows[a.kind].harm || b.count - a.count
