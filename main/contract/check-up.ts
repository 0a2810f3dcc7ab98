// What a check-up of the examples says, for the window and the command line.
import type { FindingKind, PersonalKind, RepairKind } from './findings'

export interface CheckedPlace {
  /** as ExampleRow has it */
  readonly index: number
  readonly file: string
  readonly sheet: string | null
  readonly row: number
  readonly heldOut: boolean
  /** their beginnings */
  readonly question: string
  readonly answer: string
}

export interface FindingExample {
  /** one, or those that are alike side by side */
  readonly places: readonly CheckedPlace[]
  /** of rows that contradict each other: for each place the indices of those that it contradicts, which go where it stays */
  readonly against?: readonly (readonly number[])[]
  /** the words in question with what stands around them, and what would stand there instead; null: all of the row */
  readonly excerpt: {
    readonly before: string
    readonly words: string
    readonly after: string
    readonly becomes: string | null
  } | null
}

export interface Finding {
  readonly kind: FindingKind
  /** rows that it is about; of advice, whatever its words count */
  readonly count: number
  /** what it is made of, most first: kinds of personal data, exact and near, labels, variants of a word */
  readonly parts: readonly { readonly name: string; readonly count: number }[]
  readonly examples: readonly FindingExample[]
  readonly repair: RepairKind | null
  /** rows that the repair would change or leave out */
  readonly targets: number
}

/** Which of those that are alike stays. */
export const keepChoices = ['first', 'last', 'longest'] as const
export type KeepChoice = (typeof keepChoices)[number]

/** The user's own words about what is looked for. */
export interface CheckChoices {
  /** values of personal data that may stay */
  readonly allowed: readonly string[]
  readonly allowedKinds: readonly PersonalKind[]
  /** examples of numbers of the user's own house */
  readonly own: readonly string[]
  readonly forbidden: readonly string[]
  /** groups of words that mean the same, the wanted one first */
  readonly terms: readonly (readonly string[])[]
}

export const noChoices: CheckChoices = { allowed: [], allowedKinds: [], own: [], forbidden: [], terms: [] }

/** Questions that share a word. */
export interface TopicGroup {
  readonly word: string
  /** all that have it: a question may be in several groups */
  readonly rows: number
  /** the one that says most of what the others say, too */
  readonly typical: CheckedPlace
}

/** What the questions are about, by their words and not by their meaning. */
export interface TopicGroups {
  /** the largest first */
  readonly groups: readonly TopicGroup[]
  /** questions that were looked at */
  readonly asked: number
  /** those that are in none of them */
  readonly rest: number
}

export interface CheckUp {
  readonly examples: number
  /** null: too few questions for groups, or they are sorted by labels */
  readonly topics: TopicGroups | null
  /** harm first, then count; those of nothing are not there */
  readonly findings: readonly Finding[]
}

/** A piece of personal data as it is listed. */
export interface PersonalItem {
  readonly kind: PersonalKind
  readonly words: string
  /** by which it is allowed */
  readonly key: string
  readonly count: number
  readonly place: CheckedPlace
}
