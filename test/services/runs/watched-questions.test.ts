// What is watched while a run trains: a few held-out questions, a line each, in the reader's language first.
import { expect, test } from 'vitest'
import type { Example, Message } from '../../../main/contract/records'
import { watchedQuestions } from '../../../main/services/runs/watched-questions'

const source = { file: 'a.csv', row: 1 }
const asked = (question: string, ...before: Message[]): Example => ({
  kind: 'conversation',
  messages: [...before, { role: 'user', content: question }, { role: 'assistant', content: 'はい' }],
  source
})

test('three questions that stand alone, each once and on one line', async () => {
  const set = [
    asked('それは？', { role: 'user', content: '本' }, { role: 'assistant', content: 'はい' }),
    asked('送料は\nいくらですか。'),
    asked('送料は いくらですか。'),
    asked('Do you wrap gifts?'),
    asked('返品できますか。'),
    asked('営業日を教えてください。'),
    asked('あ'.repeat(200)),
    { kind: 'text', text: '社史', source } as const
  ]
  expect(await watchedQuestions(set, 'ja')).toEqual([
    '送料は いくらですか。',
    '返品できますか。',
    '営業日を教えてください。'
  ])
  expect((await watchedQuestions(set, 'en'))[0]).toBe('Do you wrap gifts?')
})

test('long ones where there are no others, and none where nobody asks', async () => {
  expect(await watchedQuestions([asked('あ'.repeat(200))], 'ja')).toEqual(['あ'.repeat(200)])
  expect(await watchedQuestions([], 'ja')).toEqual([])
})
