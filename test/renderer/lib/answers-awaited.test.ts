// What is said where the model has not answered yet.
import { expect, test } from 'vitest'
import { answersAwaited } from '../../../renderer/lib/answers-awaited'

test('the next check is awaited: at rest only once it goes on, and of what is over none', () => {
  const said = (state: Parameters<typeof answersAwaited>[0]['state']): string =>
    answersAwaited({ state }, 'ja')
  expect(said('running')).toBe('次の検証が終わると、ここに回答が並びます。')
  for (const state of ['paused', 'interrupted'] as const) expect(said(state)).toContain('再開したあと')
  for (const state of ['stopped', 'finished', 'failed'] as const)
    expect(said(state)).toBe('学んだあとの検証の前に終わったため、学んだモデルの回答はありません。')
})
