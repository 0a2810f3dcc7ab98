// What stands where the answers of the learning model will be, as long as it has given none: what has to happen first. The
// check before the training was of the model as it was. Pure.
import type { Language } from '../../main/contract/language'
import type { RunView } from '../../main/contract/window/training'
import { windowWords } from '../../main/words/window'
import { hasResult } from './run-acts'

export function answersAwaited(run: Pick<RunView, 'state'>, language: Language): string {
  const { now } = windowWords[language].train
  if (isOver(run)) return now.never
  return run.state === 'paused' || run.state === 'interrupted' ? now.onceResumed : now.waiting
}

/** nothing more will come */
export const isOver = (run: Pick<RunView, 'state'>): boolean => hasResult(run) || run.state === 'failed'
