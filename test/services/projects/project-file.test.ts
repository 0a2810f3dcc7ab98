// project.json: written whole, read strictly, and never mistaken for something else.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  readProjectFile,
  writeProjectFile,
  type ProjectFile
} from '../../../main/services/projects/project-file'
import { ownFolder } from '../../fixtures/own-folder'

const project: ProjectFile = {
  version: 1,
  id: 'p-1',
  name: '問い合わせの返信',
  company: '音色商会',
  goal: 'tone',
  step: 'data',
  reached: 'train',
  answers: { useCase: 'reply', tried: 'yes', newFacts: null, volume: 'some' },
  sample: false,
  modelId: null,
  systemPrompt: '丁寧に答えてください。\n"はい"\u2028',
  chosenRun: null,
  createdAt: '2026-04-01T00:00:00.000Z',
  openedAt: '2026-04-02T00:00:00.000Z'
}

test('what is written is what is read, and nothing lies beside it', async () => {
  const dir = ownFolder()
  await writeProjectFile(dir, project)
  expect(await readProjectFile(dir)).toEqual(project)
  expect(readdirSync(dir)).toEqual(['project.json'])
})

test('writers that come together leave one of their files, whole', async () => {
  const dir = ownFolder()
  const names = Array.from({ length: 20 }, (_, i) => `名前${i}`.repeat(i + 1))
  await Promise.all(names.map((name) => writeProjectFile(dir, { ...project, name })))
  expect(names).toContain((await readProjectFile(dir)).name)
  expect(readdirSync(dir)).toEqual(['project.json'])
})

test('an editor may have put a byte order mark before it', async () => {
  const dir = ownFolder()
  writeFileSync(join(dir, 'project.json'), `\uFEFF${JSON.stringify(project)}`)
  expect(await readProjectFile(dir)).toEqual(project)
})

describe('what is not a project is said, and left as it is', () => {
  const text = JSON.stringify(project)
  const broken: [string, string, string][] = [
    ['empty', '', 'PROJECT_BROKEN'],
    ['cut off', text.slice(0, 90), 'PROJECT_BROKEN'],
    ['another kind of JSON', '[1]', 'PROJECT_BROKEN'],
    ['null', 'null', 'PROJECT_BROKEN'],
    ['without an id', JSON.stringify({ ...project, id: undefined }), 'PROJECT_BROKEN'],
    ['of an unknown step', JSON.stringify({ ...project, step: 'burn' }), 'PROJECT_BROKEN'],
    ['of no version', JSON.stringify({ ...project, version: undefined }), 'PROJECT_BROKEN'],
    ['of a newer version', JSON.stringify({ ...project, version: 2, goal: 'facts' }), 'PROJECT_NEWER']
  ]
  test.each(broken)('%s', async (_kind, stored, code) => {
    const dir = ownFolder()
    writeFileSync(join(dir, 'project.json'), stored)
    await expect(readProjectFile(dir)).rejects.toMatchObject({ code })
    expect(readFileSync(join(dir, 'project.json'), 'utf8')).toBe(stored)
  })

  test('a folder without one, no folder at all, the file itself: not a project', async () => {
    const dir = ownFolder()
    writeFileSync(join(dir, 'a.txt'), '')
    for (const place of [dir, join(dir, 'nowhere'), join(dir, 'a.txt')])
      await expect(readProjectFile(place)).rejects.toMatchObject({ code: 'NOT_A_PROJECT' })
  })

  test('one that is there and cannot be read is broken, not missing', async () => {
    const dir = ownFolder()
    mkdirSync(join(dir, 'project.json'))
    await expect(readProjectFile(dir)).rejects.toMatchObject({ code: 'PROJECT_BROKEN' })
  })
})
