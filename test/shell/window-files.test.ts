// Electron's own files lie in the data folder, and for this user alone.
import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { ownFolder } from '../fixtures/own-folder'

const setPath = vi.hoisted(() => vi.fn())
vi.mock('electron', () => ({ app: { setPath } }))
const { keepWindowFiles } = await import('../../main/shell/window-files')

const argv = process.argv
afterEach(() => {
  process.argv = argv
  setPath.mockReset()
})

test('in a folder that is made', () => {
  const folder = join(ownFolder(), 'neiro/window')
  keepWindowFiles(folder)
  expect(setPath).toHaveBeenCalledExactlyOnceWith('userData', folder)
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o77).toBe(0)
})

test('elsewhere, where that is said or nothing can be written', () => {
  process.argv = [...argv, '--user-data-dir=/elsewhere']
  keepWindowFiles(join(ownFolder(), 'window'))
  process.argv = argv
  setPath.mockImplementation(() => {
    throw new Error('no such folder')
  })
  const home = ownFolder()
  chmodSync(home, 0o500)
  expect(() => keepWindowFiles(join(home, 'window'))).not.toThrow()
  expect(setPath.mock.calls.length).toBeLessThan(2)
})
