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
