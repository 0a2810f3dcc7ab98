// Whether to train at all: ways of answering from the cheapest on, each measured on the user's own questions, and the
// recommendation that follows from their intervals.
import type { NeiroErrorData } from './errors'
import type { EvaluationResult } from './evaluation'

/** few: not enough questions; base-, prompt-, examples-, retrieval-enough: the cheapest that keeps tone and facts; search:
 *  facts are what is missing, and training does not bring them; train: the tone is what is missing; tuned: it was trained, and
 *  nothing cheaper does as well; not-worth: it was trained, and is not surely better than the base */
export const adviceCodes = [
  'few',
  'base-enough',
  'prompt-enough',
  'examples-enough',
  'retrieval-enough',
  'search',
  'train',
  'tuned',
  'not-worth'
] as const
export type AdviceCode = (typeof adviceCodes)[number]

/** Of a project that has data and a model. */
export interface AdviceView {
  readonly project: string
  readonly state: 'none' | 'running' | 'done'
  /** answers of all ways together */
  readonly done: number
  readonly total: number
  readonly advice: Advice | null
  readonly error: NeiroErrorData | null
}

export interface AdviceCalls {
  'advice.get': { args: { project: string }; result: AdviceView }
  /** answers at once; what is measured arrives as advice.progress. NO_MODEL_CHOSEN, NO_DATA_CHOSEN */
  'advice.start': { args: { project: string; documents: readonly string[] }; result: AdviceView }
  'advice.cancel': { args: { project: string }; result: null }
}

export interface Advice {
  readonly code: AdviceCode
  readonly result: EvaluationResult
  /** bytes while it answers the longest of the questions, by candidate; null: the engine was not asked */
  readonly memory: Readonly<Record<string, number>> | null
}
