// What stands in a file in a way that may mean something else than it says: older sheets, forms with boxes, tables in prose,
// columns that have changed places, styles of a page that nobody follows. Right, or named.
import { describe, expect, test } from 'vitest'
import { docx, table } from '../../../fixtures/write-docx'
import { xlsx } from '../../../fixtures/write-xlsx'
import { jsonl, read, said } from '../../reading/reading'

const notesOf = async (name: string, content: string | Uint8Array) =>
  (await read(name, content)).report.files.flatMap(({ fields = [] }) => fields)

describe('a sheet beside a newer one', () => {
  const sheet = (name: string, answer: string) => ({
    name,
    rows: [
      ['質問', '回答'],
      ['送料は？', answer]
    ]
  })

  test.each([
    ['FAQ', 'FAQ（旧）'],
    ['FAQ', 'FAQ_old'],
    ['FAQ', 'Old FAQ'],
    ['FAQ', '控え'],
    ['FAQ', 'FAQ (2)'],
    ['FAQ_v2', 'FAQ_v1'],
    ['2024年度', '2023年度'],
    ['FAQ', 'バックアップ']
  ])('%s, %s: it is named', async (now, before) => {
    const file = xlsx([sheet(now, '600円です'), sheet(before, '500円です')])
    expect(await notesOf('a.xlsx', file)).toEqual([{ kind: 'old-sheet', field: before, count: 1 }])
  })

  test.each([
    [['送料', '返品']],
    [['Sheet1', 'Sheet2']],
    [['1月', '2月']],
    [['旧', 'Old']],
    [['Folder', 'Gold']],
    [['FAQ（旧）']]
  ])('%j: none is', async (names) => {
    expect(await notesOf('a.xlsx', xlsx(names.map((name) => sheet(name, `${name}です`))))).toEqual([])
  })
})

describe('boxes to tick', () => {
  test.each([
    ['☑はい　☐いいえ', 'はい'],
    ['☐ Email\n☑ Phone\n☑ Fax', 'Phone\nFax'],
    ['はい☐ いいえ☑', 'いいえ'],
    ['□電話　■メール　□郵送', 'メール'],
    ['●返品 ○交換', '返品'],
    ['[x] Yes [ ] No', 'Yes'],
    ['☑️ A, ☐ B', 'A']
  ])('%j: %j', async (form, ticked) => {
    const { examples, report } = await read('a.jsonl', jsonl({ question: 'q', answer: form }))
    expect(examples.map(said)).toEqual([`u: q | a: ${ticked}`])
    expect(report.files[0]?.fields).toEqual([{ kind: 'choices', field: form.slice(0, 20), count: 1 }])
  })

  test.each(['お持ち物：☐ 印鑑 ☑ 通帳 です', '☐ 印鑑\n☐ 通帳', '☑ 済み'])(
    '%j as written, and named',
    async (text) => {
      const { examples, report } = await read('a.jsonl', jsonl({ question: 'q', answer: text }))
      expect(examples.map(said)).toEqual([`u: q | a: ${text}`])
      expect(report.files[0]?.fields).toMatchObject([{ kind: 'boxes', count: 1 }])
    }
  )

  test.each([
    '■ 送料\n送料は500円です。全国一律でお届けします。離島は別にかかります。\n□ 返品\n8日以内です',
    '○ 可 × 不可',
    '● 一つ\n● 二つ'
  ])('%j is an ordinary text', async (text) => {
    const { examples, report } = await read('a.jsonl', jsonl({ question: 'q', answer: text }))
    expect(examples.map(said)).toEqual([`u: q | a: ${text}`])
    expect(report.files[0]?.fields).toBeUndefined()
  })
})

describe('a table inside a text', () => {
  const table = '| 質問 | 回答 |\n|---|:--|\n| 送料は？ | 500円 |\n| 返品は？ | 8日以内 |'

  test.each(['a.md', 'a.txt'])('%s: it is named', async (name) => {
    const fields = await notesOf(name, `# 送料\n\n説明です。\n\n${table}\n\nおわりです。\n`)
    expect(fields).toEqual([{ kind: 'table', field: '| 質問 | 回答 |', count: 1 }])
  })

  test('one that is the answer of a row is an answer', async () => {
    expect(await notesOf('a.jsonl', jsonl({ question: 'q', answer: `こちらです。\n${table}` }))).toEqual([])
  })
})

