// A folder copied whole file after whole file: told byte by byte, gone on with after it was broken off, and no half file
// under the name of a whole one.
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { bytesOfTree, copyTree } from '../../main/files/copy-tree'

const place = mkdtempSync(join(tmpdir(), 'neiro-copy-tree-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const [from, to] = [join(place, 'from'), join(place, 'to')]
const large = Buffer.alloc(3 << 20, 7)

const write = (path: string, bytes: Buffer | string): void => {
  mkdirSync(dirname(join(from, path)), { recursive: true })
  writeFileSync(join(from, path), bytes)
}
beforeEach(() => {
  for (const dir of [from, to]) rmSync(dir, { recursive: true, force: true })
  write('blobs/a', large)
  write('blobs/b', 'small')
  write('snapshots/c1/config.json', '{}')
  if (process.platform !== 'win32') symlinkSync('../../blobs/a', join(from, 'snapshots/c1/model.safetensors'))
})
const size = 3 * 2 ** 20 + 5 + 2

async function copied(): Promise<number[]> {
  const told: number[] = []
  await copyTree(from, to, (bytes) => told.push(bytes))
  return told
}
const sum = (told: readonly number[]): number => told.reduce((all, bytes) => all + bytes, 0)

test('everything is there, links are links, and every byte was told as it came', async () => {
  expect(await bytesOfTree(from)).toBe(size)
  const told = await copied()
  expect([sum(told), told.length > 3]).toEqual([size, true])
  expect(readFileSync(join(to, 'blobs/a')).equals(large)).toBe(true)
  expect(readdirSync(join(to, 'blobs'))).toEqual(['a', 'b'])
  if (process.platform === 'win32') return
  const link = join(to, 'snapshots/c1/model.safetensors')
  expect([lstatSync(link).isSymbolicLink(), readlinkSync(link)]).toEqual([true, '../../blobs/a'])
})

test('what a killed copy has left is made whole: a half under another name, a short one under its own', async () => {
  mkdirSync(join(to, 'blobs'), { recursive: true })
  writeFileSync(join(to, 'blobs/a.copying'), large.subarray(0, 100))
  writeFileSync(join(to, 'blobs/b'), 'sm')
  expect(await bytesOfTree(to)).toBe(2)
  expect(sum(await copied())).toBe(size)
  expect(readFileSync(join(to, 'blobs/a')).equals(large)).toBe(true)
  expect(readFileSync(join(to, 'blobs/b'), 'utf8')).toBe('small')
  expect(readdirSync(join(to, 'blobs'))).toEqual(['a', 'b'])
})

test('once more, nothing is copied, and all is told', async () => {
  await copied()
  const before = lstatSync(join(to, 'blobs/a')).mtimeMs
  expect(sum(await copied())).toBe(size)
  expect(lstatSync(join(to, 'blobs/a')).mtimeMs).toBe(before)
})

test('what cannot be written is an error and leaves no half', async () => {
  mkdirSync(join(to, 'blobs/a'), { recursive: true })
  await expect(copied()).rejects.toThrow()
  expect(readdirSync(join(to, 'blobs')).filter((name) => name.includes('copying'))).toEqual([])
})
