// Tables are cut into cells as other readers do it, and each record knows the line on which it begins.
import { describe, expect, test } from 'vitest'
import { CsvRecords, type CsvRecord } from '../../../../main/services/reading/csv/csv-records'
import { Chance } from '../../random'

/** Read in pieces of every length, so that each state meets the end of a piece. */
function read(text: string, delimiter = ',', chance = new Chance(1)): CsvRecord[] {
  const reader = new CsvRecords(delimiter)
  const records: CsvRecord[] = []
  for (let at = 0; at < text.length;) {
    const length = 1 + chance.below(7)
    records.push(...reader.push(text.slice(at, at + length)))
    at += length
  }
  const last = reader.end()
  return last ? [...records, last] : records
}

describe('random tables', () => {
  const chance = new Chance(31)
  const some = ['a', '"', ',', '\n', '\r\n', '\r', ' ', '質問', '。', '', '0', "'", '\t']

  test.each(['\n', '\r\n', '\r'])('cells come back and lines are right, with %j between rows', (lineEnd) => {
    for (let round = 0; round < 200; round++) {
      const columns = 1 + chance.below(4)
      const rows = Array.from({ length: 1 + chance.below(6) }, () =>
        Array.from({ length: columns }, () => chance.list(5, () => chance.pick(some)).join(''))
      )
      const text = rows.map((row) => row.map(quoted).join(',')).join(lineEnd) + chance.pick(['', lineEnd])
      const records = read(text, ',', chance)
      expect(records.map(({ cells }) => cells)).toEqual(rows)
      const startOf = (i: number): string =>
        rows
          .slice(0, i)
          .map((row) => row.map(quoted).join(',') + lineEnd)
          .join('')
      const lines = rows.map((_, i) => startOf(i).split(/\r\n|\n|\r/).length)
      expect(records.map(({ line }) => line)).toEqual(lines)
    }
  })

  test('agrees with one expression over the whole text on anything at all that is well formed', () => {
    let compared = 0
    for (let round = 0; round < 3000; round++) {
      const text = chance.list(14, () => chance.pick(some)).join('')
      const wanted = atOnce(text)
      if (!wanted) continue
      compared++
      expect(read(text, ',', chance).map(({ cells }) => cells)).toEqual(wanted)
    }
    expect(compared).toBeGreaterThan(500)
  })

  /** Null where a mark stays open, or text follows one that closes. */
  function atOnce(text: string): string[][] | null {
    const cell = /(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r\n|\n|\r|$)/y
    const records: string[][] = [[]]
    while (cell.lastIndex < text.length || records.at(-1)!.length > 0) {
      const [, marked, plain = '', end] = cell.exec(text) ?? []
      if (end === undefined) return null
      records.at(-1)!.push(marked?.replaceAll('""', '"') ?? plain)
      if (end === '') break
      if (end !== ',') records.push([])
    }
    return records.filter((record) => record.length > 0)
  }

  function quoted(cell: string): string {
    return `"${cell.replaceAll('"', '""')}"`
  }
})

test('marks inside a cell, and text behind a closed one, are kept as they stand', () => {
  expect(read('a "b" c,"d" e,"f"\n')).toEqual([{ cells: ['a "b" c', '"d" e', 'f'], line: 1 }])
})

test('a mark that is never closed is reported with the line of its row', () => {
  const reader = new CsvRecords(',')
  reader.push('a,b\n1,2\n3,"4\n5,6\n')
  expect(reader.openQuote()).toBe(3)
})

test('other delimiters', () => {
  expect(read('a\tb,c\n', '\t')[0]?.cells).toEqual(['a', 'b,c'])
  expect(read('a;"b;c"', ';')[0]?.cells).toEqual(['a', 'b;c'])
})
