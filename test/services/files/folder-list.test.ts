// A list of folders elsewhere, on a real disk: what is added and dropped, what is torn, and two that add at once.
import { fixedStorage } from '../../../main/services/storage/storage-place'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FolderList } from '../../../main/services/files/folder-list'
import { RunStore } from '../../../main/services/runs/run-store'
import { ownFolder } from '../../fixtures/own-folder'

test('each stands in it once, in the order in which they came, until it is dropped', async () => {
  const file = join(ownFolder(), 'deep', 'list.json')
  const list = new FolderList(file)
  expect(await list.all()).toEqual([])
  for (const dir of ['/b', '/a', '/b']) await list.add(dir)
  expect(await new FolderList(file).all()).toEqual(['/b', '/a'])
  await list.drop('/b')
  await list.drop('/never')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(['/a'])
})

test.each(['', '{', 'null', '{"a":1}'])('a file that holds %j lists nothing', async (text) => {
  const file = join(ownFolder(), 'list.json')
  writeFileSync(file, text)
  expect(await new FolderList(file).all()).toEqual([])
})

test('a torn one gives back what is whole of it, and is kept aside as it is when the list is changed', async () => {
  const dir = ownFolder()
  const file = join(dir, 'list.json')
  const list = new FolderList(file)
  for (const one of ['/a "quoted"', '/b', '/c']) await list.add(one)
  const torn = readFileSync(file, 'utf8').slice(0, -6)
  writeFileSync(file, torn)
  expect(await list.all()).toEqual(['/a "quoted"', '/b'])
  expect(readFileSync(file, 'utf8')).toBe(torn)
  await list.add('/d')
  expect(await list.all()).toEqual(['/a "quoted"', '/b', '/d'])
  expect(readFileSync(join(dir, 'list.torn.json'), 'utf8')).toBe(torn)
  writeFileSync(file, '{')
  await list.drop('/d')
  expect(readdirSync(dir).sort()).toEqual(['list.json', 'list.torn-2.json', 'list.torn.json'])
})

test('a list that cannot be read now is not written over', async () => {
  const file = join(ownFolder(), 'list.json')
  mkdirSync(file)
  await expect(new FolderList(file).add('/a')).rejects.toMatchObject({ code: 'WRONG_KIND_OF_PLACE' })
  expect(readdirSync(file)).toEqual([])
})

test('runs that two stores of one home remember at the same moment are both remembered', async () => {
  const home = ownFolder()
  const store = (): RunStore =>
    new RunStore({ projects: { list: async () => [] }, home, storage: fixedStorage(home), live: () => null })
  const remember = (dir: string): Promise<void> => {
    const one = store()
    return one.remember(one.placeOf(null, dir))
  }
  const dirs = Array.from({ length: 6 }, (_, at) => join(home, 'out', String(at)))
  await Promise.all(dirs.map(remember))
  const all = await new FolderList(join(home, 'runs-elsewhere.json')).all()
  expect([...all].sort()).toEqual(dirs)
})
