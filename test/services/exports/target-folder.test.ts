// A folder that appears whole or not at all, and never over somebody's work.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeFolder } from '../../../main/services/exports/target-folder'

let place = ''
beforeEach(() => (place = mkdtempSync(join(tmpdir(), 'target-'))))
afterEach(() => rmSync(place, { recursive: true, force: true }))

const target = (): string => join(place, 'deep', 'out')
const writeOne = (content: string) => (staging: string) => {
  writeFileSync(join(staging, 'file'), content)
  return Promise.resolve(staging)
}
const read = (): string => readFileSync(join(target(), 'file'), 'utf8')

describe('writeFolder', () => {
  test('makes the folders above, writes elsewhere first, leaves nothing beside', async () => {
    let seen = true
    const staging = await writeFolder(target(), { replace: false }, async (dir) => {
      seen = existsSync(target())
      return writeOne('new')(dir)
    })
    expect([seen, read(), existsSync(staging)]).toEqual([false, 'new', false])
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test('an empty folder may be used, one with content is kept as it is', async () => {
    mkdirSync(target(), { recursive: true })
    await writeFolder(target(), { replace: false }, writeOne('first'))
    await expect(writeFolder(target(), { replace: false }, writeOne('second'))).rejects.toMatchObject({
      code: 'TARGET_EXISTS',
      details: { target: target() }
    })
    expect(read()).toBe('first')
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test('replaced when told to, and only once the new one is whole', async () => {
    await writeFolder(target(), { replace: false }, writeOne('old'))
    await expect(
      writeFolder(target(), { replace: true }, async (dir) => {
        await writeOne('half')(dir)
        expect(read()).toBe('old')
        throw new Error('power cut')
      })
    ).rejects.toThrow('power cut')
    expect(read()).toBe('old')
    await writeFolder(target(), { replace: true }, writeOne('new'))
    expect(read()).toBe('new')
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test('a file in the way is never removed', async () => {
    mkdirSync(join(place, 'deep'))
    writeFileSync(target(), 'mine')
    await expect(writeFolder(target(), { replace: false }, writeOne('x'))).rejects.toMatchObject({
      code: 'TARGET_EXISTS'
    })
    expect(readFileSync(target(), 'utf8')).toBe('mine')
  })

  test('a folder that somebody filled meanwhile is kept', async () => {
    const racing = writeFolder(target(), { replace: false }, async (dir) => {
      mkdirSync(target(), { recursive: true })
      writeFileSync(join(target(), 'file'), 'theirs')
      return writeOne('mine')(dir)
    })
    await expect(racing).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    expect(read()).toBe('theirs')
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test('a full disk is said in words', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    await expect(writeFolder(target(), { replace: false }, () => Promise.reject(full))).rejects.toMatchObject(
      {
        code: 'DISK_FULL'
      }
    )
    expect(readdirSync(join(place, 'deep'))).toEqual([])
  })
})
