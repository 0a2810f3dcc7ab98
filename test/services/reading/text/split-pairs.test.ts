// Long text and mails in one file become questions and answers by the user's choice: what could be split is said, what
// belongs to no pair is listed.
import { describe, expect, test } from 'vitest'
import { read, said } from '../reading'

const mails = `From: customer@example.com
To: support@example.com
Subject: Delivery date
Date: Mon, 3 Jun 2024 10:00

Can I change my delivery date?

-----------------------------
From: support@example.com
To: customer@example.com
Subject: Re: Delivery date

Yes, you can, until the evening before.
Best wishes
--
Example Ltd.
-----------------------------
From: other@example.com
Subject: Hello

Only a greeting.
`
const threads = `山田様
承りました。明日お届けします。

2024年5月1日(水) 10:00 山田 <yamada@example.com>:
> 届け日を変えられますか？
> よろしくお願いします。
>> 前のメール
==========
件名: Re: 送料
差出人: 店

全国一律五百円です。

-----Original Message-----
差出人: 客
件名: 送料

送料はいくらですか？
`
const marked = `よくある質問

Q1. 送料はいくらですか？
A1. 全国一律五百円です。
離島も同じです。

Q2. 返品できますか？
A2. 八日以内なら承ります。
`

describe('mails', () => {
  test('a mail and the one that answers it; what answers nothing is listed', async () => {
    const { examples, report } = await read('mails.txt', mails, { split: 'mails' })
    expect(examples.map(said)).toEqual([
      'u: Can I change my delivery date? | a: Yes, you can, until the evening before.\nBest wishes'
    ])
    expect(report.refused).toMatchObject([{ reason: 'OUTSIDE_PAIRS', excerpt: 'Only a greeting.' }])
  })

  test('what is quoted, and what stands below as the original', async () => {
    const { examples } = await read('mails.txt', threads, { split: 'mails' })
    expect(examples.map(said)).toEqual([
      'u: 届け日を変えられますか？\nよろしくお願いします。 | a: 山田様\n承りました。明日お届けします。',
      'u: 送料はいくらですか？ | a: 全国一律五百円です。'
    ])
  })
})

test('marks before questions and answers', async () => {
  const { examples, report } = await read('faq.txt', marked, { split: 'questions' })
  expect(examples.map(said)).toEqual([
    'u: 送料はいくらですか？ | a: 全国一律五百円です。\n離島も同じです。',
    'u: 返品できますか？ | a: 八日以内なら承ります。'
  ])
  expect(report.refused).toMatchObject([{ reason: 'OUTSIDE_PAIRS', source: { row: 1 } }])
})

test('unasked a text stays a text, and says how it could be split', async () => {
  const faq = (await read('faq.txt', marked)).report.files[0]
  expect(faq).toMatchObject({ shape: 'text', splits: [{ kind: 'questions', pairs: 2 }] })
  expect((await read('mails.txt', threads)).report.files[0]?.splits).toEqual([{ kind: 'mails', pairs: 2 }])
  expect((await read('notes.txt', 'Only a note.\n\nAnd one more.\n')).report.files[0]?.splits).toBeUndefined()
})

