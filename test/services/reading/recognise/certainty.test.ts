// Every part of a file that is recognised says how sure that is, and why where it is not.
import { describe, expect, test } from 'vitest'
import type { Certainties, DataOverrides } from '../../../../main/contract/records'
import { encode } from '../write-file'
import { jsonl, read } from '../reading'

const certainties = async (name: string, content: string | Uint8Array, overrides?: DataOverrides) =>
  (await read(name, content, overrides)).report.files[0]?.certainty as Certainties
const short = (all: Certainties): string[] =>
  Object.entries(all).map(([part, { sure, doubt }]) => [part, sure, doubt].filter(Boolean).join(' '))

test.each<[string, string, string[]]>([
  ['known names', '質問,回答\nq,a\n', ['encoding high', 'delimiter high', 'header high', 'shape high']],
  [
    'names that only hint',
    'お客様からの質問,当社の回答文\nq,a\n',
    ['encoding high', 'delimiter high', 'header high', 'shape fair guessed-columns']
  ],
  [
    'no names',
    '送料はいくらですか？,五百円です。\n返品できますか？,はい、できます。\n',
    ['encoding high', 'delimiter high', 'header low no-names', 'shape low no-names']
  ],
  [
    'two signs in the first line',
    '質問,回答;備考\nq,a\n',
    ['encoding high', 'delimiter fair several-delimiters', 'header high', 'shape fair guessed-columns']
  ]
])('a table with %s', async (_, content, wanted) => {
  expect(short(await certainties('a.csv', content))).toEqual(wanted)
})

test('what the user says is certain', async () => {
  const content = '送料はいくらですか？,五百円です。\n返品できますか？,はい、できます。\n'
  const said = { headerRows: { '': 0 }, encoding: 'utf-8', mapping: { question: '1', answer: '2' } }
  expect(short(await certainties('a.csv', content, said))).toEqual([
    'encoding high',
    'delimiter high',
    'header high',
    'shape high'
  ])
})

test('a file that has no delimiter or header says nothing of them', async () => {
  expect(short(await certainties('a.jsonl', jsonl({ question: 'q', answer: 'a' })))).toEqual([
    'encoding high',
    'shape high'
  ])
})

describe('the encoding', () => {
  const sure = async (text: string, encoding: string): Promise<string | undefined> =>
    short(await certainties('a.csv', encode(`q,a\nx,${text}\n`, encoding)))[0]

  const sentences = 'お問い合わせいただき、ありがとうございます。送料は五百円でございます。'
  test.each([
    ['cp932', sentences, 'high'],
    ['euc-jp', sentences, 'high'],
    // these bytes are half-width kana in one and kanji in the other
    ['euc-jp', '東京', 'fair little-text'],
    ['cp932', 'ﾔﾏﾀﾞ', 'low two-encodings']
  ])('%s, %s: %s', async (encoding, text, wanted) => {
    expect(await sure(text, encoding)).toBe(`encoding ${wanted}`)
  })

  test('a byte that means nothing leaves a doubt', async () => {
    const bytes = Buffer.concat([encode(`q,a\nx,${sentences}`, 'utf-8'), Buffer.from([0xff, 10])])
    expect(short(await certainties('a.csv', Buffer.concat([bytes, Buffer.from('y,good\n')])))[0]).toBe(
      'encoding fair damaged-text'
    )
  })
})
