// A file in parts: whatever came before the process ended is gone on with, and only the right content takes its place.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { doneOf, PartFile, partOf, stateOf, type Announced } from '../../main/files/part-file'

const place = mkdtempSync(join(tmpdir(), 'neiro-part-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const bytes = Buffer.from(Array.from({ length: 1000 }, (_, at) => (at * 7) % 251))
const announced: Announced = {
  size: 1000,
  oid: createHash('sha256').update(bytes).digest('hex'),
  hash: 'sha256'
}
const signal = new AbortController().signal
let count = 0
const fresh = (): string => join(place, `${++count}`, 'blob')

test('ranges are claimed once, written in any order, and the whole lies in its place', async () => {
  const file = fresh()
  const part = await PartFile.open(file, announced)
  const claims = [part.claim(400), part.claim(400), part.claim(400)]
  expect(claims).toEqual([
    [0, 400],
    [400, 800],
    [800, 1000]
  ])
  expect(part.claim(400)).toBeNull()
  // one that was dropped is there to be taken again
  part.release(claims[1] ?? [0, 0])
  expect(part.claim(100)).toEqual([400, 500])
  for (const [from, to] of [
    [800, 1000],
    [0, 400],
    [400, 800]
  ] as const)
    await part.write(from, bytes.subarray(from, to))
  expect(part.complete).toBe(true)
  expect(existsSync(file)).toBe(false)
  expect(await part.finish(signal)).toBe(true)
  expect(readFileSync(file)).toEqual(bytes)
  expect(existsSync(partOf(file)) || existsSync(stateOf(file))).toBe(false)
})

test('what was counted is gone on with; what was not counted, or is not there, is not believed', async () => {
  const file = fresh()
  const part = await PartFile.open(file, announced)
  await part.write(100, bytes.subarray(100, 300))
  await part.close()
  expect(await doneOf(file, announced)).toBe(200)
  const again = await PartFile.open(file, announced)
  expect(again.claim(1000)).toEqual([0, 100])
  await again.close()
  // of another content
  expect(await doneOf(file, { ...announced, oid: 'f'.repeat(64) })).toBe(0)
  // a disk that lost its end
  truncateSync(partOf(file), 250)
  expect(await doneOf(file, announced)).toBe(0)
  writeFileSync(stateOf(file), '{"size":1000')
  const torn = await PartFile.open(file, announced)
  expect(torn.claim(1000)).toEqual([0, 1000])
  await torn.close()
})

test('a wrong byte keeps the file out of its place, and nothing of it is kept', async () => {
  const file = fresh()
  const part = await PartFile.open(file, announced)
  const wrong = Buffer.from(bytes)
  wrong[500] = 0xff ^ (wrong[500] ?? 0)
  await part.write(0, wrong)
  expect(await part.finish(signal)).toBe(false)
  expect(existsSync(file)).toBe(false)
  expect(part.done).toBe(0)
  await part.close()
})

test('git\u2019s own sum of a small file is known', async () => {
  const file = fresh()
  const text = Buffer.from('hello\n')
  // as `git hash-object` gives it
  const part = await PartFile.open(file, {
    size: 6,
    oid: 'ce013625030ba8dba906f756967f9e9ca394464a',
    hash: 'git-sha1'
  })
  await part.write(0, text)
  expect(await part.finish(signal)).toBe(true)
})
