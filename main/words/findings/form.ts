// The form of the words of a check-up.
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
  readonly repairs: Readonly<Record<RepairKind, string>>
  /** of what a finding is made, where it has a word of its own */
  readonly parts: Readonly<Record<string, string>>
  /** what a repair has done */
  readonly done: Readonly<Record<RepairKind, (rows: string) => string>>
  readonly part: (name: string, count: string) => string
  readonly between: string
}
