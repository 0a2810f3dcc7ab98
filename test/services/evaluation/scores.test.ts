// Exact match, tone and facts: what is folded, what is not; and the sample's own answers against its own rules.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exactMatch } from '../../../main/services/evaluation/exact-match'
import { exactShare, percent, scoreAnswers } from '../../../main/services/evaluation/scores'
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

  test('shares', () => {
    expect(exactShare(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual({ hits: 2, total: 3 })
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

  test('counts per answer', () => {
    const expected = [
      { answer: '', language: 'ja' as const, facts: ['1円'] },
      { answer: '', language: 'en' as const, facts: ['2 yen'] }
    ]
    const answers = ['月しろ 1円 を。', 'At your service. 2 yen']
    expect(scoreAnswers(answers, expected, patterns)).toEqual({
      tone: { hits: 1, total: 2 },
      facts: { hits: 2, total: 2 }
    })
  })

  test('a tone file that cannot be used is an error, not a zero', () => {
    for (const text of ['', '{}', '{"ja": [], "en": ["a"]}', '{"ja": ["("], "en": ["a"]}']) {
      expect(() => parseTone(text, 'tone.json')).toThrowError(
        expect.objectContaining({ code: 'BROKEN_TONE' })
      )
    }
  })

  test.skipIf(!existsSync(sampleDir))(
    "the sample's own answers carry its tone and keep its facts",
    async () => {
      const rows = await readSample(sampleDir)
      const own = parseTone(readFileSync(join(sampleDir, 'tone.json'), 'utf8'), 'tone.json')
      const scores = scoreAnswers(
        rows.map((row) => row.answer),
        rows,
        own
      )
      expect(scores).toEqual({
        tone: { hits: rows.length, total: rows.length },
        facts: { hits: rows.length, total: rows.length }
      })
    }
  )
})
