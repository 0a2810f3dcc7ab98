// What a model with a score head says, in words that a run's folder keeps. Imports nothing but types of the engine.
import type { ScoreProblem } from '../../addon/index'

/** The labels by number, and how they are learnt; of a number one label, whose score it is. */
export interface ScoredLabels {
  readonly problem: ScoreProblem
  readonly labels: readonly string[]
  /** its one label is how good a reply is, told by pairs of which one was preferred */
  readonly rates?: true
}

/** The head that says so, as an engine opens it. */
export const scoreHead = ({
  labels,
  problem
}: ScoredLabels): { readonly labels: number; readonly problem: ScoreProblem } => ({
  labels: labels.length,
  problem
})

/** What a model that gives replies points says. */
export const points: ScoredLabels = { problem: 'regression', labels: ['reward'], rates: true }

/** The name of the head that says labels beside a language head. */
export const sideHead = 'labels'

/** Beside a language head: what is still to come, at each token. */
export const valuesHead = { name: 'values', outputs: 1, of: 'tokens', bias: true } as const

/** What a training is told besides: what each label's examples count. Absent: alike. */
export interface ScoreJob extends ScoredLabels {
  readonly weights?: readonly number[]
}
