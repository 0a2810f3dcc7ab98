// The honest adviser: training is praised only where it is the right way.
import { expect, test } from 'vitest'
import type { GoalAnswers } from '../../../main/contract/window/projects'
import { adviceFor } from '../../../renderer/lib/advice'

const good: GoalAnswers = { useCase: 'reply', tried: 'yes', newFacts: 'no', volume: 'some' }

test.each<[string, Partial<GoalAnswers>, ReturnType<typeof adviceFor>]>([
  ['everything speaks for it', {}, 'good'],
  ['new facts are wanted, whatever else', { newFacts: 'yes', tried: 'no' }, 'facts'],
  ['a prompt was never tried', { tried: 'no' }, 'prompt'],
  ['little is written', { volume: 'few' }, 'few'],
  ['one question is open', { volume: null }, 'none'],
  ['nothing is answered', { useCase: null, tried: null, newFacts: null, volume: null }, 'none']
])('%s', (_what, change, advice) => expect(adviceFor({ ...good, ...change })).toBe(advice))
