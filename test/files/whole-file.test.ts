// Whole or not there: one file, when writing fails too.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { writeFileWhole } from '../../main/files/whole-file'
import { ownFolder } from '../fixtures/own-folder'

let dir = ''
beforeEach(() => {
  dir = ownFolder()
})

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

test('the folders above it are made', async () => {
  await writeFileWhole(join(dir, 'deep/er/a.json'), 'one')
  expect(readFileSync(join(dir, 'deep/er/a.json'), 'utf8')).toBe('one')
})
