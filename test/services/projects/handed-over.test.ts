// What a double click or a drop on the icon means: projects by their folder, their file or a copy of it; data; and
// what cannot be opened, with the reason.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FileRefs } from '../../../main/services/files/file-refs'
import { Handed } from '../../../main/services/projects/handed-over'
import { openingFileName } from '../../../main/services/projects/opening-file'
import { Projects } from '../../../main/services/projects/projects'
import { ownFolder } from '../../fixtures/own-folder'

async function place() {
  const root = ownFolder()
  const projects = new Projects(join(root, 'home'))
  const { dir, file } = await projects.create('返信', '', false)
  let told = 0
  const handed = new Handed({
    files: new FileRefs(),
    dirOf: async (id) => (await projects.get(id)).dir,
    onWaiting: () => told++
  })
  /** paths of what is taken, and codes of what is refused */
  const taken = async (...paths: string[]) => {
    handed.add(paths)
    const { projects: folders, data, refused } = await handed.take()
    return [
      folders.map((one) => one.shownPath),
      data.map((one) => one.shownPath),
      refused.map((one) => one.code)
    ]
  }
  return { root, projects, dir, file, handed, taken, told: () => told }
}

test('a project is opened by its folder, its file under any name, and its project.json', async () => {
  const { dir, taken } = await place()
  const opening = join(dir, openingFileName)
  expect(existsSync(opening)).toBe(true)
  for (const path of [dir, opening, join(dir, 'project.json')])
    expect(await taken(path)).toEqual([[dir], [], []])
  renameSync(opening, join(dir, '開く.NEIRO'))
  expect(await taken(join(dir, '開く.NEIRO'))).toEqual([[dir], [], []])
})

test('on the desktop it stands for the project with its identity; of one that is gone that is said', async () => {
  const { root, projects, dir, file, taken } = await place()
  const desktop = join(root, 'デスクトップ.neiro')
  cpSync(join(dir, openingFileName), desktop)
  expect(await taken(desktop)).toEqual([[dir], [], []])
  await projects.remove(file.id)
  expect(await taken(desktop)).toEqual([[], [], ['PROJECT_FILE_ALONE']])
  writeFileSync(desktop, 'not ours')
  expect(await taken(desktop)).toEqual([[], [], ['PROJECT_FILE_ALONE']])
})

test('files and folders are data, a model is not, and what is gone is said to be gone', async () => {
  const { root, taken, handed, told } = await place()
  const [table, folder, model] = [join(root, 'a.csv'), join(root, 'メール'), join(root, 'm.gguf')]
  writeFileSync(table, 'x')
  mkdirSync(folder)
  writeFileSync(model, 'x')
  expect(await taken(table, folder, table, model, join(root, 'gone.csv'))).toEqual([
    [],
    [table, folder],
    ['MODEL_HANDED', 'FILE_GONE']
  ])
  expect(told()).toBe(1)
  // once
  expect(await handed.take()).toEqual({ projects: [], data: [], refused: [] })
  handed.add([])
  expect(told()).toBe(1)
})

test('a project of a version without the file gets it at the next change; one that has it under another name gets no second', async () => {
  const { projects, dir, file } = await place()
  const opening = join(dir, openingFileName)
  rmSync(opening)
  await projects.change(file.id, { company: '音色商会' })
  expect(JSON.parse(readFileSync(opening, 'utf8'))).toEqual({ neiro: 'project', id: file.id })
  renameSync(opening, join(dir, '別名.neiro'))
  await projects.change(file.id, { company: '音色' })
  expect(existsSync(opening)).toBe(false)
})
