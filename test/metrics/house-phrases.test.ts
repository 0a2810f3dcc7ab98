// What a house begins and ends with, and what is only the content of a part of its answers.
import { expect, test } from 'vitest'
import { housePhrases } from '../../main/metrics/house-phrases'
import { closingOf, openingOf } from '../../main/metrics/tone-traits'

type Pair = readonly [question: string, answer: string]
const phrases = (pairs: readonly Pair[], of: (answer: string) => string): readonly string[] =>
  housePhrases(
    pairs.map(([, answer]) => of(answer)),
    pairs.map(([question]) => question)
  ).map(({ text }) => text)
const filled = (rows: number, [question, answer]: Pair): readonly Pair[] =>
  Array.from({ length: rows }, (_, at) => [
    question.replace('{}', `R${at}00`),
    answer.replace('{}', `R${at}00`)
  ])

test('the last sentence of the answers about one thing is nobody’s closing', () => {
  const dressing = [
    '着付けは頼めますか',
    'どこで着替えますか',
    '男性の支度もできますか',
    '七五三の子の着物もお願いできますか',
    '手ぶらで行ってもいいですか'
  ].flatMap((question) =>
    filled(3, [question, 'はい、{}円で承っております。お着替えは店内の個室で行います。'])
  )
  const others = Array.from({ length: 93 }, (_, at): Pair => [
    `${at}日に借りたいです`,
    `はい、${at}日は空いております。${at}番の窓口へお越しください。`
  ])
  expect(phrases([...dressing, ...others], closingOf)).toEqual([])
})

test('openings that recur because questions recur are no greetings, however few there are', () => {
  const pairs = [
    ['How do I reset the {} fault?', 'Hold the service key for four seconds. The {} blinks twice.'],
    ['Can I test the {} while guests ride?', 'No. Close the line, and test the {} with the rope empty.'],
    ['Who may sign the {} sheet?', 'Two people: the shift lead and the {} mechanic.'],
    ['Which firmware does the {} need?', 'It needs 4.2 or later. Read the {} label first.']
  ] as const
  expect(
    phrases(
      pairs.flatMap((pair) => filled(20, pair)),
      openingOf
    )
  ).toEqual([])
  // of two things there is a half each
  expect(
    phrases(
      pairs.slice(0, 2).flatMap((pair) => filled(20, pair)),
      openingOf
    )
  ).toEqual([])
})

test('a greeting that goes with any question is the house’s, the commonest first, and so is one of several courtesies', () => {
  const asked = [
    '送料はいくらですか',
    '返品できますか',
    '領収書をください',
    '会員になりたい',
    '在庫はありますか'
  ]
  const pairs = Array.from({ length: 60 }, (_, at): Pair => {
    const [greeting, closing] = [
      at % 3 === 0 ? 'こもれびの里です。' : '里の者が承ります。',
      at % 7 === 0 ? 'またのご連絡をお待ちしております。' : `${at}番です。`
    ]
    return [`${asked[at % 5]}（${at}）`, `${greeting}${at}円です。${closing}`]
  })
  expect(phrases(pairs, openingOf)).toEqual(['里の者が承ります。', 'こもれびの里です。'])
  expect(phrases(pairs, closingOf)).toEqual(['またのご連絡をお待ちしております。'])
})
