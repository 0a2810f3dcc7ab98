// Columns in a file: what was pushed is what is read, and a file that is not whole is said to be broken, whatever it lacks.
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ColumnWriter, readColumns } from '../../../../main/services/dataset/kept/column-file'
import { KeptBroken } from '../../../../main/services/dataset/kept/kept-broken'
import { Chance } from '../../random'
import { newKept } from './write-kept'

async function written(count: number): Promise<string> {
  const file = join(newKept(), 'columns.bin')
  const writer = await ColumnWriter.open(file)
  const [all, some, none] = [
    writer.column('all', 'f64'),
    writer.column('some', 'u32'),
    writer.column('none', 'u8')
  ]
  for (let i = 0; i < count; i++) {
    all.push(i * 1e6)
    if (i % 3 === 0) some.push(i)
    if (i % 5000 === 0) await writer.flush()
  }
  expect([all.length, some.length, none.length]).toEqual([count, Math.ceil(count / 3), 0])
  expect(all.last).toBe(count === 0 ? 0 : (count - 1) * 1e6)
  await writer.finish({ said: '言' })
  await writer.close()
  return file
}

test.each([0, 1, 1024, 1025, 40_000])('%i numbers come back as they were', async (count) => {
  const { facts, columns } = await readColumns(await written(count))
  expect(facts).toEqual({ said: '言' })
  expect(columns.get('all')).toEqual(Float64Array.from({ length: count }, (_, i) => i * 1e6))
  expect(columns.get('some')).toEqual(Uint32Array.from({ length: Math.ceil(count / 3) }, (_, i) => 3 * i))
  expect(columns.get('none')).toEqual(new Uint8Array(0))
})

test('one that is cut, gone or of other bytes is broken', async () => {
  const chance = new Chance(5)
  const file = await written(3000)
  const whole = readFileSync(file)
  for (let round = 0; round < 60; round++) {
    writeFileSync(file, whole)
    truncateSync(file, chance.below(whole.length))
    await expect(readColumns(file)).rejects.toBeInstanceOf(KeptBroken)
  }
  for (const text of [
    '',
    '{}',
    '{"columns":{}}',
    '{"columns":{"a":{"kind":"x","pieces":[]}}}',
    '{"columns":{"a":{"kind":"u8"}}}',
    'null'
  ]) {
    const tail = Buffer.alloc(8)
    tail.writeBigUInt64LE(BigInt(text.length))
    writeFileSync(file, Buffer.concat([Buffer.from(text), tail]))
    const read = readColumns(file)
    if (text === '{"columns":{}}') expect((await read).columns.size).toBe(0)
    else await expect(read, text).rejects.toBeInstanceOf(KeptBroken)
  }
  await expect(readColumns(`${file}.not`)).rejects.toBeInstanceOf(KeptBroken)
})
