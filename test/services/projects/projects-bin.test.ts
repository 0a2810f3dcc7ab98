// The bin of projects on a real disk: what goes in comes out as it was, is told of meanwhile, and goes after 30 days.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Projects } from '../../../main/services/projects/projects'
import { ownFolder } from '../../fixtures/own-folder'

const day = 86_400_000
const ids = (all: readonly { file: { id: string } }[]): string[] => all.map(({ file }) => file.id).sort()

function place(): { root: string; home: string; projects: Projects } {
  const root = ownFolder()
  const home = join(root, 'home')
  return { root, home, projects: new Projects(home) }
}

describe('the bin', () => {
  test('takes the folder with all that lies in it, and gives it back where it was', async () => {
    const { home, projects } = place()
    const made = await projects.create('名前', '', false)
    mkdirSync(join(made.dir, 'runs/a'), { recursive: true })
    writeFileSync(join(made.dir, 'runs/a/job.json'), '{}')
    const { undo } = await projects.remove(made.file.id)
    expect(existsSync(made.dir)).toBe(false)
    expect(await projects.list()).toEqual([])
    await expect(projects.get(made.file.id)).rejects.toMatchObject({ code: 'PROJECT_GONE' })
    // also after a new start
    const again = new Projects(home)
    expect(await again.restore(undo)).toEqual(made)
    expect(readFileSync(join(made.dir, 'runs/a/job.json'), 'utf8')).toBe('{}')
    expect(await again.list()).toEqual([made])
    expect(readdirSync(join(home, 'bin'))).toEqual([])
  })

  test('brings one from elsewhere back to elsewhere', async () => {
    const { root, home, projects } = place()
    const made = await projects.create('外', '', false)
    const dir = join(root, '外')
    renameSync(made.dir, dir)
    await projects.open(dir)
    const { undo } = await projects.remove(made.file.id)
    expect(readFileSync(join(home, 'projects-elsewhere.json'), 'utf8')).not.toContain('外')
    expect((await projects.restore(undo))?.dir).toBe(dir)
    expect(ids(await new Projects(home).list())).toEqual([made.file.id])
  })

  test('does not overwrite what has taken the place meanwhile', async () => {
    const { projects } = place()
    const first = await projects.create('名前', '', false)
    const { undo } = await projects.remove(first.file.id)
    const second = await projects.create('名前', '', false)
    expect(second.dir).toBe(first.dir)
    const back = await projects.restore(undo)
    expect(basename(back?.dir ?? '')).toBe('名前 2')
    expect(back?.file.id).toBe(first.file.id)
    expect(ids(await projects.list())).toEqual(ids([first, second]))
  })

  test.each(['nothing', '..', '.', '../projects'])('has nothing for %j', async (undo) => {
    const { projects } = place()
    const made = await projects.create('名前', '', false)
    await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
    expect(await projects.list()).toEqual([made])
  })

  test('gives each thing back once, and survives a torn note', async () => {
    const { home, projects } = place()
    const { undo } = await projects.remove((await projects.create('名前', '', false)).file.id)
    const note = join(home, 'bin', undo, 'from.json')
    const was = readFileSync(note, 'utf8')
    for (const torn of ['', '{}', '{"dir":7}', 'null']) {
      writeFileSync(note, torn)
      await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
    }
    writeFileSync(note, was)
    await projects.restore(undo)
    await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
  })

  test('keeps things for 30 days', async () => {
    const { home, projects } = place()
    const { undo } = await projects.remove((await projects.create('名前', '', false)).file.id)
    await projects.emptyBin(Date.now() + 29 * day)
    expect(existsSync(join(home, 'bin', undo, 'project/project.json'))).toBe(true)
    await projects.emptyBin(Date.now() + 31 * day)
    expect(readdirSync(join(home, 'bin'))).toEqual([])
    await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
  })

  test('tells what is in it, by its own name, newest first, and for how long still', async () => {
    const { home, projects } = place()
    expect(await projects.bin()).toEqual([])
    const first = await projects.create('はじめ', '', false)
    const second = await projects.create('次', '', false)
    await projects.change(first.file.id, { name: '改めた名前' })
    const { undo } = await projects.remove(first.file.id)
    const later = await projects.remove(second.file.id)
    expect(await projects.bin()).toMatchObject([
      { undo: later.undo, name: '次', about: second.dir },
      { undo, name: '改めた名前', about: first.dir, daysLeft: 30 }
    ])
    const before = new Date(Date.now() - 27.5 * day)
    utimesSync(join(home, 'bin', undo), before, before)
    writeFileSync(join(home, 'bin', later.undo, 'from.json'), '{')
    expect(await projects.bin()).toMatchObject([{ undo, daysLeft: 3 }])
    await projects.restore(undo)
    expect(await projects.bin()).toEqual([])
  })

  test('is not filled by a removal that fails: the project stays', async () => {
    const { home, projects } = place()
    const made = await projects.create('名前', '', false)
    writeFileSync(join(home, 'bin'), 'a file where the bin should be')
    await expect(projects.remove(made.file.id)).rejects.toThrow()
    expect(await projects.list()).toEqual([made])
  })
})
