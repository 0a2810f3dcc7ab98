// The folders that a person looks in first: by the names that the desktop gives them, only those that are there.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { usualFolders } from '../../../main/services/files/usual-folders'
import { ownFolder } from '../../fixtures/own-folder'

const made = (...way: string[]): string => {
  const dir = join(...way)
  mkdirSync(dir, { recursive: true })
  return dir
}

test('of a Linux desktop in Japanese, with one drive', async () => {
  const home = ownFolder()
  const [documents, desktop, drive] = [
    made(home, '書類'),
    made(home, 'デスクトップ'),
    made(home, 'media/USB')
  ]
  writeFileSync(join(home, 'media/note.txt'), '')
  made(home, '.config')
  writeFileSync(
    join(home, '.config/user-dirs.dirs'),
    '# made by the desktop\nXDG_DESKTOP_DIR="$HOME/デスクトップ"\nXDG_DOCUMENTS_DIR="$HOME/書類"\nXDG_DOWNLOAD_DIR="$HOME"\n'
  )
  expect(await usualFolders({ home, platform: 'linux', drives: [join(home, 'media'), '/nowhere'] })).toEqual([
    { kind: 'home', path: home },
    { kind: 'desktop', path: desktop },
    { kind: 'documents', path: documents },
    { kind: 'drive', path: drive }
  ])
})

test('of a Mac: the folders have English names whatever the language, and what is not there is not offered', async () => {
  const home = ownFolder()
  const documents = made(home, 'Documents')
  expect(await usualFolders({ home, platform: 'darwin', drives: [] })).toEqual([
    { kind: 'home', path: home },
    { kind: 'documents', path: documents }
  ])
})
