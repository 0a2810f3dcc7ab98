// What a program can see of an answer: it warns of what is there, and of nothing else.
import { describe, expect, test } from 'vitest'
import { houseWords } from '../../main/metrics/other-topic'
import { hasTroubles, troublesBeside, troublesOf } from '../../main/metrics/answer-troubles'

const reference =
  '「みかづき」は3,000円です。お問い合わせは 03-1234-5678、または shop@example.jp まで。LINEでも承ります。'

describe('facts of the reference', () => {
  test('are there in whatever width they are written', () => {
    const answer =
      '『みかづき』は３０００円でございます。０３-１２３４-５６７８、shop@example.jp、Line でどうぞ。'
    expect(troublesBeside(answer, reference, 'いくらですか')).toEqual(troublesOf(''))
  })

  test('that are lost are named, and so are numbers that nobody gave', () => {
    const { lost, invented } = troublesBeside('三日月は 2,500円です。', reference, '2個で いくらですか')
    expect(lost).toEqual(['3000', '03-1234-5678', 'みかづき', 'shop@example.jp', 'LINE'])
    expect(invented).toEqual(['2500'])
  })

  test('a number of the question is no invention', () => {
    expect(troublesBeside('2個ですね。', '承知しました。', '２個ください').invented).toEqual([])
  })

  test('a placeholder of masking is none, neither in the answer nor in the reference', () => {
    const masked = '［お名前1］様、［電話番号12］へどうぞ。[NAME 1], [PHONE 3]'
    expect(troublesBeside('はい。', masked, '［電話番号12］です').lost).toEqual([])
    // nor where the answer broke the sign before it
    expect(troublesBeside('\ufffd電話番号1］へ。', masked, 'はい').invented).toEqual([])
    expect(troublesBeside('［電話番号7］へ。', 'はい。', '').invented).toEqual([])
  })

  test('the first word of an English sentence is no name', () => {
    const troubles = troublesBeside('we send it.', 'Thank you. We ship with Yamato.', 'How?')
    expect(troubles.lost).toEqual(['Yamato'])
  })
})

describe('names in kanji and katakana', () => {
  const given =
    '佐藤様、株式会社みどり 渋谷支店の田中さんがヤマト便でお送りします。お客様、キャンセルは承ります。'
  test('are missed where something beside them says that they are names', () => {
    expect(troublesBeside('承知しました。', given, '').lost).toEqual(['佐藤', '渋谷', '田中', 'ヤマト'])
    expect(troublesBeside('佐藤様、渋谷の田中よりヤマトでお送りします。', given, '').lost).toEqual([])
  })
  test('a mere word, and whom everybody calls so, are none', () => {
    expect(
      troublesBeside('はい。', 'お客様、担当者様、ポイントとメールは翌日便の業者さんへ。', '').lost
    ).toEqual([])
  })
})

describe('repetition', () => {
  test.each([
    'ありがとうございます。ありがとうございます。',
    'お待ちくださいお待ちくださいお待ちください',
    'We will send it. We will send it again. We will send it.',
    'and then and then and then and then'
  ])('is found in %s', (answer) => expect(troublesOf(answer).repeated).not.toBeNull())

  test.each([
    'はい、はい、承知しました。',
    '10:00-12:00、13:00-15:00、16:00-18:00 に承ります。',
    '----------------------------',
    'とてもとてもうれしいです。'
  ])('is not found in %s', (answer) => expect(troublesOf(answer).repeated).toBeNull())

  test('that the reference has too is the house’s own', () => {
    const both = 'どうぞ、よい一服を。どうぞ、よい一服を。'
    expect(troublesBeside(both, both, '')).toEqual(troublesOf(''))
  })

  test('takes no time in a long answer', () => {
    const begun = performance.now()
    troublesOf('あいうえおかきくけこさしすせそ'.repeat(200).slice(0, 2500) + 'x'.repeat(2500))
    troublesOf(
      Array.from({ length: 3000 }, (_, at) => String.fromCodePoint(0x3042 + ((at * 7919) % 80))).join('')
    )
    expect(performance.now() - begun).toBeLessThan(5000)
  })
})

