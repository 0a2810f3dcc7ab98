// Encodings are recognised from the bytes alone, short texts included, and files that are no text are named.
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { decodeFile } from '../../../../main/services/reading/recognise/decode-file'
import {
  namedEncoding,
  recogniseEncoding,
  type Encoding
} from '../../../../main/services/reading/recognise/recognise-encoding'
import { sharedData, skippedNote } from '../../../fixtures/shared-data'
import { Chance } from '../../random'
import { encode, writeData } from '../write-file'

const mail = [
  'いつもお世話になっております。東京都千代田区の山田と申します。',
  'ご注文番号「A-1024」の件、承知いたしました。3、5営業日でお届けいたします。',
  'データのバックアップを取りたいのですが、サーバーの設定がわかりません。',
  '返品は到着後八日以内にお願いいたします。送料は弊社で負担いたします。'
]
const words = [
  '東京',
  '日本語',
  '質問',
  '回答',
  '請求書',
  'ありがとう',
  'サーバー',
  '株式会社',
  '返品したい',
  'お届け先',
  '送料無料'
]
const kana = ['ﾄｳｷｮｳﾄ', 'ﾁﾖﾀﾞｸ', 'ｶﾌﾞｼｷｶﾞｲｼｬ', 'ﾔﾏﾀﾞ ﾀﾛｳ', 'ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ']

const encodings = ['utf-8', 'utf-8-bom', 'cp932', 'euc-jp', 'iso-2022-jp'] as const

const encodingOf = async (path: string): Promise<Encoding> => (await recogniseEncoding(path)).encoding
const recognised = (text: string, encoding: string): Promise<Encoding> =>
  encodingOf(writeData('text.csv', text, encoding))

describe('Japanese text', () => {
  test.each(encodings)('%s, whole sentences', async (encoding) => {
    expect(await recognised(mail.join('\r\n'), encoding)).toBe(encoding)
    for (const line of mail) expect(await recognised(line, encoding)).toBe(encoding)
  })

  test.each(['cp932', 'euc-jp'] as const)('%s, a single word in a table', async (encoding) => {
    for (const word of words) expect(await recognised(`id,name\n1,${word}\n`, encoding)).toBe(encoding)
  })

  test('runs of half-width kana are Shift_JIS, the only encoding that people write them in', async () => {
    for (const name of kana) expect(await recognised(`1,"${name}"\n2,"東京都"\n`, 'cp932')).toBe('cp932')
    expect(await recognised(kana.join(','), 'cp932')).toBe('cp932')
  })

  test.each(['cp932', 'euc-jp', 'utf-8'] as const)('%s, any few characters of a mail', async (encoding) => {
    const chance = new Chance(21)
    const characters = [...mail.join('').replace(/[!-~]/g, '')]
    for (let i = 0; i < 100; i++) {
      const at = chance.below(characters.length - 4)
      const text = characters.slice(at, at + 4 + chance.below(8)).join('')
      expect(`${text} ${await recognised(text, encoding)}`).toBe(`${text} ${encoding}`)
    }
  })

  test.each(['utf-8', 'cp932', 'euc-jp'] as const)(
    '%s, far behind a long stretch of ASCII',
    async (encoding) => {
      // an odd stretch, so that a character is cut by the end of what is read at once
      for (const stretch of [262_143, 262_144, 600_001]) {
        const text = 'a'.repeat(stretch) + mail.join('\n')
        expect(await recognised(text, encoding)).toBe(encoding)
      }
    }
  )

  test.each([
    ['utf-16le', false],
    ['utf-16be', false],
    ['utf-16le', true],
    ['utf-16be', true]
  ])('%s, with mark: %s', async (encoding, hasMark) => {
    const bytes = encode((hasMark ? '\uFEFF' : '') + mail.join('\n'), encoding)
    expect(await encodingOf(writeData('text.csv', bytes))).toBe(encoding)
  })

  test.each(['utf-16le', 'utf-16be'] as const)(
    '%s without a mark, with 一 and wide blanks in it',
    async (encoding) => {
      for (const text of ['質問\t回答\n送料は？\t全国一律です\n', '送料は？\u3000全国一律\u3000一つ\n'])
        expect(await encodingOf(writeData('text.csv', encode(text, encoding)))).toBe(encoding)
    }
  )

  test('plain ASCII and other UTF-8', async () => {
    expect(await recognised('question,answer\na,b\n', 'ascii')).toBe('utf-8')
    expect(await recognised('Crème brûlée – 5 €', 'utf-8')).toBe('utf-8')
    expect(await recognised('한국어 中文 😀', 'utf-8')).toBe('utf-8')
  })

  test('UTF-8 with a damaged byte is still UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(mail.join('\n')),
      Buffer.from([0xe3, 0x81, 0x0a]),
      Buffer.from(mail[0] ?? '')
    ])
    expect(await encodingOf(writeData('text.csv', bytes))).toBe('utf-8')
  })
})

