// Files as an office has them, made from the sample's Japanese rows: an Excel book with two sheets whose header
// stands in the third row, and a table in CP932.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import iconv from 'iconv-lite'
import { xlsx } from '../fixtures/write-xlsx'

export interface Pair {
  readonly question: string
  readonly answer: string
}

const sample = resolve(import.meta.dirname, '../../resources/sample/support-desk.jsonl')

export const japanesePairs = (): Pair[] =>
  readFileSync(sample, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Pair & { language: string })
    .filter((row) => row.language === 'ja')

const header = ['番号', 'お客様からの質問', '回答文']

/** A title, a note, then the header; the pairs are divided over two sheets. */
export function writeExcel(file: string, pairs: readonly Pair[]): void {
  const half = Math.ceil(pairs.length / 2)
  const sheet = (name: string, part: readonly Pair[]): Parameters<typeof xlsx>[0][number] => ({
    name,
    rows: [
      [`${name} 応対記録`],
      ['2026年度　社外秘'],
      header,
      ...part.map((pair, index) => [index + 1, pair.question, pair.answer])
    ]
  })
  writeFileSync(file, xlsx([sheet('送料', pairs.slice(0, half)), sheet('返品・交換', pairs.slice(half))]))
}

/** As Japanese Excel saves "CSV": CP932, CRLF. */
export function writeCp932(file: string, pairs: readonly Pair[]): void {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = [header, ...pairs.map((pair, index) => [String(index + 1), pair.question, pair.answer])].map(
    (cells) => cells.map(cell).join(',')
  )
  writeFileSync(file, iconv.encode(`${lines.join('\r\n')}\r\n`, 'cp932'))
}
