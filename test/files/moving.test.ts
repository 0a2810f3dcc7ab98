// Patience with what Windows refuses for a moment, and none with what is meant.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { patiently, remove, renameInto } from '../../main/files/moving'
import { ownFolder } from '../fixtures/own-folder'

const refusing = (code: string, times: number) => {
  let asked = 0
  return {
    asked: () => asked,
    work: () => {
      asked += 1
      return asked <= times
        ? Promise.reject(Object.assign(new Error(code), { code }))
        : Promise.resolve('done')
    }
  }
}

describe('a rename', () => {
  test.each(['EPERM', 'EACCES', 'EBUSY'])(
    'that Windows refuses with %s for a moment is done',
    async (code) => {
      const held = refusing(code, 3)
      await expect(patiently(held.work, 'win32')).resolves.toBe('done')
      expect(held.asked()).toBe(4)
    }
  )

  test('that it goes on refusing is told in the end', async () => {
    const held = refusing('EPERM', Infinity)
    await expect(patiently(held.work, 'win32')).rejects.toMatchObject({ code: 'EPERM' })
    expect(held.asked()).toBe(10)
  })

  test('is not tried again elsewhere, or when something else is wrong', async () => {
    const meant = refusing('EPERM', 1)
    await expect(patiently(meant.work, 'linux')).rejects.toMatchObject({ code: 'EPERM' })
    const full = refusing('ENOSPC', 1)
    await expect(patiently(full.work, 'win32')).rejects.toMatchObject({ code: 'ENOSPC' })
    expect([meant.asked(), full.asked()]).toEqual([1, 1])
  })
})

test('what is there is renamed and removed, what is not there may be removed', async () => {
  const dir = ownFolder()
  mkdirSync(join(dir, 'a/b'), { recursive: true })
  writeFileSync(join(dir, 'a/b/c'), '')
  await renameInto(join(dir, 'a'), join(dir, 'd'))
  expect(readdirSync(join(dir, 'd/b'))).toEqual(['c'])
  await remove(join(dir, 'd'))
  await remove(join(dir, 'never'))
  expect(readdirSync(dir)).toEqual([])
})