describe('columns that have changed places', () => {
  const asked = ['返品できますか', '送料はいくらですか？', '営業時間を教えてください。', 'Where is my order?']
  const told = ['8日以内なら返品できます。', '500円です。', '9時から18時です。', 'It is on its way.']

  test('answers that ask are named', async () => {
    const rows = asked.map((answer, i) => ({ 質問: told[i], 回答: answer }))
    const { examples, report } = await read('a.jsonl', jsonl(...rows))
    expect(examples).toHaveLength(4)
    expect(report.files[0]?.fields).toEqual([{ kind: 'swapped', field: '質問 / 回答', count: 4 }])
  })

  test.each([
    ['as it should be', asked.map((question, i) => ({ question, answer: told[i] }))],
    ['answers that ask back', asked.map((question, i) => ({ question, answer: asked[3 - i] }))],
    ['too few to say', [{ question: 'a', answer: 'b?' }]]
  ])('%s: nothing is said', async (_, rows) => {
    expect(await notesOf('a.jsonl', jsonl(...rows))).toEqual([])
  })
})

describe('styles of a page that are not followed', () => {
  const page = (head: string): string =>
    `<html><head>${head}</head><body><table><tr><th>質問</th><th>回答</th></tr><tr><td>送料は？</td><td>500円</td></tr></table></body></html>`

  test.each([
    ['<style>tr:nth-child(2) { display: none }</style>', 'tr:nth-child(2)'],
    ['<style>td[data-old] { text-decoration: line-through }</style>', 'td[data-old]'],
    ['<style>.a + .b { color: white }</style>', '.a + .b'],
    ['<link rel="stylesheet" href="css/site.css?v=3">', 'site.css']
  ])('%s', async (head, field) => {
    expect(await notesOf('a.html', page(head))).toEqual([{ kind: 'styles', field, count: 1 }])
  })

  test('more of them than are read', async () => {
    const head = `<style>${'.b{color:red}'.repeat(90_000)}</style>`
    expect(await notesOf('a.html', page(head))).toEqual([{ kind: 'styles', field: '<style>', count: 1 }])
  })

  test.each([
    '<style>tr:nth-child(2) { color: red }</style>',
    '<style>a:hover { display: none } td { color: black }</style>',
    '<link rel="icon" href="a.png">'
  ])('%s hides nothing', async (head) => {
    expect(await notesOf('a.html', page(head))).toEqual([])
  })
})

describe('columns of sentences that nobody reads', () => {
  test('a reply beside the text that is learnt', async () => {
    const rows = [
      { Subject: 'a', Description: 'Can I return it?', 'Latest comment': 'Yes, within 8 days.' },
      { Subject: 'b', Description: 'How much is it?', 'Latest comment': 'It is 500 yen.' }
    ]
    expect(await notesOf('a.jsonl', jsonl(...rows))).toContainEqual({
      ...{ kind: 'not-read', field: 'Latest comment', count: 2 }
    })
  })

  test('who wrote a mail to whom', async () => {
    const mails = '本文,差出人: (名前),宛先: (名前)\n返品できますか,佐藤,店\nはい,店,佐藤\n'
    const fields = (await notesOf('a.csv', mails)).map(({ field }) => field)
    expect(fields).toEqual(['差出人: (名前)', '宛先: (名前)'])
  })

  test('short words beside are only listed', async () => {
    expect(
      await notesOf('a.csv', '質問,回答,区分\n送料は？,500円です。,送料\n返品は？,8日以内です。,返品\n')
    ).toEqual([{ kind: 'aside', field: '区分', count: 1 }])
  })
})

test('marks before questions and answers are named', async () => {
  const rows = [
    { question: 'Q. 返品できますか', answer: 'A. はい、できます' },
    { question: 'Ｑ２：送料は', answer: 'Ａ２：500円です' }
  ]
  expect(await notesOf('a.jsonl', jsonl(...rows))).toEqual([{ kind: 'marked', field: 'Q. 返品で', count: 2 }])
  expect(await notesOf('a.jsonl', jsonl({ question: 'Quick, how?', answer: 'At once.' }))).toEqual([])
})

test('a line end as workbooks write it is named', async () => {
  expect(await notesOf('a.csv', '質問,回答\n送料は,"500円_x000D_\nです"\n')).toMatchObject([
    { kind: 'encoded', field: '_x000D_' }
  ])
})

test('a table of tabs whose cells have line ends is a table', async () => {
  const { examples } = await read('a.txt', '質問\t回答\n送料は\t"500円\nです"\n返品は\tできます\n')
  expect(examples.map(said)).toEqual(['u: 送料は | a: 500円\nです', 'u: 返品は | a: できます'])
})

