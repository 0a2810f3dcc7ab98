// Beside the chart of a run that is over stands what the kept state says, and where nobody asked that one, so much is said.
import { expect, test } from 'vitest'
import type { RunAnswer, RunCurves } from '../../../main/contract/window/training'
import { shownAnswer } from '../../../renderer/lib/shown-answer'

const answer = (step: number): RunAnswer => ({ step, question: 'q', answer: `a${step}` }) as RunAnswer
const bestAt = (step: number | null): Pick<RunCurves, 'best'> => ({
  best: step === null ? null : { figure: 'loss', step, value: 1 }
})
const all = [0, 50, 119, 169].map(answer)
const shown = (state: 'running' | 'finished', best: number | null, answers = all) => {
  const one = shownAnswer({ state }, answers, bestAt(best))
  return one && [one.answer.step, one.isKept]
}

test('the newest while it learns', () => expect(shown('running', 119)).toEqual([169, true]))
test('that of the kept state once it is over', () => expect(shown('finished', 119)).toEqual([119, true]))
test('another one only as such', () => expect(shown('finished', 110)).toEqual([169, false]))
test('the last one of a run without checks', () => expect(shown('finished', null)).toEqual([169, true]))
test('none where only the base has answered', () => expect(shown('finished', 0, [answer(0)])).toBeNull())
