// Questions of the reader's language first: the order is stable, and thousands of them let others have their turn.
import { expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { askedOf, itemsOf, unaskedOf } from '../../../main/services/evaluation/items'

const source = { file: 'held-out.jsonl', row: 1 }
const asked = (content: string): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content },
    { role: 'assistant', content: 'はい。' }
  ],
  source
})

test('own questions first, each group in the order it had', async () => {
  const examples = ['送料は', 'Shipping?', '返品は', 'Opening?', '000'].map((question) => asked(question))
  const order = async (language: 'ja' | 'en'): Promise<string[]> =>
    (await itemsOf(examples, language)).map(({ exchange }) => exchange?.question ?? '')
  expect(await order('en')).toEqual(['Shipping?', 'Opening?', '送料は', '返品は', '000'])
  expect(await order('ja')).toEqual(['送料は', '返品は', 'Shipping?', 'Opening?', '000'])
  expect(await itemsOf([], 'ja')).toEqual([])
})

test('what stands there twice is one question', async () => {
  const items = await itemsOf(['送料は', '返品は', '送料は'].map(asked), 'ja')
  expect(items).toHaveLength(3)
  expect(askedOf(items, 10).map(({ index }) => index)).toEqual([0, 1])
  expect(unaskedOf(items)).toEqual({ texts: 0, again: 1 })
})

test('a text without a question among questions is measured, and not asked', async () => {
  const text = { kind: 'text' as const, text: '本日は晴天なり。', source }
  const items = await itemsOf([asked('送料は'), text], 'ja')
  expect(askedOf(items, 10)).toHaveLength(1)
  expect(unaskedOf(items)).toEqual({ texts: 1, again: 0 })
  expect(unaskedOf(await itemsOf([{ ...text, text: text.text.repeat(60) }], 'ja'))).toEqual({
    texts: 0,
    again: 0
  })
})

test('5,000 long questions never hold the process for long', async () => {
  const long = '送料はいくらですか。離島への配送もお願いできますか。'.repeat(80)
  const examples = Array.from({ length: 5000 }, (_, row) => asked(row % 2 ? long : `Hello ${long}`))
  let longest = 0
  let turns = 0
  // of the processor, not of the clock: others may be at work beside it
  const now = (): number => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
  let last = now()
  let counting = true
  const tick = (): void => {
    longest = Math.max(longest, now() - last)
    last = now()
    turns++
    if (counting) setImmediate(tick)
  }
  setImmediate(tick)
  const begun = now()
  const ordered = await itemsOf(examples, 'ja')
  const whole = now() - begun
  counting = false
  expect(ordered).toHaveLength(5000)
  // a turn is 12 ms; more allows for memory that is cleared away, and the whole is far longer than that
  expect(whole).toBeGreaterThan(100)
  expect(turns).toBeGreaterThan(whole / 100)
  expect(longest).toBeLessThan(100)
})

test('plain texts come last and are never asked', async () => {
  const text: Example = { kind: 'text', text: 'a', source }
  const items = await itemsOf([text, asked('q'), asked('r')], 'en')
  expect(items.map(({ index, example }) => [index, example.kind])).toEqual([
    [0, 'conversation'],
    [1, 'conversation'],
    [2, 'text']
  ])
  expect(askedOf(items, 5)).toHaveLength(2)
  expect(askedOf(items, 1).map(({ index }) => index)).toEqual([0])
})
