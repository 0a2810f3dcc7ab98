// Each scanner on forms as they are written, and on what only looks like them.
import { describe, expect, test } from 'vitest'
import { scanPersonal } from '../../../../main/services/doctor/personal/scan'

const found = (text: string): string[] =>
  scanPersonal(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)

const cases: readonly (readonly [text: string, ...found: string[]])[] = [
  ['電話は０３−１２３４−５６７８です。', 'phone ０３−１２３４−５６７８'],
  [
    '（03）1234-5678、０９０ー１２３４ー５６７８',
    'phone （03）1234-5678',
    'phone ０９０ー１２３４ー５６７８'
  ],
  ['0120-123-456 か +81 3-1234-5678 まで', 'phone 0120-123-456', 'phone +81 3-1234-5678'],
  ['Call (415) 555-0123.', 'phone (415) 555-0123'],
  [
    'ご予約は090-1234-5678の佐久間まで、ご注文は０３１２３４５６７８へ。',
    'phone 090-1234-5678',
    'phone ０３１２３４５６７８'
  ],
  ['予約番号は090-1234-5678、受付No.0312345678、伝票：0451234567 です。'],
  ['注文番号 0312345678、2024-01-15、010-2024-5678'],
  [
    '〒150-0001 東京都渋谷区神宮前1-2-3 青葉マンション101号室へ',
    'postcode 〒150-0001',
    'address 東京都渋谷区神宮前1-2-3 青葉マンション101号室'
  ],
  ['住所は大阪府大阪市北区梅田三丁目1番3号です', 'address 大阪府大阪市北区梅田三丁目1番3号'],
  ['住所はさいたま市大宮区桜木町4-6', 'address さいたま市大宮区桜木町4-6'],
  ['会場は東京都渋谷区です。全長は神奈川県横浜市にある橋の860mです。'],
  [
    'I live at 123 Main Street, Springfield, IL 62704',
    'address 123 Main Street, Springfield',
    'postcode 62704'
  ],
  ['佐藤様、担当の鈴木です。', 'name 佐藤', 'name 鈴木'],
  ['蓮見彩花と申します', 'name 蓮見彩花'],
  ['当日は店長の戸叶久美子が承ります。', 'name 戸叶久美子'],
  ['着付けの大和田ひろ子先生と、田中のり子様', 'name 大和田ひろ子', 'name 田中のり子'],
  ['鈴木パーキング様、高橋クリーニングさん、山田のお子様、鈴木サトシ様', 'name 鈴木サトシ'],
  ['雨天が承知の上で、係が承ります。担当が参ります。'],
  ['ご担当者様、お客様、皆様、どの様な、運転手さん、スタッフさん、彼氏、宮殿'],
  ['Dear Ms Sato, my name is John Smith.', 'name Sato', 'name John Smith'],
  ['Dear Customer, Hi team, This is Monday.'],
  ['Best regards,\nEmily Clark', 'name Emily Clark'],
  ['生年月日は昭和55年3月4日、発売は1980年1月2日', 'birth-date 昭和55年3月4日'],
  ['Born on March 3, 1980, hired on May 4, 2001', 'birth-date March 3, 1980'],
  ['4111 1111 1111 1111 と 4111 1111 1111 1112', 'card 4111 1111 1111 1111'],
  ['マイナンバー 1234 5678 9018、マイナンバー 1234 5678 9012', 'my-number 1234 5678 9018'],
  ['登録番号T7000012050002', 'corporate-number T7000012050002'],
  ['免許証番号：第301234567890号', 'licence 301234567890'],
  ['パスポート番号はTK1234567、型番TX1234567', 'passport TK1234567'],
  ['みずほ銀行 普通 1234567、1234567円', 'bank-account 1234567'],
  ['記号10120 番号12345671', 'bank-account 10120', 'bank-account 12345671'],
  ['GB29 NWBK 6016 1331 9268 19', 'bank-account GB29 NWBK 6016 1331 9268 19'],
  [
    'm.tanaka@mail.example と ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ',
    'mail m.tanaka@mail.example',
    'mail ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ'
  ],
  ['203.0.113.7 と version 1.2.3.4 と 2001:db8::1', 'ip 203.0.113.7', 'ip 2001:db8::1'],
  ['00:1A:2B:3C:4D:5E', 'mac 00:1A:2B:3C:4D:5E'],
  ['パスワードはAbc12345!です。パスワードは8文字以上です。', 'secret Abc12345!'],
  ['AKIAIOSFODNN7EXAMPLE', 'secret AKIAIOSFODNN7EXAMPLE'],
  [
    'https://example.com/a?token=abcdef123456 と https://example.com/a?page=2',
    'secret-url https://example.com/a?token=abcdef123456'
  ],
  ['［電話番号1］へ、［お名前1］様']
]

describe('personal data', () => {
  test.each(cases)('%s', (text, ...wanted) => {
    expect(found(text)).toEqual(wanted)
  })

  test('a long text of digits, marks and kanji is scanned in linear time', () => {
    for (const unit of [
      '0-',
      '１２３４',
      '市区町村',
      '1-2-',
      'a@',
      'a.',
      '名前は',
      'さん様',
      'Aa ',
      'http://a:b',
      '東京都渋谷区1-'
    ]) {
      const seconds = (length: number): number => {
        const from = performance.now()
        scanPersonal(unit.repeat(Math.ceil(length / unit.length)))
        return performance.now() - from
      }
      seconds(2000)
      const [small, large] = [seconds(20_000), seconds(80_000)]
      // four times as long; a square would be sixteen times
      expect(large, unit).toBeLessThan(10 * small + 200)
    }
  })
})