test.each(['返品\ufffdできます', '縺ゅ＞縺', 'donâ€™t', '\ud800', 'お\u0007茶'])(
  'broken characters are seen in %j',
  (answer) => expect(troublesOf(answer).broken).toBe(true)
)

test.each(['繧り返し縺れる', 'Ça va très bien à Zürich', 'A\tB\nC', '🙂👍🏽', '髙﨑さん'])(
  'rare characters are not broken: %j',
  (answer) => expect(troublesOf(answer).broken).toBe(false)
)

test('an answer without any of it has no troubles', () => {
  expect(hasTroubles(troublesOf('承知いたしました。明日お送りします。'))).toBe(false)
  expect(hasTroubles(troublesOf('\ufffd'))).toBe(true)
})

describe('another topic', () => {
  const given = '定期券の申請は、総務部の窓口で通勤経路図とともに承ります。'
  const ask = '定期券はどのように申請しますか'
  test('is seen where the word that was asked for is replaced and little of the example is left', () => {
    const { otherTopic } = troublesBeside('ギフト券の申請は、店頭の包装係までどうぞ。', given, ask)
    expect(otherTopic).toMatchObject({ lacks: ['定期券'] })
    expect(otherTopic?.says).toContain('ギフト券')
    const english = troublesBeside(
      'Gift cards are sold at the counter.',
      'Season tickets are ordered from the office with your route.',
      'How do I order season tickets?'
    )
    expect(english.otherTopic?.lacks).toEqual(expect.arrayContaining(['season', 'ticket']))
  })
  test('is seen in an answer that is the example but for one word', () => {
    const example = '加湿器の返品は、到着から8日のうちに承ります。'
    const swapped = troublesBeside(
      '体重計の返品は、到着から8日のうちに承ります。',
      example,
      '加湿器を返品できますか'
    )
    expect(swapped.otherTopic).toEqual({ lacks: ['加湿器'], says: ['体重計'] })
    const tickets = troublesBeside(
      'The scale can be sent back within 8 days.',
      'The humidifier can be sent back within 8 days.',
      'Can I return a humidifier?'
    )
    expect(tickets.otherTopic).toEqual({ lacks: ['humidifier'], says: ['scale'] })
  })
  test('is not where the example is said in other words, or where nothing was asked for by name', () => {
    expect(troublesBeside('総務部の窓口で、通勤経路図をお見せください。', given, ask).otherTopic).toBeNull()
    expect(
      troublesBeside('はい、喜んで承ります。', 'はい、承っております。', 'できますか').otherTopic
    ).toBeNull()
  })
})

test('what a house says to everybody is no other topic, another product still is', () => {
  const greeting = 'お電話ありがとうございます、青葉台みなみ医院でございます。'
  const references = ['予約は窓口で承ります。', '駐車場は裏にございます。', '検査は朝に行います。'].map(
    (text) => greeting + text
  )
  const house = houseWords(references)
  const given = 'オンライン診療でございますが、予約制です。'
  const asked = 'オンライン診療はできますか'
  const said = `${greeting}予約制です。`
  expect(troublesBeside(said, given, asked).otherTopic).not.toBeNull()
  expect(troublesBeside(said, given, asked, house).otherTopic).toBeNull()
  expect(
    troublesBeside('体重計の返品は30日以内です。', '加湿器の返品は30日以内です。', '加湿器の返品は', house)
      .otherTopic
  ).toMatchObject({ says: ['体重計'] })
})

test('another language in the middle of a Japanese answer is told, a name, a term or what was asked is not', () => {
  const of = (answer: string, given = '名刺は総務課へお申し込みください。', asked = '名刺の申し込みは？') =>
    troublesBeside(answer, given, asked).foreign
  expect(of('様式三 card can change the address before it is sent終は総務課へ。')).toBe(
    'card can change the address before it is sent'
  )
  expect(of('Microsoft Visual Studio Code で開いてください。', 'Microsoft の製品です。')).toBeNull()
  expect(of('Adobe Acrobat Reader で開けます。')).toBeNull()
  expect(of('Please apply to the office.')).toBeNull()
  // asked and taught in English, it is the Japanese that is another language
  const english = ['It takes four minutes.', 'How long does it take?'] as const
  expect(of('It is four minutesいたします。', ...english)).toBe('いたします')
  expect(of('It takes four minutes.', ...english)).toBeNull()
})
