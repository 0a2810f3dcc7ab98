// Normalisations change what they say and nothing else, are counted where they act, and do not overlap.
import { describe, expect, test } from 'vitest'
import type { Example } from '../../../../main/contract/records'
import type { Normalisation } from '../../../../main/contract/window/data'
import { folded, inPieces } from '../../../../main/services/dataset/kept/search-form'
import {
  normaliseExample,
  normalisations,
  normaliseText,
  placesOf
} from '../../../../main/services/dataset/set/normalise'
import { Chance } from '../../random'

const text = (content: string): Example => ({ kind: 'text', text: content, source: { file: 'a', row: 1 } })

describe('each kind', () => {
  test.each<[Normalisation, string, string, number]>([
    ['half-width-kana', 'ｱﾝｹｰﾄはﾊﾟｿｺﾝで｡', 'アンケートはパソコンで。', 3],
    ['half-width-kana', '全角カナ、ＡＢＣ', '全角カナ、ＡＢＣ', 0],
    ['full-width-ascii', 'ＦＡＸは０３－１２３４－５６７８へ', 'FAXは03-1234-5678へ', 2],
    ['full-width-ascii', '１，０００円（税込）！　５０％引き', '1,000円（税込）！　50%引き', 2],
    ['full-width-ascii', '９：３０～１８：００', '9:30～18:00', 2],
    ['nfkc', '㈱の①番、㌢とﾊﾝｶｸとＡ！（笑）…　終', '(株)の1番、センチとﾊﾝｶｸとＡ！（笑）…　終', 3],
    ['nfkc', 'か\u3099と が、cafe\u0301', 'がと が、caf\u00e9', 2],
    ['trailing-space', 'はい。　\n  次 \r\n終\t', 'はい。\n  次\r\n終', 3],
    ['trailing-space', 'a  b', 'a  b', 0]
  ])('%s: %j', (kind, before, after, places) => {
    expect(normaliseText(before, kind)).toBe(after)
    expect(placesOf(text(before))[kind].count).toBe(places)
  })

  test('of a long text piece by piece: places and folded form are those of the whole', () => {
    const chance = new Chance(7)
    const words = ['ｱﾝｹｰﾄ ', '０３', '㈱', 'か\u3099', '質問', 'a ', '\ufdfa', '\n', '😀', 'は。　']
    for (let round = 0; round < 20; round++) {
      const long = Array.from({ length: 60_000 }, () => chance.pick(words)).join('')
      const pieces = [...inPieces(long)]
      expect(pieces.length).toBeGreaterThan(1)
      expect(pieces.join('') === long).toBe(true)
      expect(pieces.map(folded).join('') === folded(long)).toBe(true)
      for (const kind of ['half-width-kana', 'trailing-space'] as const)
        expect(placesOf(text(long))[kind].count).toBe(
          pieces.reduce((sum, piece) => sum + placesOf(text(piece))[kind].count, 0)
        )
    }
  })

  test('what is passed over unlooked is what a look would leave alone', () => {
    const plain = (content: string): string => content.normalize('NFKC').toLowerCase()
    for (let code = 0; code < 0x10000; code++) {
      const character = String.fromCharCode(code)
      for (const content of [`か${character}ん`, `a${character}\u3099`]) {
        if (folded(content) !== plain(content)) throw new Error(`U+${code.toString(16)} is not folded`)
        const counted = normalisations.filter((kind) => placesOf(text(content))[kind].count > 0)
        const changed = normalisations.filter((kind) => normaliseText(content, kind) !== content)
        if (counted.join() !== changed.join()) throw new Error(`U+${code.toString(16)}: ${changed.join()}`)
      }
    }
  })

  test('a place is shown with what stands around it', () => {
    expect(
      placesOf(text('お問い合わせはこちらのﾌｫｰﾑからお願いいたします。'))['half-width-kana'].example
    ).toEqual({
      before: '合わせはこちらのﾌｫｰﾑからお願いいたし',
      after: '合わせはこちらのフォームからお願いいたし'
    })
  })
})

test('applied twice is applied once, leaves no places, and leaves the other kinds theirs', () => {
  const chance = new Chance(14)
  const some = [...'aZ09 \t\n\r　あア漢ｱﾊﾟﾞ｡Ａ１，．－：％！（①㈱㌢か\u3099é\u0301😀…～￥', '\uD83D', '\r\n']
  for (let round = 0; round < 2000; round++) {
    const before = chance.list(30, () => chance.pick(some)).join('')
    for (const kind of normalisations) {
      const after = normaliseText(before, kind)
      expect(normaliseText(after, kind)).toBe(after)
      expect(placesOf(text(after))[kind].count).toBe(0)
      expect(placesOf(text(before))[kind].count > 0, JSON.stringify([kind, before])).toBe(after !== before)
    }
  }
})

test('an example without differences stays the very same one', () => {
  const example = text('ふつうの文です。')
  expect(normaliseExample(example, normalisations)).toBe(example)
  const talk: Example = {
    kind: 'conversation',
    messages: [
      { role: 'user', content: 'ｱ' },
      { role: 'assistant', content: 'い' }
    ],
    source: { file: 'a', row: 1 }
  }
  expect(normaliseExample(talk, [])).toBe(talk)
  expect(normaliseExample(talk, ['half-width-kana'])).toMatchObject({
    messages: [{ content: 'ア' }, { content: 'い' }]
  })
})

test('a long run of spaces costs no time', () => {
  const long = `a${' '.repeat(200_000)}b`
  expect(normaliseText(long, 'trailing-space')).toBe(long)
  expect(placesOf(text(long))['trailing-space'].count).toBe(0)
})
