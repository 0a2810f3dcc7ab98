// Parquet files as pyarrow writes them (test/fixtures/parquet/make.py), and what becomes of damaged ones.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NeiroError } from '../../../../main/contract/errors'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { errorCodes } from '../../../../main/words/errors'
import { refusal, said } from '../reading'
import { writeData } from '../write-file'

const folder = join(import.meta.dirname, '../../../fixtures/parquet')
const fixture = (name: string): string => join(folder, `${name}.parquet`)
const bytes = (name: string): Buffer => readFileSync(fixture(name))

test('lists of turns are conversations', async () => {
  const { examples, report } = await readData([fixture('messages-zstd')])
  expect(report.files[0]).toMatchObject({ format: 'parquet', shape: 'messages', rows: 3, encoding: '' })
  expect(examples.map(said)).toEqual([
    's: 丁寧に答えます。 | u: 営業時間は？ | a: 9時から18時です。',
    'u: 駐車場はありますか。 | a: 20台分ございます。',
    'u: 一 | a: 二 | u: 三 | a: 四'
  ])
})

test.each(['snappy', 'gzip', 'brotli', 'none'])(
  'columns packed by %s, in several groups of rows',
  async (codec) => {
    const { examples, report } = await readData([fixture(`faq-${codec}`)])
    expect(examples.map(said)).toEqual(['u: 送料は？ | a: 500円です。', 'u: 返品は？ | a: 30日以内です。'])
    expect(report.refused.map(({ source, reason }) => [source.row, reason])).toEqual([[3, 'EMPTY_ANSWER']])
  }
)

test('a way to pack that is not read is named', async () => {
  await expect(readData([fixture('faq-lz4')])).rejects.toMatchObject({
    code: 'BROKEN_PARQUET',
    details: { problem: expect.stringContaining('LZ4') as unknown }
  })
})

test('numbers, days and times are what people write; a number beyond JavaScript keeps its digits', async () => {
  const { examples } = await readData([fixture('faq-snappy')], {
    mapping: { question: '更新', answer: '登録日' }
  })
  expect(examples.map(said)).toEqual(['u: 2026-04-01 09:30:00 | a: 2026-04-01'])
  const numbers = await readData([fixture('faq-snappy')], { mapping: { question: '質問', answer: '番号' } })
  expect(numbers.examples.map(said).at(-1)).toBe('u: 領収書は？ | a: 1152921504606846976')
})

test('a column of pictures is left out and listed, its rows are learnt', async () => {
  const { examples, report } = await readData([fixture('pictures')])
  expect(examples.map(said)).toEqual(['u: What is in the picture? | a: A cat.', 'u: And here? | a: A dog.'])
  expect(report.refused).toMatchObject([{ reason: 'BINARY_COLUMN', source: { sheet: 'image', row: 0 } }])
})

test('preferences by lists of turns', async () => {
  const { examples } = await readData([fixture('preference')])
  expect(examples[0]).toMatchObject({ kind: 'preference', chosen: '18時です。', rejected: '知らない。' })
  expect(examples).toHaveLength(2)
})

test('a text that was damaged refuses its row', async () => {
  const { examples, report } = await readData([fixture('damaged-text')])
  expect(examples.map(said)).toEqual(['u: あ | a: a', 'u: い | a: c'])
  expect(report.refused).toMatchObject([{ reason: 'BROKEN_CHARACTERS', source: { row: 2 } }])
})

test('the ending decides nothing', async () => {
  const { examples } = await readData([writeData('data.csv', bytes('messages-zstd'))])
  expect(examples).toHaveLength(3)
  expect(await refusal('text.parquet', '質問,回答\na,b\n')).toMatchObject({ code: 'BROKEN_PARQUET' })
  expect(await refusal('empty.parquet', bytes('empty'))).toMatchObject({ code: 'EMPTY_DATA' })
})

test('an encrypted one, one that is cut off, and one that lies', async () => {
  const whole = bytes('faq-snappy')
  const encrypted = Buffer.concat([whole.subarray(0, -4), Buffer.from('PARE')])
  expect(await refusal('a.parquet', encrypted)).toMatchObject({ code: 'PARQUET_ENCRYPTED' })
  expect(await refusal('a.parquet', whole.subarray(0, -100))).toMatchObject({ code: 'BROKEN_PARQUET' })
  expect(await refusal('a.parquet', whole.subarray(0, 6))).toMatchObject({ code: 'BROKEN_PARQUET' })
  const far = Buffer.from(whole)
  far.writeUInt32LE(0xffff_fff0, far.length - 8)
  expect(await refusal('a.parquet', far)).toMatchObject({ code: 'BROKEN_PARQUET' })
})

test('any byte of it changed: rows, or an error that has words', async () => {
  const files = ['faq-snappy', 'faq-gzip', 'messages-zstd', 'pictures'].map(bytes)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (file, changes) => {
        const changed = Buffer.from(file)
        for (const [at, byte] of changes) changed[at % changed.length] = byte
        const path = writeData('changed.parquet', changed)
        const error = await readData([path]).then(
          () => null,
          (failed: unknown) => failed
        )
        if (error instanceof NeiroError) expect(errorCodes).toContain(error.code)
        else expect(error).toBeNull()
      }
    ),
    { numRuns: 300 }
  )
})
