// The honest adviser: training is praised only where it is the right way.
import { expect, test } from 'vitest'
import type { GoalAnswers } from '../../../main/contract/window/projects'
import { adviceFor, costsOf, jointAdvice } from '../../../renderer/lib/advice'

const good: GoalAnswers = { useCase: 'reply', tried: 'yes', newFacts: 'no', volume: 'some' }

test.each<[string, Partial<GoalAnswers>, ReturnType<typeof adviceFor>]>([
  ['everything speaks for it', {}, 'good'],
  ['new facts are wanted, whatever else', { newFacts: 'yes', tried: 'no' }, 'facts'],
  ['a prompt was never tried', { tried: 'no' }, 'prompt'],
  ['little is written', { volume: 'few' }, 'few'],
  ['one question is open', { volume: null }, 'none'],
  ['nothing is answered', { useCase: null, tried: null, newFacts: null, volume: null }, 'none']
])('%s', (_what, change, advice) => expect(adviceFor({ ...good, ...change })).toBe(advice))

test('what was measured comes before what was answered; of few questions it says nothing', () => {
  const asked = { ...good, newFacts: 'yes' as const }
  expect(jointAdvice(good, null)).toEqual({ from: 'answers', advice: 'good', isOnlyAnswers: false })
  expect(jointAdvice(good, { code: 'few' })).toEqual({ from: 'answers', advice: 'good', isOnlyAnswers: true })
  expect(jointAdvice(good, { code: 'prompt-enough' })).toMatchObject({
    from: 'measured',
    code: 'prompt-enough'
  })
  // whoever wants facts hears that training does not bring them, also where it is worth it for the tone
  expect(jointAdvice(asked, { code: 'train' })).toMatchObject({ code: 'train', wantsFacts: true })
  expect(jointAdvice(asked, { code: 'retrieval-enough' })).toMatchObject({ wantsFacts: false })
})

test('costs are those of the ways that were measured', () => {
  const way = (id: string, secondsPerAnswer: number | null) => ({ candidate: { id }, secondsPerAnswer })
  const result = { candidates: [way('base', 0.5), way('prompt', 2), way('examples', null)] } as never
  expect(costsOf({ result, memory: { base: 10, examples: 30 } })).toEqual({
    seconds: [0.5, 2],
    bytes: [10, 30]
  })
  expect(costsOf({ result, memory: null }).bytes).toBeNull()
})
