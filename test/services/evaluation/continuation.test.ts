// How a text begins, and how it really goes on.
import { expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { continuationOf } from '../../../main/services/evaluation/continuation'
import { askedOf, itemsOf } from '../../../main/services/evaluation/items'

const rule = (n: number): string => `第${n}条　申請は、所属長の承認を得て行うものとする。`
const page = Array.from({ length: 30 }, (_, at) => rule(at + 1)).join('\n')

test('a page begins with whole sentences and goes on with whole ones', () => {
  const { question = '', answer = '' } = continuationOf(page) ?? {}
  expect(question.endsWith('。')).toBe(true)
  expect(question.length).toBeLessThanOrEqual(240)
  expect(answer.endsWith('。')).toBe(true)
  expect(page.replace(/\s/g, '').startsWith(`${question}${answer}`.replace(/\s/g, ''))).toBe(true)
})

test('one without sentences is parted between characters, never inside one', () => {
  const { question = '', answer = '' } = continuationOf('𠮷'.repeat(400)) ?? {}
  expect(question + answer).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/)
  expect([...question].every((one) => one === '𠮷')).toBe(true)
})

test('a question and its answer, read as text, are parted where the question ends', () => {
  expect(continuationOf('締切はいつですか。\n\n月末の営業日です。')).toMatchObject({
    question: '締切はいつですか。',
    answer: '月末の営業日です。'
  })
})

test('too short a text is gone on with by nobody', () => {
  expect(continuationOf('短い文。')).toBeNull()
})

test('texts alone are gone on with; beside questions they are measured only', async () => {
  const source = { file: 'a.md', row: 1 }
  const text: Example = { kind: 'text', text: page, source }
  const asked: Example = {
    kind: 'conversation',
    messages: [
      { role: 'user', content: 'いつですか。' },
      { role: 'assistant', content: '明日です。' }
    ],
    source
  }
  const alone = askedOf(await itemsOf([text], 'ja'), 10)
  expect(alone.map(({ continues }) => continues)).toEqual([true])
  const mixed = askedOf(await itemsOf([text, asked], 'ja'), 10)
  expect(mixed.map(({ example }) => example.kind)).toEqual(['conversation'])
  expect(mixed[0]?.continues).toBe(false)
})
