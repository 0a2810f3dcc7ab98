// Which of a run's answers to a question stands beside its chart: the newest while it learns; once it is over, that of the state
// which was kept, since no other answers any more. Pure.
import type { RunAnswer, RunCurves, RunView } from '../../main/contract/window/training'
import { hasResult } from './run-acts'

export interface ShownAnswer {
  readonly answer: RunAnswer
  /** the state that gave it is the one that is kept, or may still be */
  readonly isKept: boolean
}

/** answers: to one question, in the order of the steps. Null where the learning model has given none. */
export function shownAnswer(
  run: Pick<RunView, 'state'>,
  answers: readonly RunAnswer[],
  { best }: Pick<RunCurves, 'best'>
): ShownAnswer | null {
  const given = answers.filter(({ step }) => step > 0)
  const newest = given.at(-1)
  if (!newest) return null
  if (!hasResult(run) || best === null) return { answer: newest, isKept: true }
  const kept = given.find(({ step }) => step === best.step)
  return kept ? { answer: kept, isKept: true } : { answer: newest, isKept: false }
}
