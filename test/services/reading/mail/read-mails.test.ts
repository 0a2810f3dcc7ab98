// Mails as programs save them: one a file or many, in any charset and packing; each answer with what it answers.
import { describe, expect, test } from 'vitest'
import iconv from 'iconv-lite'
import { encode, writeData } from '../write-file'
import { read, refusal, said } from '../reading'
import { htmlLines } from '../../../../main/services/reading/mail/html-lines'
import { headText } from '../../../../main/services/reading/mail/mail-words'
import { withoutMailRests } from '../../../../main/services/doctor/rests/mail-rests'
import { readData } from '../../../../main/services/dataset/read/read-paths'

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/(.{76})/g, '$1\n')
const head = (...lines: string[]): string => lines.join('\n')
const answer =
  '佐藤様\n\nお届け日を変更いたしました。\n\n2024年5月1日(水) 10:00 佐藤 <s@example.com>:\n> 届け日を変えられますか？\n'

describe('one mail in a file', () => {
  test.each<[string, string, Buffer]>([
    ['Japanese mail of old', 'ISO-2022-JP', encode(answer, 'iso-2022-jp')],
    ['UTF-8', 'UTF-8', Buffer.from(answer)],
    ['Shift_JIS', 'Shift_JIS', iconv.encode(answer, 'cp932')],
    ['EUC-JP', '"euc-jp"', iconv.encode(answer, 'euc-jp')],
    ['no charset at all', '', Buffer.from(answer)],
    ['a charset that nobody knows', 'x-unknown-7', iconv.encode(answer, 'cp932')]
  ])('%s, as it is and packed in base64', async (_, charset, body) => {
    for (const packed of [false, true]) {
      const lines = head(
        'From: shop@example.jp',
        'Subject: =?utf-8?B?' + Buffer.from('Re: お届け日').toString('base64') + '?=',
        `Content-Type: text/plain${charset ? `; charset=${charset}` : ''}`,
        `Content-Transfer-Encoding: ${packed ? 'base64' : '8bit'}`
      )
      const file = Buffer.concat([Buffer.from(`${lines}\n\n`), packed ? Buffer.from(base64(body)) : body])
      const { examples, report } = await read('返信.eml', file)
      expect(examples.map(said)).toEqual([
        'u: 届け日を変えられますか？ | a: 佐藤様\n\nお届け日を変更いたしました。'
      ])
      expect(report.files[0]).toMatchObject({ format: 'mail', shape: 'question-answer', encoding: '' })
    }
  })

  test('of plain text and a page the text is taken; what is attached is named', async () => {
    const mail = head(
      'MIME-Version: 1.0',
      'From: a@example.jp',
      'Content-Type: multipart/mixed; boundary="out"',
      '',
      'This is a multi-part message.',
      '--out',
      'Content-Type: multipart/alternative; boundary=out-in',
      '',
      '--out-in',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Yes, =E2=82=AC5 only=',
      ' today.',
      '> What does it cost?',
      '--out-in',
      'Content-Type: text/html',
      '',
      '<p>something else</p>',
      '--out-in--',
      '--out',
      'Content-Type: application/pdf; name="=?utf-8?B?6KaL56mN5pu4LnBkZg==?="',
      'Content-Transfer-Encoding: base64',
      '',
      'QUJD',
      '--out--'
    )
    const { examples, report } = await read('a.eml', mail)
    expect(examples.map(said)).toEqual(['u: What does it cost? | a: Yes, €5 only today.'])
    expect(report.refused).toMatchObject([{ reason: 'EMBEDDED_PART', excerpt: '見積書.pdf' }])
  })

  test('a page alone is read as its lines, quotes and all', async () => {
    const page =
      '<html><head><style>p{}</style></head><body><p>Yes &amp; gladly.</p><div>On Mon, 3 Jun 2024 Anna wrote:</div><blockquote><p>Can you?</p><blockquote>older</blockquote></blockquote></body></html>'
    const mail = `From: b@example.com\nContent-Type: text/html; charset=utf-8\n\n${page}`
    expect((await read('b.eml', mail)).examples.map(said)).toEqual(['u: Can you? | a: Yes & gladly.'])
    expect(htmlLines('a<br>b<script>x</script><!-- c -->d<blockquote>q')).toEqual(['a', 'bd', '> q'])
  })

  test('lines that flow are whole', async () => {
    const mail = 'From: a@b.c\nContent-Type: text/plain; format=flowed\n\nOne long \nline.\n> asked \n> so?\n'
    expect((await read('f.eml', mail)).examples.map(said)).toEqual(['u: asked so? | a: One long line.'])
  })

  test('one that answers nothing is a row that can be put right, or a text by choice', async () => {
    const mail = 'From: a@b.c\nSubject: Hello\n\nOnly a greeting.\n'
    expect(await refusal('c.eml', mail)).toMatchObject({ code: 'NO_USABLE_ROW' })
    expect((await read('c.eml', mail, { shape: 'text' })).examples.map(said)).toEqual(['Only a greeting.'])
  })
})

