// Tables are cut into cells as other readers do it, and each record knows the line on which it begins.
import { describe, expect, test } from 'vitest'
import { CsvRecords, type CsvRecord } from '../../../../main/services/reading/csv/csv-records'
import { limits } from '../../../../main/services/reading/limits'
import { Chance } from '../../random'

/** Read in pieces of every length, so that each state meets the end of a piece. */
function read(text: string, delimiter = ',', chance = new Chance(1), columns = 0): CsvRecord[] {
  const reader = new CsvRecords(
    { delimiter, inner: 'doubled', mark: '"' },
    new Set(columns > 0 ? [columns] : [])
  )
  const records: CsvRecord[] = []
  for (let at = 0; at < text.length;) {
    const length = 1 + chance.below(7)
    for (const found of reader.push(text.slice(at, at + length))) records.push(...found)
    at += length
  }
  for (const found of reader.end()) records.push(...found)
  return records
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
      expect(records.map(({ cells }) => cells)).toEqual(rows.map((row) => row.map(withNewlines)))
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
      expect(read(text, ',', chance).map(({ cells }) => cells)).toEqual(
        wanted.map((row) => row.map(withNewlines))
      )
    }
    expect(compared).toBeGreaterThan(500)
  })

  /** Null where a mark stays open, or text follows one that closes. */
  function atOnce(text: string): string[][] | null {
    const cell = /(?: *"((?:[^"]|"")*)" *|((?! *")[^,\r\n]*))(,|\r\n|\n|\r|$)/y
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

  const withNewlines = (cell: string): string => cell.replace(/\r\n?/g, '\n')

  function quoted(cell: string): string {
    return `"${cell.replaceAll('"', '""')}"`
  }
})

describe('marks that do not work out: the reading that keeps the number of columns', () => {
  const cells = (text: string, columns = 2): (readonly string[])[] =>
    read(text, ',', new Chance(1), columns).map((record) => record.cells)

  test.each<[string, string, string[][]]>([
    [
      'inch marks that open a cell',
      'a,"27 inches\nb,20\nc,"9 inches\nd,4\n',
      [
        ['a', '"27 inches'],
        ['b', '20'],
        ['c', '"9 inches'],
        ['d', '4']
      ]
    ],
    [
      'a mark that is never closed',
      'a,b\nc,"27\nd,e\n',
      [
        ['a', 'b'],
        ['c', '"27'],
        ['d', 'e']
      ]
    ],
    [
      'marks inside a marked cell',
      'a,"the "new" form"\nb,c\n',
      [
        ['a', 'the "new" form'],
        ['b', 'c']
      ]
    ],
    [
      'text behind a closing mark',
      'a,"new" form\nb,c\n',
      [
        ['a', '"new" form'],
        ['b', 'c']
      ]
    ],
    ['text behind one, a marked cell behind it', '"a" b,"c, d"\n', [['"a" b', 'c, d']]],
    ['an inch behind a number', '"a, b","27" wide"\n', [['a, b', '27" wide']]],
    [
      'backslashes',
      'a,"say \\"yes\\", then go"\nb,c\n',
      [
        ['a', 'say "yes", then go'],
        ['b', 'c']
      ]
    ],
    [
      'a mark inside over several lines',
      'a,"27" wide\nand, well, more"\nb,c\n',
      [
        ['a', '27" wide\nand, well, more'],
        ['b', 'c']
      ]
    ],
    ['spaces around the marks', 'a, "b, c" \n', [['a', 'b, c']]],
    ['NUL in a cell', 'a\0,"\0b"\n', [['a', 'b']]]
  ])('%s', (_, text, wanted) => {
    expect(cells(text)).toEqual(wanted)
  })

  test('is known afterwards, and no other row is', () => {
    const records = read('a,"27 inches\nb,20\nc,"d"\n', ',', new Chance(1), 2)
    expect(records.map(({ line, mended = false }) => [line, mended && true])).toEqual([
      [1, true],
      [2, false],
      [3, false]
    ])
  })

  test('where there is none, the line is refused and the next one read', () => {
    const records = read('a,b,c\n"x" y,z\nd,e,f\n', ',', new Chance(1), 3)
    expect(records.map(({ line, broken }) => [line, broken])).toEqual([
      [1, undefined],
      [2, 'BROKEN_QUOTES'],
      [3, undefined]
    ])
  })

  test('a table that is as it should be is not touched, whatever stands in its cells', () => {
    expect(cells('"a ""b"", c","d\ne, f"\n"C:\\new\\",x\n')).toEqual([
      ['a "b", c', 'd\ne, f'],
      ['C:\\new\\', 'x']
    ])
  })
})

describe('a record beyond all measure is one refused row', () => {
  const long = 'x'.repeat(limits.row)
  const inPieces = (text: string): CsvRecord[] => {
    const reader = new CsvRecords({ delimiter: ',', inner: 'doubled', mark: '"' }, new Set([2]))
    const records: CsvRecord[] = []
    const take = (all: Iterable<CsvRecord[]>): void => {
      for (const found of all) for (const record of found) records.push(record)
    }
    for (let at = 0; at < text.length; at += 1 << 18) take(reader.push(text.slice(at, at + (1 << 18))))
    take(reader.end())
    return records
  }

  test.each([
    ['one line', `a,b\nc,${long}yz\nd,e\n`, [1, 2, 3]],
    ['a marked cell', `a,b\nc,"${long}yz"\nd,e\n`, [1, 2, 3]],
    ['a marked cell over lines', `a,b\nc,"1, 2, 3\n4\n${long}y\nz"\nd,e\n`, [1, 2, 6]],
    ['the last line', `a,b\nc,d\ne,${long}yz`, [1, 2, 3]]
  ])('%s', (name, text, lines) => {
    const records = inPieces(text)
    expect(records.map(({ line }) => line)).toEqual(lines)
    const at = name === 'the last line' ? 2 : 1
    expect(records.map(({ broken }) => broken)).toEqual(
      lines.map((_, i) => (i === at ? 'ROW_TOO_LONG' : undefined))
    )
  })

  test('a mark that is never closed, in a file of any length, costs its own row nothing', () => {
    const records = inPieces(`c,"27\n${'a,b\n'.repeat(limits.row / 2)}`)
    expect(records[0]).toMatchObject({ cells: ['c', '"27'], mended: { mending: 'own-line' } })
    expect(records).toHaveLength(1 + limits.row / 2)
  })
})

test('other delimiters', () => {
  expect(read('a\tb,c\n', '\t')[0]?.cells).toEqual(['a', 'b,c'])
  expect(read('a;"b;c"', ';')[0]?.cells).toEqual(['a', 'b;c'])
})