test.each([
  ['佐藤花子\n  午前 10:02', 'サポート\n  午前 10:05'],
  ['Hanako Sato\n  10:02 AM', 'Support Bot\nAPP  10:05 AM']
])('a chat with the times below the names can be split: %j', async (guest, house) => {
  const talk = [guest, 'Can I return it', '', house, 'Yes, you can.', '', guest, 'How', '', house, 'By mail.']
  const { examples } = await read('a.txt', talk.join('\n'), { split: 'dates' })
  expect(examples.map(said)).toEqual(['u: Can I return it | a: Yes, you can.', 'u: How | a: By mail.'])
})

describe('answers that say nothing yet, or are those of another row', () => {
  test.each([
    ...[
      '同　上',
      '上記参照',
      '（回答準備中）',
      '調査中',
      '【未回答】',
      '<noinput>',
      'No.3をご参照ください',
      'see Q3'
    ],
    ...['Pending', '別紙参照']
  ])('%j is refused', async (answer) => {
    const { examples, report } = await read('a.jsonl', jsonl({ q: 'a', a: 'b' }, { q: 'c', a: answer }))
    expect(examples.map(said)).toEqual(['u: a | a: b'])
    expect(report.refused.map(({ reason }) => reason)).toEqual(['WORD_FOR_NOTHING'])
  })

  test.each(['未定です', '上記の住所へお送りください', 'Q3 2026', '3番を参照した例', '検討中です。'])(
    '%j is an answer',
    async (answer) => {
      expect((await read('a.jsonl', jsonl({ q: 'c', a: answer }))).examples).toHaveLength(1)
    }
  )
})

describe('what rows made for a certain model end in', () => {
  test.each([
    ['How?\n\n###\n\n', 'So. END', '###'],
    ['How? ->', 'So.', '->'],
    ['Human: How?\n\nAssistant:', 'So.', 'Assistant:'],
    ['How?', 'So.\nEND', 'END'],
    ['（200字以内で記入）', '（敬体で記入）', '（200字以内で記入）']
  ])('%j, %j', async (prompt, completion, field) => {
    expect(await notesOf('a.jsonl', jsonl({ prompt, completion }))).toContainEqual({
      ...{ kind: 'template', field, count: 1 }
    })
  })

  test.each(['詳しくはこちら→', '次のとおりです：', 'C#', 'weekend'])(
    '%j is an ordinary end',
    async (answer) => {
      expect(await notesOf('a.jsonl', jsonl({ q: 'a', a: answer }))).toEqual([])
    }
  )
})

test('lines in which a program speaks of its table are none of it', async () => {
  const deck =
    '#separator:tab\n#html:true\n返品できますか？\tはい、できます。\n送料はいくらですか？\t500円です。\n'
  const { examples } = await read('a.txt', deck)
  expect(examples.map(said)).toEqual([
    'u: 返品できますか？ | a: はい、できます。',
    'u: 送料はいくらですか？ | a: 500円です。'
  ])
})

test.each([
  ['論理削除', '0', '1'],
  ['公開終了日', '', '2019/12/31'],
  ['満足度', '1', '5'],
  ['対象者', '会員', '社員'],
  ['ParticipantRole', 'CUSTOMER', 'AGENT'],
  ['送信者タイプ', 'User', 'Account'],
  ['回答（休日）', 'お休みです', 'お休みです'],
  ['helpful_votes', '0', '12'],
  ['x', '0', '1'],
  ['end_date', '2019-01-01', '']
])('a column %s that tells which rows count, and that nobody reads, is named', async (name, one, other) => {
  const table = `質問,回答,${name}\n送料は,500円,${one}\n返品は,できます,${other}\n`
  expect(await notesOf('a.csv', table)).toMatchObject([{ kind: 'not-read', field: name }])
})

test.each([
  ['1', '2'],
  ['https://example.jp/1', 'https://example.jp/2']
])('answers such as %j alone are named', async (one, other) => {
  const fields = await notesOf('a.csv', `質問,回答\n送料は,${one}\n返品は,${other}\n`)
  expect(fields).toEqual([{ kind: 'bare', field: one, count: 2 }])
})

