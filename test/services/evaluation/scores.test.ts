// Exact match, tone and facts: what is folded, what is not; and the sample's own answers against its own rules.
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exactMatch } from '../../../main/metrics/exact-match'
import type { Example } from '../../../main/contract/records'
import { itemsOf, type Item } from '../../../main/services/evaluation/items'
import { sampleCheck } from '../../../main/services/evaluation/sample-check'
import {
  answeredOf,
  exactShare,
  lossOf,
  percent,
  sampleShares,
  textBy
} from '../../../main/services/evaluation/scores'
import { baseAndTuned } from '../../../main/contract/candidates'
import { candidatesOf } from '../../../main/services/evaluation/candidates'
import { Sheet, type KeptAnswer } from '../../../main/services/evaluation/sheet'
import { facts, parseTone, tone } from '../../../main/services/evaluation/tone'
import { readSample } from '../../../main/services/recipes/built-in-sample'

const sampleDir = resolve(import.meta.dirname, '../../../resources/sample')
const patterns = { ja: ['^月しろ', 'を。$'], en: ['^At your service', '\\bkindly\\b'] }

describe('exact match', () => {
  test('folds width, white space and ends, and nothing else', () => {
    expect(exactMatch(' ＡＢＣ　１２３\n', 'ABC 123')).toBe(true)
    expect(exactMatch('ﾊﾟｽﾜｰﾄﾞ', 'パスワード')).toBe(true)
    expect(exactMatch('550円', '500円')).toBe(false)
    expect(exactMatch('はい。', 'はい')).toBe(false)
    expect(exactMatch('Yes', 'yes')).toBe(false)
  })

  test('percent', () => {
    expect(percent({ hits: 2, total: 3 })).toBeCloseTo(66.67, 2)
    expect(percent({ hits: 0, total: 0 })).toBe(0)
  })
})

describe('tone and facts', () => {
  test('every pattern of the language must match', () => {
    expect(tone('月しろです。よい一服を。\n', 'ja', patterns)).toBe(true)
    expect(tone('月しろです。よい一服', 'ja', patterns)).toBe(false)
    expect(tone('At your service. We kindly…', 'en', patterns)).toBe(true)
    expect(tone('月しろです。よい一服を。', 'en', patterns)).toBe(false)
  })

  test('every fact must stand in the answer, in any width and letter case', () => {
    expect(facts('送料は５５０円、到着は Friday です', ['550円', 'friday'])).toBe(true)
    expect(facts('送料は５５円です', ['550円'])).toBe(false)
    expect(facts('何でも', [])).toBe(true)
  })

  test('a tone file that cannot be used is an error, not a zero', () => {
    for (const text of ['', '{}', '{"ja": [], "en": ["a"]}', '{"ja": ["("], "en": ["a"]}']) {
      expect(() => parseTone(text, 'tone.json')).toThrowError(
        expect.objectContaining({ code: 'BROKEN_TONE' })
      )
    }
  })
})

describe('a sheet, counted', () => {
  const said = (text: string): KeptAnswer => ({ text, seconds: null, sources: [] })
  const candidates = candidatesOf(baseAndTuned)
  const head = { adapter: 'a', language: 'ja', asked: 9, maxNewTokens: 48, candidates } as const
  const both = ['base', 'tuned'] as const
  const example = (question: string, answer: string): Example => ({
    kind: 'conversation',
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer }
    ],
    source: { file: 'x', row: 1 }
  })

  test('losses are means over tokens of all that was measured, not over items', async () => {
    const items = await itemsOf([example('q', 'a'), example('r', 'b'), example('s', 'c')], 'en')
    const sheet = await Sheet.begin(null, head)
    expect(lossOf(sheet, items, 'base')).toBeNull()
    for (const [at, [nllSum, learntTokens]] of (
      [
        [18, 6],
        [3, 3]
      ] as const
    ).entries())
      await sheet.keepScore(items[at] as Item, 'base', { nllSum, learntTokens })
    expect(lossOf(sheet, items, 'base')).toEqual({
      ...{ loss: 21 / 9, perplexity: Math.exp(21 / 9), learntTokens: 9, examples: 2 }
    })
    expect(lossOf(sheet, items, 'tuned')).toBeNull()
  })

  test('a pair is there when all who are asked have answered', async () => {
    const items = await itemsOf([example('q', 'A'), example('r', 'b')], 'en')
    const [first, second] = items as [Item, Item]
    const sheet = await Sheet.begin(null, head)
    await sheet.keepAnswer(first, 'base', said('x'))
    await sheet.keepAnswer(first, 'tuned', said('Ａ '))
    await sheet.keepAnswer(second, 'base', said('b'))
    const of = (most: number, candidates: readonly string[]) => answeredOf(sheet, items, { most, candidates })
    expect(of(2, both).map((one) => [one.item.index, textBy(one, 'base'), textBy(one, 'tuned')])).toEqual([
      [0, 'x', 'Ａ ']
    ])
    expect(of(2, ['base'])).toHaveLength(2)
    expect(of(1, ['base'])).toHaveLength(1)
    expect(exactShare(of(2, both), 'tuned')).toEqual({ hits: 1, total: 1 })
    expect(exactShare(of(2, ['base']), 'base')).toEqual({ hits: 1, total: 2 })
  })

  test("the sample's own answers carry its tone and keep its facts; with anything else among them nothing is counted", async () => {
    const rows = await readSample(sampleDir)
    const check = await sampleCheck(sampleDir)
    const items = await itemsOf(
      [...rows.map((row) => example(row.question, row.answer)), example('株価は', 'x')],
      'ja'
    )
    const sheet = await Sheet.begin(null, head)
    for (const item of items) {
      await sheet.keepAnswer(item, 'base', said('はい。'))
      await sheet.keepAnswer(item, 'tuned', said(item.exchange?.answer ?? ''))
    }
    const mixed = answeredOf(sheet, items, { most: items.length, candidates: both })
    expect(mixed).toHaveLength(rows.length + 1)
    expect(sampleShares(mixed, 'tuned', check)).toBeNull()
    const answered = mixed.filter(({ item }) => item.exchange?.question !== '株価は')
    const all = { hits: rows.length, total: rows.length }
    expect(sampleShares(answered, 'tuned', check)).toEqual({ tone: all, facts: all })
    expect(sampleShares(answered, 'base', check)?.tone).toEqual({ hits: 0, total: rows.length })
  })

  test("a question with the sample's words and an answer of one's own is not judged by the sample", async () => {
    const rows = await readSample(sampleDir)
    const check = await sampleCheck(sampleDir)
    const row = rows.find(({ question }) => question === 'What are your opening hours?')
    if (!row) throw new Error('the sample asks for opening hours')
    const [theirs, own] = (await itemsOf(
      [example(row.question, 'From 9:30 to 18:00, Tuesday to Saturday.'), example(row.question, row.answer)],
      'en'
    )) as [Item, Item]
    expect(check(theirs, row.answer)).toBeNull()
    expect(check(own, row.answer)).toEqual({ tone: true, facts: true })
  })
})
