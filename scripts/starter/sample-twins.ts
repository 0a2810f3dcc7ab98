// Step "sample": twins of a part of the sample as offices have them: a CSV from Excel in CP932 with Japanese
// headings, and the same in UTF-8. Same rows, same order.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { sampleDir, sampleFile } from './places'

const rows = 40

interface SampleRow {
  readonly language: string
  readonly split: string
  readonly question: string
  readonly answer: string
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export function sampleCsv(): string {
  const sample = readFileSync(sampleFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SampleRow)
  const chosen = sample.filter((row) => row.language === 'ja' && row.split === 'train').slice(0, rows)
  const lines = [['質問', '回答'], ...chosen.map((row) => [row.question, row.answer])]
  return lines.map((cells) => cells.map(cell).join(',') + '\r\n').join('')
}

export function makeSampleTwins(): void {
  const csv = sampleCsv()
  const cp932 = iconv.encode(csv, 'CP932')
  if (iconv.decode(cp932, 'CP932') !== csv) throw new Error('a character of the sample is not in CP932')
  writeFileSync(join(sampleDir, 'support-desk.cp932.csv'), cp932)
  writeFileSync(join(sampleDir, 'support-desk.utf8.csv'), csv)
  console.log(`sample: ${rows} rows as CSV in CP932 and UTF-8`)
}
