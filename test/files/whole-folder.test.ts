// A folder that appears whole or not at all, and never over somebody's work.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { copyFolderWhole, removeLeftovers, writeFolderWhole } from '../../main/files/whole-folder'

let place = ''
beforeEach(() => (place = mkdtempSync(join(tmpdir(), 'target-'))))
afterEach(() => rmSync(place, { recursive: true, force: true }))

const target = (): string => join(place, 'deep', 'out')
const writeOne = (content: string) => (staging: string) => {
  writeFileSync(join(staging, 'file'), content)
  return Promise.resolve(staging)
}
const read = (): string => readFileSync(join(target(), 'file'), 'utf8')

describe('writeFolderWhole', () => {
  test('makes the folders above, writes elsewhere first, leaves nothing beside', async () => {
    let seen = true
    const staging = await writeFolderWhole(target(), { replace: false }, async (dir) => {
      seen = existsSync(target())
      return writeOne('new')(dir)
    })
    expect([seen, read(), existsSync(staging)]).toEqual([false, 'new', false])
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test('an empty folder may be used, one with content is kept as it is', async () => {
    mkdirSync(target(), { recursive: true })
    await writeFolderWhole(target(), { replace: false }, writeOne('first'))
    await expect(writeFolderWhole(target(), { replace: false }, writeOne('second'))).rejects.toMatchObject({
      code: 'TARGET_EXISTS',
      details: { target: target() }
    })
    expect(read()).toBe('first')
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test('replaced when told to, and only once the new one is whole', async () => {
    await writeFolderWhole(target(), { replace: false }, writeOne('old'))
    await expect(
      writeFolderWhole(target(), { replace: true }, async (dir) => {
        await writeOne('half')(dir)
        expect(read()).toBe('old')
        throw new Error('power cut')
      })
    ).rejects.toThrow('power cut')
    expect(read()).toBe('old')
    await writeFolderWhole(target(), { replace: true }, writeOne('new'))
    expect(read()).toBe('new')
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test('a file in the way is never removed', async () => {
    mkdirSync(join(place, 'deep'))
    writeFileSync(target(), 'mine')
    await expect(writeFolderWhole(target(), { replace: false }, writeOne('x'))).rejects.toMatchObject({
      code: 'TARGET_EXISTS'
    })
    expect(readFileSync(target(), 'utf8')).toBe('mine')
  })

  test('a folder that somebody filled meanwhile is kept', async () => {
    const racing = writeFolderWhole(target(), { replace: false }, async (dir) => {
      mkdirSync(target(), { recursive: true })
      writeFileSync(join(target(), 'file'), 'theirs')
      return writeOne('mine')(dir)
    })
    await expect(racing).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    expect(read()).toBe('theirs')
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EROFS', 'READ_ONLY'],
    ['EACCES', 'READ_ONLY']
  ])('stay as they were when filling fails with %s, told as %s', async (system, code) => {
    await writeFolderWhole(target(), { replace: true }, writeOne('one'))
    const failing = writeFolderWhole(target(), { replace: true }, (beside) => {
      writeFileSync(join(beside, 'file'), 'half')
      return Promise.reject(Object.assign(new Error(system), { code: system }))
    })
    await expect(failing).rejects.toMatchObject({ code, details: { system } })
    expect(read()).toBe('one')
    expect(readdirSync(join(place, 'deep'))).toEqual(['out'])
  })

  test('copied with all that they hold', async () => {
    await writeFolderWhole(target(), { replace: false }, writeOne('one'))
    await copyFolderWhole(target(), join(place, 'copy'))
    expect(readFileSync(join(place, 'copy', 'file'), 'utf8')).toBe('one')
  })
})

describe('what a killed process left', () => {
  const dead = `${2 ** 22 + 1}-0123abcd`

  test('goes; everything else stays', async () => {
    for (const name of ['step-3', `.step-3.tmp-${dead}`, `.step-3.old-1-9876abcd`, 'tmp-1', '.hidden'])
      mkdirSync(join(place, name))
    writeFileSync(join(place, `.state.json.tmp-${dead}`), '')
    await removeLeftovers(place)
    expect(readdirSync(place).sort()).toEqual(['.hidden', 'step-3', 'tmp-1'])
    await removeLeftovers(join(place, 'missing'))
  })

  test('between moving aside and moving in: the old one is back', async () => {
    mkdirSync(join(place, `.adapter.old-${dead}`))
    writeFileSync(join(place, `.adapter.old-${dead}`, 'file'), 'old')
    mkdirSync(join(place, `.adapter.tmp-${dead}`))
    await removeLeftovers(place)
    expect(readdirSync(place)).toEqual(['adapter'])
    expect(readFileSync(join(place, 'adapter', 'file'), 'utf8')).toBe('old')
  })
})
