// One process at a time writes in a folder; whoever waits for ever is told so.
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inFolderTurn } from '../../main/files/folder-turn'

const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'neiro-turn-')), 'made')

test('turns follow one another, leave nothing behind, and give back what was made in them', async () => {
  const folder = newFolder()
  let inside = 0
  const turns = Array.from({ length: 8 }, (_, i) =>
    inFolderTurn(folder, async () => {
      expect(++inside).toBe(1)
      await sleep(5)
      inside--
      return i
    })
  )
  expect(await Promise.all(turns)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(readdirSync(folder)).toEqual([])
})

test('a turn that fails is over too', async () => {
  const folder = newFolder()
  await expect(inFolderTurn(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inFolderTurn(folder, async () => 'yes')).toBe('yes')
})

test('a turn that never ends keeps nobody waiting for ever', async () => {
  const folder = newFolder()
  let end = (): void => undefined
  const first = inFolderTurn(folder, () => new Promise<void>((done) => (end = done)))
  await sleep(20)
  const second = inFolderTurn(folder, async () => 'never', 100)
  await expect(second).rejects.toMatchObject({ code: 'FOLDER_BUSY', details: { folder } })
  end()
  await first
})
