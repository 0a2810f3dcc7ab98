// What looks like an ordinary row and is half of something else: each kind is right, or named; nothing is learnt otherwise
// than it was meant without a word.
import { describe, expect, test } from 'vitest'
import { jsonl, read, refusal, said } from '../../reading/reading'

const turns = (mark: object): object => ({
  messages: [
    { role: 'user', content: 'q1' },
    { role: 'assistant', content: 'a1', ...mark },
    { role: 'user', content: 'q2' },
    { role: 'assistant', content: 'a2' }
  ]
})

test.each(['train_on_turn', 'include_in_loss', 'is_trainable', 'compute_loss', 'learnable'])(
  '%s: false, whatever it is called, is not learnt and counted',
  async (field) => {
    for (const no of [false, 0]) {
      const { examples, report } = await read(
        'a.jsonl',
        jsonl(turns({ [field]: no }), turns({ [field]: true }))
      )
      expect(examples[0]).toMatchObject({
        messages: [{}, { content: 'a1', weight: 0 }, {}, { content: 'a2' }]
      })
      expect(report.files[0]?.fields).toContainEqual({ kind: 'not-learnt', field, count: 1 })
    }
  }
)

describe('an answer that is rated, good or bad', () => {
  test.each([
    ['prompt and completion', { prompt: 'q', completion: 'a', label: false }],
    ['messages', { ...turns({}), label: true }],
    ['question and answer, label in words', { question: 'q', answer: 'a', label: 'False' }]
  ])('%s', async (_, row) => {
    // never learnt as if it were liked
    const { examples } = await read('a.jsonl', jsonl(row, row))
    expect(examples.map(({ kind }) => kind)).toEqual(['rated', 'rated'])
  })

  test('a label of another kind is a topic', async () => {
    const { examples } = await read('a.jsonl', jsonl({ question: 'q', answer: 'a', label: 'shipping' }))
    expect(examples.map(said)).toEqual(['u: q | a: a'])
  })
})

describe('a name that stands twice in a row of JSON', () => {
  const good = '{"question":"q","answer":"a"}'
  test.each([
    ['a.jsonl', `{"question":"q","answer":"one","answer":"two"}\n${good}\n`],
    ['a.jsonl', `{ "answer" : "one", "question":"q", "answer"\t: "two" }\n${good}\n`],
    ['a.json', `[{"question":"q","answer":"one","answer":"two"},${good}]`]
  ])('%s: refused by name', async (name, content) => {
    const { examples, report } = await read(name, content)
    expect(examples.map(said)).toEqual(['u: q | a: a'])
    expect(report.refused.map(({ reason }) => reason)).toEqual(['REPEATED_KEY'])
  })

  test('the same name inside a text, in a turn or as a value is no second one', async () => {
    const rows = [
      '{"question":"say \\"answer\\": now","answer":"a"}',
      '{"question":"answer","answer":"answer"}',
      '{"question":"q","meta":{"answer":"x"},"answer":"a"}'
    ]
    const { examples } = await read('a.jsonl', rows.join('\n'))
    expect(examples.map(said)).toEqual([
      'u: say "answer": now | a: a',
      'u: answer | a: answer',
      'u: q | a: a'
    ])
  })
})

test('a stroke or a word for nothing where an answer should be is asked about', async () => {
  const marks = ['-', '—', '－', 'N/A', 'NA', '#NUM!', '-nan']
  const { examples, report } = await read(
    'a.csv',
    `質問,回答\nq,a\n${marks.map((mark) => `q,${mark}\n`).join('')}`
  )
  expect(examples.map(said)).toEqual(['u: q | a: a'])
  expect(report.refused.map(({ reason }) => reason)).toEqual(marks.map(() => 'WORD_FOR_NOTHING'))
})

test('="0042" is the text that a spreadsheet shows; what only begins like it stays', async () => {
  const { examples } = await read('a.csv', '質問,回答\n="0042","=""a"""\nq,="a"" b"\nq,="a" and "b"\n')
  expect(examples.map(said)).toEqual(['u: 0042 | a: a', 'u: q | a: a" b', 'u: q | a: ="a" and "b"'])
})

describe('codes of web pages in texts', () => {
  test.each([
    ['Tom &amp; Jerry', '&amp;'],
    ['a&nbsp;b', '&nbsp;'],
    ['one<br>two', '<br>'],
    ['<p class="x">one</p>', '<p class="x">'],
    ['it&#39;s', '&#39;']
  ])('%s is learnt as it stands, and said', async (text, field) => {
    const { report } = await read('a.csv', `question,answer\nq,"${text.replaceAll('"', '""')}"\nq,a\n`)
    expect(report.files[0]?.fields).toEqual([{ kind: 'markup', field, count: 1 }])
  })

  test.each(['a < b and c > d', 'Q&A; R&D', 'x <y@example.com>', 'if (a<b) return'])(
    '%s is none',
    async (text) => {
      const { report } = await read('a.csv', `question,answer\nq,"${text}"\nq,a\n`)
      expect(report.files[0]?.fields).toBeUndefined()
    }
  )
})

test.each([
  '<dl><dt>q</dt><dd>a</dd></dl>',
  '<details><summary>q</summary>a</details>',
  '<div>q</div><p>a</p>'
])('%s is a page without a table, not a broken book', async (content) => {
  expect(await refusal('a.html', content)).toMatchObject({ code: 'NO_TABLE_IN_PAGE' })
})

test.each(['a.xlsb', 'a.sxw', 'a.numbers', 'a.pages', 'a.pptx'])(
  '%s of which the parts are not known is opened in its own program, never unpacked',
  async (name) => {
    for (const bytes of [Buffer.from('PK\x03\x04' + '\0'.repeat(60)), Buffer.from('some text, cut off')])
      expect(await refusal(name, bytes)).toMatchObject({ code: 'FOREIGN_FILE' })
  }
)

test.each([
  ['train', false],
  ['weight', 0],
  ['deleted', true]
])(
  'a field that leaves every row out (%s: %s) is named; one that leaves none out is only listed',
  async (field, value) => {
    const file = (said: unknown) =>
      read(
        'a.jsonl',
        [1, 2].map((i) => JSON.stringify({ question: `q${i}`, answer: 'a', [field]: said })).join('\n')
      )
    expect((await file(value)).report.files[0]?.fields).toEqual([{ kind: 'not-read', field, count: 2 }])
    expect((await file(typeof value === 'number' ? 1 : !value)).report.files[0]?.fields).toEqual([
      { kind: 'aside', field, count: 1 }
    ])
  }
)
