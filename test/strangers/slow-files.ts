// The files of issue 10 in the size in which they were first sent: too large for a test that runs every day. Written piece by
// piece where they are to lie.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { docx, p } from '../fixtures/write-docx'
import { xlsx } from '../fixtures/write-xlsx'

export interface SlowFile {
  readonly row: number
  readonly name: string
  readonly write: (path: string) => void
  readonly examples: number
  /** of the whole file; none: rows are to blame, or nothing is */
  readonly codes?: readonly string[]
}

function pieces(path: string, parts: Iterable<string>): void {
  const file = openSync(path, 'w')
  for (const part of parts) writeSync(file, part)
  closeSync(file)
}

const megabyte = 'あ'.repeat(349_525)
const line = (n: number): string => `{"question":"質問${n}","answer":"答え${n}"}\n`
function* long(before: string, megabytes: number, after: string): Generator<string> {
  yield before
  for (let i = 0; i < megabytes; i++) yield megabyte
  yield after
}

const rows = [
  ['質問', '回答'],
  ['q1', 'a1']
]

export const slowFiles: readonly SlowFile[] = [
  {
    row: 3,
    name: 'tags-18-million.docx',
    write: (path) => {
      const tags = 18_000_000
      writeFileSync(path, docx([`${'<a>'.repeat(tags)}${p('Q. q')}${'</a>'.repeat(tags)}`]))
    },
    examples: 0,
    codes: ['OFFICE_FILE_STRANGE', 'OFFICE_FILE_TOO_LARGE']
  },
  {
    row: 4,
    name: 'equal-areas-200000.xlsx',
    write: (path) =>
      writeFileSync(path, xlsx([{ name: 'S', rows, merged: Array<string>(200_000).fill('D1:E1') }])),
    examples: 1
  },
  {
    row: 11,
    name: 'line-300-MB.jsonl',
    write: (path) => pieces(path, long(`${line(1)}{"question":"q","answer":"`, 300, `"}\n${line(2)}`)),
    examples: 2
  },
  {
    row: 11,
    name: 'line-300-MB.json',
    write: (path) =>
      pieces(path, long(`[${line(1).trim()},{"question":"q","answer":"`, 300, `"},${line(2).trim()}]`)),
    examples: 2
  },
  {
    row: 11,
    name: 'line-300-MB.txt',
    write: (path) => pieces(path, long('Q: q\nA: a\n\n', 300, '\n\nQ: r\nA: b\n')),
    examples: 2
  },
  {
    row: 12,
    name: 'cell-600-MB.csv',
    write: (path) => pieces(path, long('質問,回答\nq1,a1\nq2,"', 600, '"\nq3,a3\n')),
    examples: 2
  },
  {
    row: 12,
    name: 'attributes-3-million.docx',
    write: (path) => {
      const many = Array.from({ length: 3_000_000 }, (_, i) => `a${i}="x"`).join(' ')
      writeFileSync(path, docx([`<w:p ${many}/>`, p('Q. q')]))
    },
    examples: 0,
    codes: ['OFFICE_FILE_STRANGE', 'OFFICE_FILE_TOO_LARGE']
  },
  {
    row: 18,
    name: 'rows-1000000.csv',
    write: (path) =>
      pieces(
        path,
        (function* () {
          yield '質問,回答\n'
          for (let n = 0; n < 1_000_000; n += 1000)
            yield Array.from(
              { length: 1000 },
              (_, i) => `質問${n + i}番はどうしますか,回答${n + i}番です。\n`
            ).join('')
        })()
      ),
    examples: 1_000_000
  }
]
