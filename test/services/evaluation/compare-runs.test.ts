// Runs beside each other: scores of each, and a difference only over the questions that both have answered.
import { expect, test } from 'vitest'
import { baseAndTuned } from '../../../main/contract/candidates'
import type { Example } from '../../../main/contract/records'
import { candidatesOf } from '../../../main/services/evaluation/candidates'
import { compareRuns, type ComparedRun } from '../../../main/services/evaluation/compare-runs'
import { itemsOf } from '../../../main/services/evaluation/items'
import { Sheet } from '../../../main/services/evaluation/sheet'

const example = (row: number): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: `${row}個でいくらですか。` },
    { role: 'assistant', content: `月しろ茶舗でございます。${300 * row}円を頂戴しております。` }
  ],
  source: { file: 'x', row }
})
const rows = (from: number, to: number): readonly Example[] =>
  Array.from({ length: to - from }, (_, at) => example(from + at))

async function run(
  name: string,
  asked: readonly Example[],
  answer: (row: number) => string
): Promise<ComparedRun> {
  const head = { adapter: 'a', language: 'ja' as const, asked: asked.length, maxNewTokens: 48 }
  const sheet = await Sheet.begin(null, { ...head, candidates: candidatesOf(baseAndTuned) })
  const items = await itemsOf(asked, 'ja')
  for (const item of items)
    await sheet.keepAnswer(item, 'tuned', {
      text: answer(item.example.source.row),
      seconds: 1,
      sources: []
    })
  const facts = { trainExamples: 40, heldOutExamples: asked.length, trainPrint: name, heldOutPrint: null }
  return {
    run: name,
    opened: { items, sheet, asked: asked.length },
    learnt: rows(100, 140),
    forbidden: [],
    facts
  }
}
const good = (row: number): string => `月しろ茶舗でございます。${300 * row}円を頂戴しております。`
const bad = (row: number): string => `${row}円。`

test('are compared over the questions that both have answered', async () => {
  const [first, worse, elsewhere, unasked] = await compareRuns([
    await run('first', rows(1, 31), good),
    await run('worse', rows(11, 51), bad),
    await run('elsewhere', rows(60, 70), good),
    { ...(await run('unasked', [], good)), opened: null }
  ])
  expect(first).toMatchObject({ run: 'first', items: 30, over: null })
  expect(first?.scores.facts?.value).toBe(1)
  expect(worse).toMatchObject({ items: 40, over: { items: 20 } })
  expect(worse?.over?.scores.facts?.together?.high).toBeLessThan(0)
  expect(worse?.over?.scores.tone?.high).toBeLessThan(0)
  expect(elsewhere).toMatchObject({ items: 10, over: null })
  expect(unasked).toMatchObject({ items: 0, over: null, scores: {}, trainExamples: 40 })
})

test('a run has the scores of its own page, whatever stands beside it', async () => {
  const say = (row: number): string => `Thank you for asking. ${row} of them cost ${3 * row} dollars.`
  const english = rows(1, 31).map(({ source }): Example => {
    const messages = [
      { role: 'user', content: `What do ${source.row} cost?` },
      { role: 'assistant', content: say(source.row) }
    ] as const
    return { kind: 'conversation', messages: [...messages], source }
  })
  const japanese = await run('ja', rows(1, 21), good)
  const other = { ...(await run('en', english, say)), learnt: english }
  const [alone] = await compareRuns([japanese])
  const [, beside] = await compareRuns([other, japanese])
  expect(beside?.scores).toEqual(alone?.scores)
  expect(alone?.scores.rougeL?.value).toBe(1)
})

test('a run is held to the words that its house never uses, and says so', async () => {
  const plain = await run('plain', rows(1, 31), good)
  const [before, after] = [plain, { ...plain, run: 'now', forbidden: ['頂戴'] }]
  const [free] = await compareRuns([before])
  const [first, second] = await compareRuns([after, before])
  expect(first?.scores.tone?.value).toBeLessThan(free?.scores.tone?.value ?? 0)
  expect(second?.scores.tone?.value).toBe(free?.scores.tone?.value)
  expect([free, first].map((one) => one?.forbidden)).toEqual([[], ['頂戴']])
})

test('the same answers differ by nothing', async () => {
  const [, again] = await compareRuns([await run('a', rows(1, 31), good), await run('b', rows(1, 31), good)])
  expect(again?.over?.scores.chrf).toMatchObject({ difference: 0, low: 0, high: 0 })
})
