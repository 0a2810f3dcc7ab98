// Facts kept, missing and made up: by their meaning, not by their writing; with places for whoever marks them.
import { describe, expect, test } from 'vitest'
import { compareFacts, factsOf } from '../../main/metrics/facts'

const keys = (text: string): string[] => factsOf(text).map(({ kind, key }) => `${kind} ${key}`)
const texts = (facts: readonly { text: string }[]): string[] => facts.map(({ text }) => text)

describe('facts of a text', () => {
  test.each([
    ['送料は１，０００円です', ['amount ¥1000']],
    ['¥1,000 or 1000 yen', ['amount ¥1000', 'amount ¥1000']],
    ['3万円から', ['amount ¥30000']],
    ['12.5% off', ['amount %12.5']],
    ['3月5日(木曜)の10:30', ['date 3-5', 'date weekday 4', 'number 10:30']],
    ['by March 5th, 2026 or 3/5', ['date 2026-3-5', 'date 3-5']],
    ['2026-03-05', ['date 2026-3-5']],
    ['電話は03-1234-5678、2名様', ['number 03-1234-5678', 'number 2']],
    ['株式会社ミドリの佐藤様に「みかづき」を', ['name ミドリ', 'name 佐藤', 'name みかづき']],
    ['Please write to a@b.jp about PayPay.', ['name a@b.jp', 'name paypay']],
    ['13/45 は日付ではない', ['number 13/45']],
    ['May I ask?', []],
    ['［お名前1］様、［電話番号12］へ8日以内に', ['number 8']],
    ['Dear [NAME 1], call [PHONE 12] or PayPay', ['name paypay']]
  ])('%s', (text, expected) => {
    expect(keys(text)).toEqual(expected)
  })

  test('places are those of the text as it stands, full width or not', () => {
    const text = 'ｷｰﾎﾞｰﾄﾞは１，５００円、㌔は別'
    const [fact] = factsOf(text)
    expect(text.slice(fact?.from, fact?.to)).toBe('１，５００円')
  })
})

describe('beside a reference', () => {
  test('the same in another writing is kept, what is lacking is missing, the rest is made up', () => {
    const found = compareFacts(
      '送料は¥550で、翌々日の9:00に佐藤様へ。8個まで。',
      '佐藤様、送料は550円、3月5日着です。',
      '8個頼めますか'
    )
    expect(texts(found.kept)).toEqual(['佐藤', '550円'])
    expect(texts(found.missing)).toEqual(['3月5日'])
    expect(texts(found.invented)).toEqual(['9:00'])
    expect(texts(found.found)).toEqual(['¥550', '佐藤'])
  })

  test('550円 and 550 are one number; 5,500円 is another', () => {
    expect(compareFacts('550です', '550円です', '').missing).toEqual([])
    expect(texts(compareFacts('5,500円です', '550円です', '').invented)).toEqual(['5,500円'])
  })

  test('a name of the house is not made up, another one is', () => {
    const known = new Set(['月しろ茶舗'])
    expect(compareFacts('「月しろ茶舗」です', 'はい', '', known).invented).toEqual([])
    expect(texts(compareFacts('「青空商店」です', 'はい', '', known).invented)).toEqual(['青空商店'])
  })

  test('silence keeps nothing and makes nothing up', () => {
    const found = compareFacts('', '550円、3月5日', '')
    expect([found.kept, found.invented, found.missing.length]).toEqual([[], [], 2])
  })
})
