// The check-up of the data room: what is wrong with the examples, what a click would do about it, and what was done.
import type { CheckChoices, CheckUp, KeepChoice, PersonalItem } from '../check-up'
import type { FindingKind } from '../findings'
import type { DataView } from './data'

export interface CheckUpView extends CheckUp {
  readonly choices: CheckChoices
  /** what was done by repairs and holds; each can be taken back by data.undo at any time */
  readonly repairs: readonly {
    readonly entry: number
    readonly finding: FindingKind
    readonly rows: number
  }[]
}

export interface CheckUpCalls {
  /** made in the background; a newer one ends it with CANCELLED */
  'checkUp.get': { args: { project: string; keep: KeepChoice }; result: CheckUpView }
  'checkUp.cancel': { args: { project: string }; result: null }
  /** kept: index of the row that somebody chose among those that contradict one another; absent: all of what is offered */
  'checkUp.repair': {
    args: { project: string; finding: FindingKind; keep: KeepChoice; kept?: number }
    result: DataView
  }
  'checkUp.setChoices': { args: { project: string; choices: CheckChoices }; result: DataView }
  'checkUp.personal': {
    args: { project: string; offset: number; limit: number }
    result: { total: number; items: readonly PersonalItem[] }
  }
  /** the list as a CSV (UTF-8 with BOM) */
  'checkUp.personalFile': { args: { project: string }; result: { name: string; text: string } }
}
