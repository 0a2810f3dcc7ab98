// What divides the cells of a table is told by the whole of its first part, and how surely.
import { describe, expect, test } from 'vitest'
import { recogniseDialect } from '../../../../main/services/reading/csv/recognise-dialect'

describe('the delimiter', () => {
  test.each([
    ['a,b\n', 'csv', ',', 'high'],
    ['a;b\n1;2\n', 'csv', ';', 'high'],
    ['a\tb\n', 'csv', '\t', 'high'],
    ['"a;b",c\n', 'csv', ',', 'high'],
    ['text\nplain\n', 'csv', ',', 'high'],
    ['text\nyes, with a comma\nno\nwell, perhaps, later\n', 'csv', ',', 'low'],
    ['a|b\n1|2, or 3\n', 'csv', '|', 'high'],
    ['質問,回答;備考\nq,a\n', 'csv', ',', 'fair'],
    // commas in every answer, and in the title
    ['FAQ of today\nquestion;answer\nWho?;Us, of course.\nWhen?;Today, at noon, here.\n', 'csv', ';', 'high'],
    ['質問\t回答\nいつ,どこで\t今日,ここで\nなぜ,誰が\t私が,今\n', 'csv', '\t', 'high'],
    ['a\tb\n1\t2\n', 'tsv', '\t', 'high'],
    ['a,b\n1,2\n', 'tsv', ',', 'fair']
  ] as const)('of %j in a .%s: %j', (text, format, delimiter, sure) => {
    expect(recogniseDialect(text, format)).toMatchObject({ delimiter, certainty: { sure } })
  })

  test('is what the user says', () => {
    expect(recogniseDialect('a,b\n', 'csv', ';')).toMatchObject({
      delimiter: ';',
      certainty: { sure: 'high' }
    })
  })
})

describe('quotation marks inside a cell', () => {
  test.each([
    ['"a","say ""yes"" to it"\n', 'doubled'],
    ['"a","say \\"yes\\", then"\n"b","c"\n', 'backslash'],
    ['"C:\\dir\\","b"\n"C:\\x","d"\n', 'doubled'],
    ['a,b\n', 'doubled']
  ])('%j: %s', (text, inner) => {
    expect(recogniseDialect(text, 'csv').inner).toBe(inner)
  })
})
