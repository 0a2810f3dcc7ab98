// What a report is made from: everything is gathered before (make-report.ts).
import type { EvaluationResult } from '../../../contract/evaluation'
import type { Language } from '../../../contract/language'
import type { LearntLength } from '../../../contract/learnt-length'
import type { LeakCounts } from '../../../contract/leak'
import type { Example } from '../../../contract/records'
import type { Tally } from '../../../contract/votes'
import type { EvaluatedPair } from '../../../contract/window/results'
import type { ReportCurve } from './curves'

export interface ReportRun extends LearntLength {
  readonly project: string
  readonly name: string
  readonly date: string
  /** that somebody chose */
  readonly model: string
  readonly systemPrompt: string
  /** what was learnt from */
  readonly learnt: Example['kind']
  readonly trainExamples: number
  readonly heldOutExamples: number
  readonly fingerprint: string | null
  /** those that say anything to its method, in words */
  readonly settings: readonly (readonly [name: string, value: string])[]
  readonly training: ReportCurve['points']
  readonly heldOut: ReportCurve['points']
}

export interface Signature {
  readonly by: string
  readonly on: string
  readonly comment: string
}

export interface ReportContent {
  readonly language: Language
  readonly made: string
  readonly run: ReportRun
  readonly result: EvaluationResult
  /** of other runs that answered, by their ids */
  readonly runNames: ReadonlyMap<string, string>
  /** the run that it is held against; null: the model that somebody chose */
  readonly base: string | null
  readonly tally: Tally | null
  /** what a leak test counted; null: there was none */
  readonly leak: LeakCounts | null
  /** the first ten are shown */
  readonly pairs: readonly EvaluatedPair[]
  readonly signature: Signature | null
}
