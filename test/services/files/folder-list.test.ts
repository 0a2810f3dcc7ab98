// A list of folders elsewhere, on a real disk: what is added and dropped, what is torn, and two that add at once.
import { readFileSync, writeFileSync } from 'node:fs'
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

test('runs that two stores of one home remember at the same moment are both remembered', async () => {
  const home = ownFolder()
  const store = (): RunStore => new RunStore({ projects: { list: async () => [] }, home, live: () => null })
  const remember = (dir: string): Promise<void> => {
    const one = store()
    return one.remember(one.placeOf(null, dir))
  }
  const dirs = Array.from({ length: 6 }, (_, at) => join(home, 'out', String(at)))
  await Promise.all(dirs.map(remember))
  const all = await new FolderList(join(home, 'runs-elsewhere.json')).all()
  expect([...all].sort()).toEqual(dirs)
})