describe('a record by date and speaker', () => {
  const calls = `対応記録
2024/05/01 10:00 お客様：注文の届け日を変えたいです。
2024/05/01 10:05 担当 佐藤：承知いたしました。
ご希望の日をお知らせください。
2024/05/02 09:00 お客様：来週の月曜日でお願いします。
2024/05/02 09:30 担当 佐藤：変更いたしました。
2024/05/03 11:00 お客様：ありがとうございます。
`
  test('is asked by the one, answered by the other; what is left over is listed', async () => {
    const { examples, report } = await read('log.txt', calls, { split: 'dates' })
    expect(examples.map(said)).toEqual([
      'u: 注文の届け日を変えたいです。 | a: 承知いたしました。\nご希望の日をお知らせください。',
      'u: 来週の月曜日でお願いします。 | a: 変更いたしました。'
    ])
    expect(report.refused.map(({ source, excerpt }) => [source.row, excerpt])).toEqual([
      [1, '対応記録'],
      [7, 'ありがとうございます。']
    ])
    expect((await read('log.txt', calls)).report.files[0]?.splits).toEqual([{ kind: 'dates', pairs: 2 }])
  })

  test('a chat that was saved: times and tabs, one who speaks twice, names alone', async () => {
    const chat =
      '2024/06/01(土)\n10:00\t客\t送料は？\n10:01\t客\t北海道です。\n10:05\t店\t五百円です。\n\n2024/06/02(日)\n12:00\t客\t返品は？\n12:10\t店\tできます。\n'
    expect((await read('chat.txt', chat, { split: 'dates' })).examples.map(said)).toEqual([
      'u: 送料は？\n北海道です。 | a: 五百円です。',
      'u: 返品は？ | a: できます。'
    ])
    const named = '[2024-06-01 10:00] Anna\nWhere is my order?\n[2024-06-01 10:20] Support\nOn its way.\n'
    expect((await read('chat.txt', named, { split: 'dates' })).examples.map(said)).toEqual([
      'u: Where is my order? | a: On its way.'
    ])
  })

  test('where nobody can tell who answers, nothing is made up', async () => {
    const minutes = '2024/05/01 田中：一\n2024/05/02 鈴木：二\n2024/05/03 高橋：三\n'
    await expect(read('minutes.txt', minutes, { split: 'dates' })).rejects.toMatchObject({
      code: 'NO_USABLE_ROW'
    })
    expect((await read('minutes.txt', minutes)).report.files[0]?.splits).toBeUndefined()
  })
})

test('a line of signs before a signature divides no mails that have heads', async () => {
  const signed = threads.replace(
    '全国一律五百円です。',
    '全国一律五百円です。\n\n----------\n株式会社みどり\nTEL 03-0000-0000'
  )
  const two = `${signed}\n件名: Re: 返品\n差出人: 店\n\n承ります。\n\n-----Original Message-----\n差出人: 客\n件名: 返品\n\n返品できますか？\n`
  const { examples } = await read('mails.txt', two, { split: 'mails' })
  expect(examples.map(said).slice(1)).toEqual([
    'u: 送料はいくらですか？ | a: 全国一律五百円です。',
    'u: 返品できますか？ | a: 承ります。'
  ])
})

test('what stands between fences is a program, not headings', async () => {
  const text =
    '# FAQ\n\n## Installing?\n\nRun:\n\n```bash\n# download\n## Q: then?\nbash a.sh\n```\n\n## Removing?\n\nNo.\n'
  const { examples } = await read('a.md', text, { split: 'questions' })
  expect(examples.map(said)).toEqual([
    'u: Installing? | a: Run:\n\n```bash\n# download\n## Q: then?\nbash a.sh\n```',
    'u: Removing? | a: No.'
  ])
})

test('what a chat program says itself is nobody’s word, and its quotes are not said', async () => {
  const chat = [
    '12:30\t山田様\t☎ 不在着信',
    '12:34\t山田様\t"返品したい\n送料は？"',
    '12:40\t店舗\t当店が負担します。',
    '12:41\t山田様\t[スタンプ]',
    '12:43\t山田様\tいつ届きますか',
    '12:45\t店舗\t"明日"です',
    '12:46\t山田様\t☎ 通話時間 1:23'
  ].join('\n')
  const { examples, report } = await read('a.txt', `2024/02/28(水)\n${chat}\n`, { split: 'dates' })
  expect(examples.map(said)).toEqual([
    'u: 返品したい\n送料は？ | a: 当店が負担します。',
    'u: いつ届きますか | a: "明日"です'
  ])
  expect(report.refused.map(({ excerpt }) => excerpt)).toEqual(
    expect.arrayContaining(['☎ 不在着信', '[スタンプ]', '☎ 通話時間 1:23'])
  )
})
