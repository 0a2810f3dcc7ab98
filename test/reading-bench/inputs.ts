// The files that reading is measured with, made at run time: questions and answers of a shop, about 85 characters a row,
// no two rows alike; every twentieth answer goes over two lines, every thirtieth holds a quotation mark.
import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { xlsx } from '../fixtures/write-xlsx'

export interface Made {
  readonly name: string
  readonly path: string
  readonly rows: number
  readonly bytes: number
}

/** Rows that are made in one piece. */
const piece = 5000

interface Pair {
  readonly question: string
  readonly answer: string
}

const goods = [
  '湯のみ',
  '急須',
  '抹茶碗',
  '茶筒',
  '風呂敷',
  'ポット',
  'ほうじ茶',
  '玉露',
  'べにふうき',
  '和紅茶'
]
const asks = [
  'の送料はいくらになりますか',
  'は返品できますか',
  'の納期を教えてください',
  'に熨斗はかけられますか'
]

export function pairOf(i: number): Pair {
  const good = goods[i % goods.length] as string
  const ask = asks[i % asks.length] as string
  const breaks = i % 20 === 0 ? '\n' : ''
  const said = i % 30 === 0 ? `"${good}"` : good
  return {
    question: `ご注文番号${i}の${good}${ask}`,
    answer: `お問い合わせありがとうございます。${breaks}${said}につきましては、${(i * 7919) % 9973}円以上のお買い上げで送料を当店にて負担いたします。`
  }
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const formats = {
  csv: {
    head: '質問,回答\r\n',
    line: ({ question, answer }: Pair) => `${cell(question)},${cell(answer)}\r\n`
  },
  jsonl: { head: '', line: ({ question, answer }: Pair) => `${JSON.stringify({ question, answer })}\n` }
} as const

/** Written piece by piece: the maker needs as little memory as the reader should. */
export function makeText(
  dir: string,
  format: keyof typeof formats,
  encoding: 'utf8' | 'cp932',
  rows: number
): Made {
  const path = join(dir, `${encoding}.${format}`)
  const { head, line } = formats[format]
  const file = openSync(path, 'w')
  const write = (text: string): void => void writeSync(file, iconv.encode(text, encoding))
  write(head)
  for (let at = 0; at < rows; at += piece) {
    const end = Math.min(rows, at + piece)
    let text = ''
    for (let i = at; i < end; i++) text += line(pairOf(i))
    write(text)
  }
  closeSync(file)
  return { name: `${format.toUpperCase()} ${encoding.toUpperCase()}`, path, rows, bytes: statSync(path).size }
}

/** One sheet; its size is said as it lies on the disk, packed. */
export function makeSheet(dir: string, rows: number): Made {
  const path = join(dir, 'sheet.xlsx')
  const cells = Array.from({ length: rows }, (_, i) => {
    const { question, answer } = pairOf(i)
    return [question, answer]
  })
  writeFileSync(path, xlsx([{ name: 'FAQ', rows: [['質問', '回答'], ...cells] }]))
  return { name: 'XLSX', path, rows, bytes: statSync(path).size }
}