describe('many mails in a file', () => {
  const mbox = `From customer@home.example Mon Jun  3 10:00:00 2024
From: customer@home.example
Message-ID: <1@home>
Subject: Delivery

Can I change the date?
>From then on I am away.

From shop@example.com Mon Jun  3 12:00:00 2024
From: Shop <shop@example.com>
Message-ID: <2@shop>
In-Reply-To: <1@home>
Subject: Re: Delivery

Yes, until the evening before.

-- 
Shop

From customer@home.example Mon Jun  3 13:00:00 2024
From: customer@home.example
Message-ID: <3@home>
In-Reply-To: <2@shop>
Subject: Re: Delivery

Friday, please.

From shop@example.com Mon Jun  3 14:00:00 2024
From: Shop <shop@example.com>
In-Reply-To: <3@home>
Subject: Re: Delivery

Friday it is.
`
  test('are joined by what they say they answer; a customer’s word to an answer is a question', async () => {
    const { examples } = await read('sent.mbox', mbox)
    expect(examples.map(said)).toEqual([
      'u: Can I change the date?\nFrom then on I am away. | a: Yes, until the evening before.',
      'u: Friday, please. | a: Friday it is.'
    ])
    expect(examples.map(({ source }) => source.row)).toEqual([2, 4])
  })

  test('hostile ones end: parts in parts, a head without end, borders alone', async () => {
    const nested = Array.from(
      { length: 200 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}`
    ).join('\n')
    const heads = 'a:\n'.repeat(100_000)
    const borders = `Content-Type: multipart/mixed; boundary=x\n\n${'--x\n'.repeat(50_000)}`
    for (const text of [nested, heads, borders, 'From \n'.repeat(1000), '=?utf-8?B?'.repeat(20_000)])
      await readData([writeData('x.eml', `From: a@b.c\n${text}`)]).catch((error: { code?: string }) =>
        expect(error.code).toMatch(/^[A-Z_]+$/)
      )
  }, 20_000)
})

test('words of a head: cut between bytes of one character, of old, and plain', () => {
  const bytes = Buffer.from('送料について')
  const [a, b] = [bytes.subarray(0, 4), bytes.subarray(4)].map(
    (part) => `=?UTF-8?B?${part.toString('base64')}?=`
  )
  expect(headText(`Re: ${a}\n ${b}`)).toBe('Re: 送料について')
  const old = encode('お届け日', 'iso-2022-jp').toString('base64')
  expect(headText(`=?ISO-2022-JP?B?${old}?=`)).toBe('お届け日')
  expect(headText('=?utf-8?Q?a_b=C3=A9?= c')).toBe('a bé c')
  expect(headText('plain =?bad')).toBe('plain =?bad')
})

describe('whose words they are', () => {
  const mail = (from: string, to: string, ...body: string[]): string =>
    `From: ${from}\nTo: ${to}\nSubject: Re: Order\nContent-Type: text/plain; charset=utf-8\n\n${body.join('\n')}\n`

  test.each([
    ['Thank you!'],
    ['Thanks a lot for your quick reply, that helped.\n\nBest regards,\nAnna Berg'],
    ['ご回答ありがとうございます。\n承知しました。よろしくお願いいたします。\n佐藤'],
    ['谢谢您的回复！'],
    ['감사합니다. 확인했습니다.'],
    ['Vielen Dank für die schnelle Antwort!\nMit freundlichen Grüßen\nMax']
  ])('a customer who only thanks answers nothing: %j', async (thanks) => {
    const body = [
      thanks,
      '',
      '> Yes, within 30 days.',
      '>',
      '> On 29 Feb 2024, C <c@example.com> wrote:',
      '>> Can I return it?'
    ]
    const { examples, report } = await read('t.eml', mail('c@example.com', 'x@example.jp', ...body))
    expect(examples.map(said)).toEqual(['u: Can I return it? | a: Yes, within 30 days.'])
    expect(report.refused).toMatchObject([{ reason: 'OUTSIDE_PAIRS', excerpt: thanks.replace(/\s+/g, ' ') }])
  })

  test('thanks with something to know are an answer; what goes to a desk is none', async () => {
    const quote = ['', '> I ordered today.']
    for (const own of [
      'Thank you for your order. We ship it tomorrow.',
      'ありがとうございます。明日発送いたします。'
    ]) {
      const { examples } = await read('o.eml', mail('a@example.jp', 'c@example.com', own, ...quote))
      expect(examples.map(said)).toEqual([`u: I ordered today. | a: ${own}`])
    }
    const asked = mail(
      'c@example.com',
      'Support <support@example.jp>',
      'And when does it come?',
      '',
      '> Yes, we ship it.'
    )
    expect(await refusal('d.eml', asked)).toMatchObject({ code: 'NO_USABLE_ROW' })
  })

  test.each([
    ['On Fri, 1 Mar 2024 at 09:00, Support Team\n<support@example.jp> wrote:'],
    ['Am 01.03.2024 um 10:00 schrieb Max Muster <m@example.de>:'],
    ['Le ven. 1 mars 2024 à 10:00, Anne <a@example.fr> a écrit :'],
    ['在 2024年3月1日，王小明 <w@example.cn> 写道：'],
    ['2024년 3월 1일 (금) 오전 10:00, 김철수님이 작성:'],
    ['佐藤様からのメール:'],
    ['「佐藤 花子様からのお問い合わせ」：']
  ])('%j belongs to no answer, with marks behind it or without', async (line) => {
    for (const mark of ['> ', '']) {
      const { examples } = await read(
        'a.eml',
        mail('a@example.jp', 'c@example.com', 'はい、できます。', '', line, `${mark}できますか？`)
      )
      expect(examples.map(said)).toEqual(['u: できますか？ | a: はい、できます。'])
    }
    expect(withoutMailRests(`はい、できます。\n\n${line}\nできますか？`)).toBe('はい、できます。')
  })
})

test.each([
  ['Auto-Submitted: auto-replied', 'Re: Order', 'AUTOMATIC_REPLY'],
  ['X-Autoreply: yes', 'Re: Order', 'AUTOMATIC_REPLY'],
  ['Date: Mon, 3 Jun 2024', '自動返信: Order', 'AUTOMATIC_REPLY'],
  ['Auto-Submitted: no', 'Re: Order', null]
])('a mail that a program wrote (%s, %s) answers nothing', async (line, subject, reason) => {
  const mail = `From: a@example.jp\n${line}\nSubject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\nI am away.\n\n> Can I return it?\n`
  const border = 'From a@example.jp Mon Jun  3 10:00:00 2024\n'
  const other = 'From: a@example.jp\nSubject: Re: b\n\nYes.\n\n> Is it free?\n'
  const { examples, report } = await read('m.mbox', `${border}${mail}\n${border}${other}`)
  expect(examples.map(said).at(-1)).toBe('u: Is it free? | a: Yes.')
  expect(report.refused.map((row) => row.reason)).toEqual(reason === null ? [] : [reason])
  expect(examples).toHaveLength(reason === null ? 2 : 1)
})

test('a text of hundreds of thousands of lines that go on in the next one takes no longer than another', async () => {
  const flowed = (lines: number): string =>
    `From: a@b.c\nSubject: s\nContent-Type: text/plain; format=flowed\n\n${'a \n'.repeat(lines)}end\n\n> why?\n`
  const begun = process.cpuUsage()
  const { examples } = await readData([writeData('flowed.eml', flowed(300_000))])
  expect(examples).toHaveLength(1)
  // seconds of the processor: with the square of the lines it took minutes
  expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(5)
})

test('zeros are no mail', async () => {
  expect(await refusal('zeros.eml', new Uint8Array(1000))).toMatchObject({ code: 'BINARY_FILE' })
})
