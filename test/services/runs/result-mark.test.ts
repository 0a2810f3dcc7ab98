// What a result is told by: its weights, and nothing else.
import { copyFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { weightsMark } from '../../../main/services/runs/result-mark'
import { temporaryFolder } from '../../trainer/run-fixture'

const name = 'adapter_model.safetensors'

test('the same for the same weights, wherever and whenever they were written; another for others', async () => {
  const [one, other] = [temporaryFolder(), temporaryFolder()]
  const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * 7919) % 251))
  writeFileSync(join(one, name), bytes)
  copyFileSync(join(one, name), join(other, name))
  utimesSync(join(other, name), 1, 1)
  const mark = await weightsMark(one)
  expect(mark).toMatch(/^[0-9a-f]{32}$/)
  expect(await weightsMark(other)).toBe(mark)
  // what has learnt differs nearly everywhere
  writeFileSync(
    join(other, name),
    bytes.map((byte) => byte ^ 1)
  )
  expect(await weightsMark(other)).not.toBe(mark)
  writeFileSync(join(other, name), bytes.subarray(1))
  expect(await weightsMark(other)).not.toBe(mark)
})

test('a short file counts to its last byte, and a model of several files by all of them', async () => {
  const dir = temporaryFolder()
  writeFileSync(join(dir, 'model-1.safetensors'), 'abc')
  writeFileSync(join(dir, 'model-2.safetensors'), 'abc')
  const mark = await weightsMark(dir)
  writeFileSync(join(dir, 'model-2.safetensors'), 'abd')
  utimesSync(join(dir, 'model-2.safetensors'), 5, 5)
  expect(await weightsMark(dir)).not.toBe(mark)
  expect(await weightsMark(null)).toBe('')
})