describe('decoding', () => {
  const decoded = async (path: string, encoding: Encoding): Promise<string> => {
    let text = ''
    for await (const piece of decodeFile(path, encoding)) text += piece
    return text
  }

  test.each([...encodings, 'utf-16le', 'utf-16be'])(
    '%s comes back, over the borders of pieces too',
    async (encoding) => {
      for (const before of [0, 1, 2, 3, 262_143]) {
        const text = 'x'.repeat(before) + mail.join('\n').repeat(before ? 1 : 2500)
        const path = writeData('text.txt', text, encoding)
        expect((await decoded(path, encoding)) === text).toBe(true)
      }
    }
  )

  test('half-width kana in seven bits', async () => {
    const bytes = Buffer.from([0x1b, 0x28, 0x49, 0x44, 0x33, 0x1b, 0x28, 0x42, 0x21])
    expect(await decoded(writeData('text.txt', bytes), 'iso-2022-jp')).toBe('ﾄｳ!')
  })

  test('a wrong encoding is noticed, not shown as garbage', async () => {
    const path = writeData('mail.txt', mail.join('\n'), 'cp932')
    await expect(decoded(path, 'utf-8')).rejects.toMatchObject({
      code: 'WRONG_ENCODING',
      details: { file: 'mail.txt' }
    })
    await expect(decoded(path, 'euc-jp')).rejects.toMatchObject({ code: 'WRONG_ENCODING' })
  })
})

test.each([
  ['Shift_JIS', 'cp932'],
  ['sjis', 'cp932'],
  ['Windows-31J', 'cp932'],
  ['UTF8', 'utf-8'],
  ['utf-16', 'utf-16le'],
  ['EUC_JP', 'euc-jp'],
  ['windows-1252', 'windows-1252']
])('a person who says %s means %s', (name, encoding) => {
  expect(namedEncoding(name)).toBe(encoding)
})

test('an encoding that nobody knows is refused with the list', () => {
  expect(() => namedEncoding('martian')).toThrow(expect.objectContaining({ code: 'UNKNOWN_ENCODING' }))
})

describe('files that are no text', () => {
  const noise = new Chance(2)
  test.each([
    ['empty', Buffer.alloc(0), 'EMPTY_DATA'],
    ['gzip', gzipSync('question,answer'), 'COMPRESSED_FILE'],
    ['zip', Buffer.from('PK\x03\x04rest'), 'COMPRESSED_FILE'],
    ['PDF', Buffer.from('%PDF-1.7 …'), 'OTHER_KIND'],
    ['noise', Buffer.from(Array.from({ length: 5000 }, () => noise.below(256))), 'BINARY_FILE'],
    [
      'noise without zeros',
      Buffer.from(Array.from({ length: 5000 }, () => 128 + noise.below(128))),
      'WRONG_ENCODING'
    ],
    [
      'pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n'),
      'LFS_POINTER'
    ]
  ])('%s', async (_, bytes, code) => {
    await expect(recogniseEncoding(writeData('data.csv', bytes))).rejects.toMatchObject({ code })
  })
})

describe('real tables', () => {
  test.each([
    ['cabinet-office-holidays/syukujitsu.csv', 'cp932'],
    ['cabinet-office-holidays-bom/syukujitsu.csv', 'utf-8-bom'],
    ['japanpost-tokyo/13TOKYO.CSV', 'cp932'],
    ['covid-mixed-encodings/data/cases_total.csv', 'utf-8-bom'],
    ['covid-mixed-encodings/data/effective_reproduction_number.csv', 'utf-8'],
    ['covid-mixed-encodings/data/prefectures.csv', 'utf-8']
  ])('%s', async (name, encoding) => {
    const path = sharedData('messy', name)
    if (!path) return void console.info(skippedNote)
    expect(await encodingOf(path)).toBe(encoding)
  })
})
