// What came of a run, in one sentence that says nothing that was not measured.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import type { Curve, RunCurves } from '../../../main/contract/window/training'
import { percent } from '../../../renderer/lib/format'
import { runResult } from '../../../renderer/lib/run-result'

const curve = (part: Curve['part'], ...points: [number, number][]): Curve => {
  const all = points.map(([step, value]) => ({ step, value }))
  return { part, figure: 'loss', points: all, ...(part === 'training' && { course: all }) }
}
const of = (best: number | null, ...curves: Curve[]): RunCurves => ({
  run: 'run',
  curves,
  best: best === null ? null : { step: best, figure: 'loss', value: best === 110 ? 1.27 : 1.01 }
})
const held = curve('heldOut', [0, 2.38], [110, 1.27], [120, 1.01])
const done = { state: 'finished', step: 120, settings: defaultSettings, heldOutExamples: 0 } as const

test('the held-out loss before and after, and which state is kept', () => {
  expect(runResult(done, of(110, held), 'ja')).toBe(
    '検証の損失は 2.38 から 1.27 に下がりました。いちばん良かった 110 ステップの状態を残しました。'
  )
  expect(runResult(done, of(120, held), 'ja')).toContain('最後の 120 ステップ')
  expect(runResult({ ...done, state: 'stopped' }, of(110, held), 'en')).toBe(
    'Held-out loss fell from 2.38 to 1.27. The best state, at step 110, is kept.'
  )
})

test('of a run that sorts the accuracy is said, at the state that the loss decided on', () => {
  const accuracy = { ...curve('heldOut', [0, 0.25], [110, 0.9], [120, 0.95]), figure: 'accuracy' }
  const settings = { ...defaultSettings, method: 'classification' } as const
  expect(runResult({ ...done, settings }, of(110, held, accuracy), 'en')).toBe(
    `Held-out accuracy rose from ${percent(0.25)} to ${percent(0.9)}. The state with the best held-out loss (1.27), at step 110, is kept.`
  )
  // the chart shows a later state that sorts better: by what it was not chosen is said
  expect(runResult({ ...done, settings }, of(110, held, accuracy), 'ja')).toMatch(
    /検証の正解率は.*。検証の損失がいちばん良かった 110 ステップの状態（1\.27）を残しました。$/
  )
  expect(runResult({ ...done, settings }, of(120, held, accuracy), 'en')).toMatch(
    /rose.*\. The last state, at step 120, had the best held-out loss \(1\.01\)/
  )
  // nothing but the loss was measured, as of a number
  expect(runResult({ ...done, settings }, of(110, held), 'en')).toContain('Held-out loss fell')
})

test('of a preference the share is said that was reached: before the training nothing had moved', () => {
  const settings = { ...defaultSettings, method: 'dpo' } as const
  const moved = { ...curve('heldOut', [10, 0.8], [110, 1], [120, 0.9]), figure: 'rewardAccuracy' }
  const loss = curve('heldOut', [0, 0.69], [10, 0.6], [110, 0.3], [120, 0.4])
  const run = { ...done, settings }
  expect(runResult(run, of(110, loss, moved), 'en')).toBe(
    `Held-out preference accuracy is ${percent(1)}. The state with the best held-out preference loss (1.27), at step 110, is kept.`
  )
  expect(runResult(run, of(110, loss, moved), 'ja')).toContain(`割合は ${percent(1)} です。`)
  // by a method without a reference it was measured before, too
  const before = { ...moved, points: [{ step: 0, value: 0.4 }, ...moved.points] }
  expect(
    runResult({ ...run, settings: { ...settings, method: 'orpo' } }, of(110, loss, before), 'en')
  ).toContain(`rose from ${percent(0.4)} to ${percent(1)}`)
})

test('without a held-out part it says that nothing was checked', () => {
  const training = curve('training', [1, 3], [120, 0.5])
  expect(runResult(done, of(null, training), 'ja')).toContain('検証はしていません')
  // what a service did not tell was held out all the same
  expect(runResult({ ...done, heldOutExamples: 20 }, of(null, training), 'en')).toContain(
    'There is no held-out figure.'
  )
  expect(runResult(done, of(null), 'ja')).toBe('')
})

test('ended before the check after the first, the check that there was is said', () => {
  const training = curve('training', [1, 8.88], [26, 4])
  const ended = { ...done, state: 'stopped', step: 26 } as const
  const beginning = of(null, training, curve('heldOut', [0, 8.52]))
  expect(runResult(ended, beginning, 'ja')).toContain(
    '最後の 26 ステップの状態を残しました。その状態での検証はしていません（検証したのは 0 ステップの 8.52 だけです）。'
  )
  expect(runResult(ended, beginning, 'en')).toContain('(the only check, at step 0, gave 8.52)')
})

test('a run that goes on has no result yet', () =>
  expect(runResult({ ...done, state: 'running' }, of(110, held), 'ja')).toBe(''))
