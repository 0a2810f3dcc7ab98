// Questions that are headings, and conversations without dates: what could be split is said, and split where it is asked for.
import { expect, test } from 'vitest'
import type { TextSplit } from '../../../../main/contract/records'
import { read, said } from '../reading'

const pairs = ['u: Can I return it? | a: Yes, within 30 days.', 'u: Ship abroad? | a: To 40 countries.']

test.each<[string, string, TextSplit]>([
  [
    'headings',
    '# FAQ\n\n## Can I return it?\n\nYes, within 30 days.\n\n## Ship abroad?\n\nTo 40 countries.\n',
    'questions'
  ],
  [
    'lines below',
    'FAQ\n===\n\nCan I return it?\n---\n\nYes, within 30 days.\n\nShip abroad?\n---\nTo 40 countries.\n',
    'questions'
  ],
  [
    'bold lines',
    '**Q: Can I return it?**\n\nYes, within 30 days.\n\n**Q: Ship abroad?**\nTo 40 countries.\n',
    'questions'
  ],
  [
    'bold marks',
    '**Q:** Can I return it?\n**A:** Yes, within 30 days.\n\n**Q:** Ship abroad?\n**A:** To 40 countries.\n',
    'questions'
  ],
  [
    'headings with marks',
    '### Q1. Can I return it?\nA. Yes, within 30 days.\n### Q2. Ship abroad?\nA. To 40 countries.\n',
    'questions'
  ],
  [
    'blocks of Alpaca',
    '### Instruction:\nCan I return it?\n\n### Response:\nYes, within 30 days.\n\n### Instruction:\nShip abroad?\n\n### Response:\nTo 40 countries.\n',
    'questions'
  ],
  [
    'questions at the head of a paragraph',
    'Can I return it?\nYes, within 30 days.\n\nShip abroad?\nTo 40 countries.\n',
    'questions'
  ],
  [
    'names',
    'Customer: Can I return it?\nAgent: Yes, within 30 days.\nCustomer: Ship abroad?\nAgent: To 40 countries.\n',
    'dates'
  ],
  [
    'voices of subtitles',
    'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Customer>Can I return it?</v>\n\n00:02.000 --> 00:03.000\n<v Agent>Yes, within 30 days.</v>\n\n00:03.000 --> 00:04.000\n<v Customer>Ship abroad?</v>\n\n00:04.000 --> 00:05.000\n<v Agent>To 40 countries.</v>\n',
    'dates'
  ],
  [
    'Teams',
    'Anna Lee  10:02\nCan I return it?\n\nTom (Support)  10:05\nYes, within 30 days.\n\nAnna Lee  10:20\nShip abroad?\n\nTom (Support)  10:22\nTo 40 countries.\n',
    'dates'
  ],
  [
    'WhatsApp',
    '12/03/2024, 14:22 - Anna: Can I return it?\n12/03/2024, 14:25 - Shop: Yes, within 30 days.\n13/03/2024, 09:00 - Anna: Ship abroad?\n13/03/2024, 09:10 - Shop: To 40 countries.\n',
    'dates'
  ],
  [
    'WhatsApp of a Mac',
    '[12.03.24, 14:22:05] Anna: Can I return it?\n[12.03.24, 14:25:00] Shop: Yes, within 30 days.\n[13.03.24, 09:00:00] Anna: Ship abroad?\n[13.03.24, 09:10:00] Shop: To 40 countries.\n',
    'dates'
  ],
  [
    'LINE of a PC',
    '2024.03.12 火曜日\n14:22 Anna Can I return it?\n14:25 Shop Yes, within 30 days.\n2024.03.13 水曜日\n09:00 Anna Ship abroad?\n09:10 Shop To 40 countries.\n',
    'dates'
  ]
])('%s', async (_, content, split) => {
  for (const name of ['faq.md', 'faq.txt']) {
    const unasked = (await read(name, content)).report.files[0]
    expect(unasked).toMatchObject({ shape: 'text' })
    expect(unasked?.splits).toContainEqual({ kind: split, pairs: 2 })
    expect((await read(name, content, { split })).examples.map(said)).toEqual(pairs)
  }
})

