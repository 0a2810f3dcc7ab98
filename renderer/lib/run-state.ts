// How a run stands, in a word or two. Pure.
import type { Language } from '../../main/contract/language'
import type { RunView } from '../../main/contract/window/training'
import { remoteWords } from '../../main/words/remote'
import { windowWords } from '../../main/words/window'
import { isAwaited } from './run-acts'

/** One that is trained by hand waits for its result: "paused" would look for it here. */
export const runStateText = (run: RunView, language: Language): string =>
  isAwaited(run) ? remoteWords(language).room.awaited : windowWords[language].runs.states[run.state]

/** All updates are made: the last check and what is saved take as long as they take. */
export const isFinishing = ({
  state,
  step,
  totalSteps
}: Pick<RunView, 'state' | 'step' | 'totalSteps'>): boolean =>
  state === 'running' && totalSteps > 0 && step >= totalSteps
