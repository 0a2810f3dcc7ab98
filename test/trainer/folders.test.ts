// Whole or not there: files and folders when writing fails, and what a killed process leaves behind.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  copyFolderWhole,
  removeLeftovers,
  writeFileWhole,
  writeFolderWhole
} from '../../main/trainer/folders'
import { temporaryFolder } from './run-fixture'

let dir = ''
beforeEach(() => {
  dir = temporaryFolder()
})
const systemError = (code: string): Error => Object.assign(new Error(code), { code })

test('a file is replaced, and nothing else is left', async () => {
  await writeFileWhole(join(dir, 'a.json'), 'one')
  await writeFileWhole(join(dir, 'a.json'), 'two')
  expect(readFileSync(join(dir, 'a.json'), 'utf8')).toBe('two')
  expect(readdirSync(dir)).toEqual(['a.json'])
})

test('a file that cannot be written leaves the old one alone', async () => {
  mkdirSync(join(dir, 'a.json')) // a folder in its place: the rename fails
  await expect(writeFileWhole(join(dir, 'a.json'), 'two')).rejects.toThrow()
  expect(readdirSync(dir)).toEqual(['a.json'])
})

describe('folders', () => {
  const fill = (text: string) => async (beside: string) => {
    await writeFile(join(beside, 'x'), text)
    expect(existsSync(join(dir, 'target', 'never'))).toBe(false)
  }

  test('are replaced whole', async () => {
    await writeFolderWhole(join(dir, 'target'), fill('one'))
    writeFileSync(join(dir, 'target', 'extra'), '')
    await writeFolderWhole(join(dir, 'target'), fill('two'))
    expect(readdirSync(join(dir, 'target'))).toEqual(['x'])
    expect(readFileSync(join(dir, 'target', 'x'), 'utf8')).toBe('two')
    expect(readdirSync(dir)).toEqual(['target'])
  })

  test.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EROFS', 'READ_ONLY'],
    ['EACCES', 'READ_ONLY']
  ])('stay as they were when filling fails with %s, told as %s', async (system, code) => {
    await writeFolderWhole(join(dir, 'target'), fill('one'))
    const failing = writeFolderWhole(join(dir, 'target'), async (beside) => {
      await writeFile(join(beside, 'x'), 'half')
      throw systemError(system)
    })
    await expect(failing).rejects.toMatchObject({ code, details: { system } })
    expect(readFileSync(join(dir, 'target', 'x'), 'utf8')).toBe('one')
    expect(readdirSync(dir)).toEqual(['target'])
  })

  test('are copied with all their files', async () => {
    await writeFolderWhole(join(dir, 'target'), fill('one'))
    await copyFolderWhole(join(dir, 'target'), join(dir, 'copy'))
    expect(readFileSync(join(dir, 'copy', 'x'), 'utf8')).toBe('one')
  })
})

test('leftovers of a killed process are removed, everything else stays', async () => {
  for (const name of [
    'step-000003',
    'step-000003.tmp-12',
    'step-000003.old-12',
    'state.json.tmp-1.txt',
    'tmp-1'
  ]) {
    mkdirSync(join(dir, name))
  }
  writeFileSync(join(dir, 'state.json.tmp-99'), '')
  await removeLeftovers(dir)
  expect(readdirSync(dir).sort()).toEqual(['step-000003', 'tmp-1'])
  await removeLeftovers(join(dir, 'missing'))
})