test.each([
  ['in one line', 'Q: 返品は？ A: できます。\nQ: 送料は？ A: 無料です。\n'],
  ['behind an arrow', '・返品は？ → できます。\n・送料は？ → 無料です。\n'],
  ['behind a mere letter', 'Q 返品は？\nA できます。\n\nQ　送料は？\nA　無料です。\n']
])('questions and answers %s', async (_, content) => {
  expect((await read('faq.txt', content)).report.files[0]?.splits).toEqual([{ kind: 'questions', pairs: 2 }])
  expect((await read('faq.txt', content, { split: 'questions' })).examples.map(said)).toEqual([
    'u: 返品は？ | a: できます。',
    'u: 送料は？ | a: 無料です。'
  ])
})

test('a text that is full of questions and cannot be split says so; one with a question in passing does not', async () => {
  const wide = '質問        回答\n返品は？    できます。\n送料は？    無料です。\n支払いは？  カードです。\n'
  expect((await read('faq.txt', wide)).report.files[0]?.fields).toEqual([
    { kind: 'questions', field: '？', count: 3 }
  ])
  const story = 'One line.\nWhy?\nAnother line.\nAnd one.\nAnd one more.\nThe end.\n'
  expect((await read('story.txt', story)).report.files[0]?.fields).toBeUndefined()
})

test('full-width marks before a number', async () => {
  const faq = 'Ｑ１：送料は？\nＡ１：550円です。\n\nＱ２：返品は？\nＡ２：30日以内です。\n'
  expect((await read('faq.txt', faq, { split: 'questions' })).examples.map(said)).toEqual([
    'u: 送料は？ | a: 550円です。',
    'u: 返品は？ | a: 30日以内です。'
  ])
})

test('two who are not known, and speak in turns: the second one answers', async () => {
  const chat =
    '田中: 返品は？\n山本: できます。\n田中: 送料は？\n山本: 無料です。\n田中: 支払いは？\n山本: カードです。\n'
  expect((await read('chat.txt', chat, { split: 'dates' })).examples.map(said)[1]).toBe(
    'u: 送料は？ | a: 無料です。'
  )
})

test.each([
  '# Notes\n\n## Shipping\n\nWe ship daily.\n\n## Returns\n\nThirty days.\n',
  'Name: Anna\nCity: Berlin\nName: Bob\nCity: Bonn\n',
  'Why? Because.\nSo we go on, and on.\n\nThe next paragraph.\n'
])('%j is a text', async (content) => {
  expect((await read('notes.md', content)).report.files[0]?.splits).toBeUndefined()
})

test('numbered lines among questions are questions, too; the steps of an answer are not', async () => {
  const text =
    '1. 返品できますか？\n   はい。\n   1. 箱に入れる\n   2. 送る\n\n2. 送料は？\n   無料です。\n\n3. 営業時間を教えてください。\n   9時からです。\n\n4. 休みは？\n   日曜です。\n'
  const { examples } = await read('a.txt', text, { split: 'questions' })
  expect(examples.map(said)).toEqual([
    'u: 返品できますか？ | a: はい。\n   1. 箱に入れる\n   2. 送る',
    'u: 送料は？ | a: 無料です。',
    'u: 営業時間を教えてください。 | a: 9時からです。',
    'u: 休みは？ | a: 日曜です。'
  ])
})

test('a chat that is saved as Markdown, its names alone in bold', async () => {
  const text =
    '# Chat\n\n**You:**\nCan I?\n\n**ChatGPT:**\nYes.\n\nWithin a month.\n\n**You:**\nHow?\n\n**ChatGPT:**\nBy mail.\n'
  const { examples } = await read('a.md', text, { split: 'dates' })
  expect(examples.map(said)).toEqual(['u: Can I? | a: Yes.\n\nWithin a month.', 'u: How? | a: By mail.'])
})
