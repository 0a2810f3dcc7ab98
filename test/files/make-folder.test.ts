// Folders that a user named are made with those above them; where none can be, that is said at once.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../main/files/make-folder'
import { writeFileWhole } from '../../main/files/whole-file'
import { writeFolderWhole } from '../../main/files/whole-folder'
import { ownFolder } from '../fixtures/own-folder'

test('with all above it, twice, and by two at once', async () => {
  const place = join(ownFolder(), 'a', 'b')
  await Promise.all([makeFolder(place), makeFolder(place)])
  await makeFolder(place)
  expect(existsSync(place)).toBe(true)
  writeFileSync(join(place, 'file'), '')
  await expect(makeFolder(join(place, 'file', 'c'))).rejects.toMatchObject({ syscall: 'mkdir' })
})

test.runIf(process.platform === 'linux')(
  'where the system takes none it ends, and says so',
  async () => {
    await expect(makeFolder('/proc/nobody/x')).rejects.toMatchObject({ code: 'ENOENT', syscall: 'mkdir' })
    const refused = { code: 'READ_ONLY' }
    await expect(writeFileWhole('/proc/nobody/file', 'x')).rejects.toMatchObject(refused)
    const folder = writeFolderWhole('/proc/nobody/x', { replace: false }, async () => undefined)
    await expect(folder).rejects.toMatchObject(refused)
  },
  10_000
)
