// Rows that are read aside are those that are read into memory, in the same order, and nothing of them stays behind.
import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { asOneSet, readPaths } from '../../../../main/services/dataset/read/read-paths'
import { readingHere } from '../../../../main/services/dataset/read/reading-here'
import { RowsAside } from '../../../../main/services/dataset/read/rows-aside'
import { newFolder, writeData } from '../../reading/write-file'

const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.includes('neiro-data.tmp'))

async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = []
  for await (const some of batches) found.push(...some)
  return found
}

test('files of a folder, usable or not', async () => {
  const folder = newFolder()
  const rows = Array.from({ length: 1200 }, (_, i) => `質問${i},${i % 7 === 0 ? '' : `答え${i}`}`)
  writeData('a.csv', `質問,回答\n${rows.join('\n')}\n`, 'utf-8', folder)
  writeData(
    'b.jsonl',
    '{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}\n{',
    'utf-8',
    folder
  )
  writeData('c.csv', '', 'utf-8', folder)
  writeData('d.csv', 'question,answer\nq,\n', 'utf-8', folder)
  writeData('README.md', '# about', 'utf-8', folder)
  const before = left()
  const aside = await RowsAside.read([folder], {}, readingHere)
  const { examples, report } = asOneSet(await readPaths([folder]))
  expect(examples.length).toBeGreaterThan(1000)
  expect(await all(aside.examples())).toEqual(examples)
  expect(await all(aside.refused())).toEqual(report.refused)
  expect([aside.exampleCount, aside.refusedCount]).toEqual([examples.length, report.refused.length])
  expect(aside.files.map(({ error }) => error?.code ?? null)).toEqual([
    null,
    null,
    'EMPTY_DATA',
    'NO_USABLE_ROW'
  ])
  expect(left().length).toBe(before.length + 1)
  await aside.end()
  expect(left()).toEqual(before)
})

test.runIf(process.platform === 'linux')('a file whose name is no text is named and refused', async () => {
  const folder = newFolder()
  writeData('good.csv', 'question,answer\nq,a\n', 'utf-8', folder)
  const name = Buffer.concat([Buffer.from(`${folder}/bad`), Buffer.from([0xff, 0xfe]), Buffer.from('.csv')])
  writeFileSync(name, 'question,answer\nr,b\n')
  const aside = await RowsAside.read([folder], {}, readingHere)
  expect(aside.files.map(({ error }) => error?.code ?? null).sort()).toEqual(['DATA_NOT_READABLE', null])
  expect(aside.exampleCount).toBe(1)
  await aside.end()
})