test.each([
  [
    '返品できますか？\n返品の方法は？',
    '送料は？／送料を教えてください',
    [['several', '返品できますか？', 2]]
  ],
  [
    'Can I return it? | How do I return it?',
    'Is it free?\nDo I pay?',
    [['several', 'Can I return it? | H', 2]]
  ],
  // with words around them, or only once: one mail that asks two things
  ['返品したいです。\n送料は？\nいつ届きますか？', '送料は？\nいくらですか？', []]
])('several questions in one cell (%j, %j) are named', async (one, other, named) => {
  const fields = await notesOf(
    'a.jsonl',
    jsonl({ question: one, answer: 'a1' }, { question: other, answer: 'a2' })
  )
  expect(fields.map(({ kind, field, count }) => [kind, field, count])).toEqual(named)
})

test.each([
  [['鈴木：はい。', '佐藤：いいえ。', '鈴木：できます。'], '鈴木：'],
  [['Agent: Yes.', 'Agent: No.', 'Agent: Soon.'], 'Agent:'],
  [['料金は500円です。', '鈴木：はい。', 'https://example.jp'], null]
])('a name before each answer (%j) is named', async (answers, name) => {
  const rows = answers.map((answer, i) => ({ question: `q${i}`, answer }))
  const notes = (await notesOf('a.jsonl', jsonl(...rows))).filter(({ kind }) => kind === 'speaker')
  expect(notes).toEqual(name === null ? [] : [{ kind: 'speaker', field: name, count: 3 }])
})

test('further columns of a table in a document are named as those of any table', async () => {
  const rows = [
    ['質問', '回答', '備考'],
    ['送料は？', '500円です。', 'この回答は古いものです。'],
    ['返品は？', '8日以内です。', '確認が済んでいません。']
  ]
  const { examples, report } = await read('a.docx', docx([table(rows)]))
  expect(examples.map(said)).toEqual(['u: 送料は？ | a: 500円です。', 'u: 返品は？ | a: 8日以内です。'])
  expect(report.files[0]?.fields).toEqual([{ kind: 'not-read', field: '備考', count: 2 }])
})

test('marks in brackets within one line are marks', async () => {
  const text = '【Q】送料は？【A】500円です。\n【Q】返品は？【A】できます。\n'
  const { examples } = await read('a.txt', text, { split: 'questions' })
  expect(examples.map(said)).toEqual(['u: 送料は？ | a: 500円です。', 'u: 返品は？ | a: できます。'])
})

describe('letters and marks that are kept apart', () => {
  test('are put together, and this is said; other signs stay as they are', async () => {
    const answer = '\ufa19田カ\u3099イト\u3099です。cafe\u0301 \u1112\u1161\u11ab 髙﨑'
    const { examples, report } = await read('a.jsonl', jsonl({ question: 'q', answer }))
    expect(examples.map(said)).toEqual(['u: q | a: \ufa19田ガイドです。café 한 髙﨑'])
    expect(report.files[0]?.fields).toEqual([
      { kind: 'apart', field: '\ufa19田ガイドです。café 한 髙﨑', count: 1 }
    ])
  })
  test('a pile of marks is nobody’s to put in order', async () => {
    const answer = `e${'\u0301'.repeat(12)} です`
    const { examples } = await read('a.jsonl', jsonl({ question: 'q', answer }))
    expect(examples.map(said)).toEqual([`u: q | a: ${answer}`])
  })
})

describe('labels', () => {
  const labelled = (...labels: string[]) => jsonl(...labels.map((label, i) => ({ text: `text ${i}`, label })))
  test('of several forms are named with how many are of the rarer ones', async () => {
    expect(
      await notesOf('a.jsonl', labelled('Billing', 'billing', 'Billing', 'ＢＩＬＬＩＮＧ', 'Return'))
    ).toEqual([{ kind: 'label-forms', field: 'Billing / billing / ＢＩＬＬＩＮＧ', count: 2 }])
  })
  test('of different words are not', async () => {
    expect(await notesOf('a.jsonl', labelled('bill', 'bills', '返品', '返金'))).toEqual([])
  })
})

describe('a question and its answer in one cell', () => {
  const rows = (...texts: string[]) => `No,内容\n${texts.map((text, i) => `${i + 1},"${text}"`).join('\n')}\n`
  test('are named', async () => {
    expect(
      await notesOf('a.csv', rows('質問：送料は？\n回答：無料です。', 'Q. いつ？\n\nA. 明日です。'))
    ).toEqual([{ kind: 'pair', field: '質問：送料は？\n回答：無料です。', count: 2 }])
  })
  test('a text that begins with such a word is none', async () => {
    expect(await notesOf('a.csv', rows('質問が多い日でした。\n回答は後日です。', 'Q のみ'))).toEqual([])
  })
})
