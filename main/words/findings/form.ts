// The form of the words of a check-up.
import type { KeepChoice } from '../../contract/check-up'
import type { FindingKind, PersonalKind, RepairKind } from '../../contract/findings'

export interface FindingWords {
  /** what is so, in plain words */
  readonly title: string
  /** why that matters, or what to do */
  readonly why: string
}

export interface CheckUpWords {
  readonly findings: Readonly<Record<FindingKind, FindingWords>>
  readonly personal: Readonly<Record<PersonalKind, string>>
  /** where there is one, and a language has another word for it */
  readonly personalOne?: Readonly<Record<PersonalKind, string>>
  readonly repairs: Readonly<Record<RepairKind, string>>
  /** of what a finding is made, where it has a word of its own */
  readonly parts: Readonly<Record<string, string>>
  readonly part: (name: string, count: string) => string
  readonly between: string
  readonly room: RoomWords
}

/** What stands around the findings in the window. */
export interface RoomWords {
  readonly checking: (counted: string) => string
  readonly stop: string
  readonly lead: (counted: string) => string
  readonly noExamples: string
  readonly allFine: (counted: string) => string
  readonly nothing: string
  /** what was done, and of what */
  readonly done: Readonly<Record<RepairKind, string>>
  readonly doneOf: (title: string) => string
  readonly undo: string
  readonly examplesOf: (title: string) => string
  readonly willChange: (counted: string) => string
  readonly willDrop: (counted: string) => string
  /** of what is learnt beside its likes that are held out: they may be more */
  readonly willDropLearnt: (counted: string) => string
  /** opens what is decided case by case */
  readonly choosePairs: string
  readonly keepThis: string
  readonly keepThisLabel: string
  readonly keptThis: string
  /** where the list ends before all of them are shown */
  readonly moreToChoose: string
  readonly keepAll: string
  readonly keepLabel: string
  readonly keep: Readonly<Record<KeepChoice, string>>
  readonly columns: { readonly kind: string; readonly words: string; readonly times: string }
  readonly allow: string
  readonly allowed: (values: string) => string
  readonly allowNone: string
  readonly listed: (shown: string, all: string) => string
  readonly saveList: string
  readonly choices: { readonly forbidden: string; readonly own: string }
  readonly hints: { readonly forbidden: string; readonly own: string }
  readonly add: string
  readonly drop: (word: string) => string
  readonly topics: {
    readonly title: string
    readonly lead: string
    readonly typical: string
    readonly rest: (count: string) => string
  }
}
