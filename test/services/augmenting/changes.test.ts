// Questions put in other ways: each way does what it says, the same chance gives the same, and what must not change does not.
import { describe, expect, test } from 'vitest'
import { Chance, type Change } from '../../../main/services/augmenting/changed'
import { orderChange } from '../../../main/services/augmenting/clause-order'
import { paraphraseIn } from '../../../main/services/augmenting/paraphrase'
import { synonymChange } from '../../../main/services/augmenting/synonyms'
import { typingChange } from '../../../main/services/augmenting/typing'

/** All that chance may make of it. */
const allOf = (change: Change, question: string): readonly string[] => [
  ...new Set(Array.from({ length: 200 }, (_, seed) => change(question, new Chance(seed)) ?? []).flat())
]

describe('synonyms', () => {
  const change = synonymChange([['会員証', 'メンバーズカード']])

  test('a word becomes another for the same, also one of the user', () => {
    expect(allOf(change, '会員証の送料を教えてください。')).toEqual(
      expect.arrayContaining([
        'メンバーズカードの送料を教えてください。',
        '会員証の配送料を教えてください。',
        '会員証の送料を教えていただけますか。'
      ])
    )
    expect(allOf(change, 'Can you tell me the opening hours?')).toContain(
      'Could you tell me the opening hours?'
    )
  })

  test('parts of longer words, quoted names and addresses are left alone', () => {
    expect(allOf(change, '送料表はどこですか。')).toEqual([])
    expect(allOf(change, '「送料」と書かれた箱')).toEqual([])
    expect(allOf(change, 'See https://a.example/parcel or ask parcel@a.example')).toEqual([])
    expect(allOf(change, 'A priceless parcels')).toEqual([])
  })

  test('the same chance gives the same', () => {
    const question = '今日の在庫はありますか。送料を教えてください。'
    expect(change(question, new Chance(7, 3))).toBe(change(question, new Chance(7, 3)))
  })
})

describe('order', () => {
  test('a reason goes behind what is asked', () => {
    expect(allOf(orderChange, '急いでいるので、いつ届きますか。')).toEqual([
      'いつ届きますか。急いでいるので。'
    ])
    expect(allOf(orderChange, 'If it breaks, can I return it?')).toEqual(['Can I return it if it breaks?'])
  })

  test('the sentence that asks changes places with the others, greetings stay where they are', () => {
    expect(allOf(orderChange, 'こんにちは。先日、皿を買いました。返品はできますか。')).toEqual([
      'こんにちは。返品はできますか。先日、皿を買いました。'
    ])
  })

  test('what leans on the sentence before it is not moved', () => {
    expect(allOf(orderChange, '皿を買いました。それは返品できますか。')).toEqual([])
    expect(allOf(orderChange, '返品はできますか。')).toEqual([])
  })
})

describe('typing', () => {
  test('one slip, never in a number, a code or what was masked', () => {
    const question = '注文番号KM-2024-00123（お客様A、[電話番号1]）の保証期間を延長したいです。'
    const made = allOf(typingChange, question)
    expect(made.length).toBeGreaterThan(2)
    for (const one of made) {
      expect(one).not.toBe(question)
      for (const kept of ['KM-2024-00123', 'お客様A', '[電話番号1]']) expect(one).toContain(kept)
    }
    expect(made).toContain(question.replace('保証', '保障'))
  })

  test('letters of longer words alone', () => {
    const made = allOf(typingChange, 'Where is my parcel to Berlin?')
    expect(made.length).toBeGreaterThan(3)
    for (const one of made) expect(one).toMatch(/ is my .* to Berlin\?$/)
  })
})

describe('paraphrases of a model', () => {
  test('what asks the same is used, without what stands around it', () => {
    expect(paraphraseIn('言い換え：「送料は何円かかりますか？」', '送料はいくらですか。')).toBe(
      '送料は何円かかりますか？'
    )
  })

  test.each([
    ['', '送料はいくらですか。'],
    ['送料はいくらですか。', '送料はいくらですか。'],
    ['What does delivery cost?', '送料はいくらですか。'],
    ['送料は500円です。', '送料はいくらですか。'],
    ['注文43号はいつ届きますか。', '注文42号はいつ届きますか。'],
    ['カップの在庫はありますか。', 'コップの在庫はありますか。'],
    ['When will your refund arrive?', 'When will my refund arrive?'],
    ["I'm ready to assist. What's your payment method?", 'What payment methods do you accept?'],
    ['空は青く、海は広いですね。そうではないでしょうか。', '送料はいくらですか。']
  ])('%s is not used for %s', (said, question) => {
    expect(paraphraseIn(said, question)).toBeNull()
  })
})
