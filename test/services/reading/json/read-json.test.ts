// JSON beyond all measure is one refused row or one sentence, and takes neither time nor memory.
import { describe, expect, test } from 'vitest'
import { limits } from '../../../../main/services/reading/limits'
import { jsonl, read, refusal, said } from '../reading'

const row = { question: 'q1', answer: 'a1' }
const long = 'あ'.repeat(limits.row + 1)
const deep = `{"question":${'['.repeat(1e5)}${']'.repeat(1e5)},"answer":"a"}`
const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 1])))

describe('one row is refused, its neighbours are read', () => {
  test.each([
    ['TOO_DEEP', deep],
    ['TOO_MANY_NAMES', wide],
    ['NAME_TOO_LONG', JSON.stringify({ ['k'.repeat(1001)]: 1 })],
    ['ROW_TOO_LONG', JSON.stringify({ question: 'q', answer: long })]
  ])('%s', async (reason, hostile) => {
    const around = JSON.stringify(row)
    for (const [name, content] of [
      ['a.jsonl', [around, hostile, around].join('\n')],
      ['a.json', `[${[around, hostile, around].join(',')}]`]
    ] as const) {
      const { examples, report } = await read(name, content)
      expect(examples.map(said)).toEqual(['u: q1 | a: a1', 'u: q1 | a: a1'])
      expect(report.refused).toMatchObject([{ source: { row: 2 }, reason }])
    }
  })
})

test('an object of any length gives the rows of its only list', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => ({ question: `q${i}`, answer: 'a'.repeat(60) }))
  const content = JSON.stringify({ version: 1, tags: ['x'], data: rows, more: {} })
  expect(content.length).toBeGreaterThan(limits.row)
  expect((await read('a.json', content)).examples).toHaveLength(rows.length)
  expect(await refusal('a.json', JSON.stringify({ a: rows, b: rows }))).toMatchObject({
    code: 'UNKNOWN_SHAPE'
  })
  expect(await refusal('a.json', content.slice(0, -9))).toMatchObject({ code: 'BROKEN_JSON_FILE' })
})

test.each([
  ['a brace and 131,072 line ends', 'a.json', `{${'\n'.repeat(131_072)}`],
  ['a line of 80 MB', 'a.jsonl', 'x'.repeat(80e6)],
  ['a line of 80 MB', 'a.txt', 'x'.repeat(80e6)],
  ['80 MB of one text', 'a.json', `{"a":"${'x'.repeat(80e6)}"}`],
  ['an array of 80 MB of one text', 'a.json', `["${'x'.repeat(80e6)}"]`],
  ['2 million brackets', 'a.json', '['.repeat(2e6)],
  ['2 million spaces', 'a.json', ' '.repeat(2e6)],
  ['an array of 300,000 times nothing', 'a.json', `[${','.repeat(300_000)}]`]
])('%s in %s takes no time', async (_, name, content) => {
  const before = performance.now()
  await read(name, content).catch(() => {})
  expect(performance.now() - before).toBeLessThan(10_000)
})

test('a whole number too long to be calculated with stays as it is written', async () => {
  const text =
    '{"question":"番号 12345678901234567890 は？","answer":12345678901234567890}\n{"question":"q","answer":-42}\n'
  const { examples } = await read('a.jsonl', text)
  expect(examples.map(said)).toEqual([
    'u: 番号 12345678901234567890 は？ | a: 12345678901234567890',
    'u: q | a: -42'
  ])
})

test('a number larger than any stays as it is written', async () => {
  const { examples } = await read(
    'a.jsonl',
    '{"question":"q 1e999","answer":-1e99999}\n{"question":"q","answer":1e2}\n'
  )
  expect(examples.map(said)).toEqual(['u: q 1e999 | a: -1e99999', 'u: q | a: 100'])
})

test('lines that end with \\r\\n are lines', async () => {
  expect((await read('a.jsonl', jsonl(row, row).replaceAll('\n', '\r\n'))).examples).toHaveLength(2)
})

test('a passage of text ends before a line beyond all measure, which is refused', async () => {
  const { examples, report } = await read('a.txt', `one\n${'x'.repeat(limits.row + 1)}\ntwo\n`)
  expect(examples.map(said)).toEqual(['one', 'two'])
  expect(report.refused).toMatchObject([{ source: { row: 2 }, reason: 'ROW_TOO_LONG' }])
})
