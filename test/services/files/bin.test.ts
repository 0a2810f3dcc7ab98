// The bins of projects and runs on a real disk: what goes in comes out as it was, is told of meanwhile, and goes after
// 30 days.
import { fixedStorage } from '../../../main/services/storage/storage-place'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Bin } from '../../../main/services/files/bin'
import { Projects } from '../../../main/services/projects/projects'
import { RunStore } from '../../../main/services/runs/run-store'
import { ownFolder } from '../../fixtures/own-folder'
import { runFixture } from '../../trainer/run-fixture'

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
    for (const torn of ['', '{}', '{"from":7}', 'null']) {
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
    expect(existsSync(join(home, 'bin', undo, 'content/project.json'))).toBe(true)
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

test('the runs in the bins of all projects, newest first', async () => {
  const home = ownFolder()
  const all = ['窓口', '経理'].map((name, at) => ({
    dir: join(home, String(at)),
    file: { id: `p${at}`, name }
  }))
  const projects = { list: async () => all as never }
  const store = new RunStore({ projects, home, storage: fixedStorage(home), live: () => null })
  expect(await store.bin()).toEqual([])

  const place = async (at: number, folder: string): Promise<ReturnType<RunStore['placeOf']>> => {
    const dir = join(all[at]?.dir ?? '', 'runs', folder)
    return store.placeOf(`p${at}`, await runFixture({ dir, heldOut: 2, train: 6 }))
  }
  const [named, plain] = [await place(0, 'a'), await place(1, '2026-04-01-b')]
  await store.change(named, () => ({ name: 'はじめの学習' }))
  const first = await store.remove(named)
  // times are kept in milliseconds
  await sleep(5)
  const second = await store.remove(plain)
  const before = new Date(Date.now() - 20.5 * day)
  utimesSync(join(all[0]?.dir ?? '', 'runs-bin', first.undo), before, before)
  expect(await store.bin()).toMatchObject([
    { undo: second.undo, name: '2026-04-01-b', about: '経理', daysLeft: 30 },
    { undo: first.undo, name: 'はじめの学習', about: '窓口', daysLeft: 10 }
  ])

  // torn and half-gone places cannot come back, and are not offered
  mkdirSync(join(all[0]?.dir ?? '', 'runs-bin', 'torn'))
  rmSync(join(all[1]?.dir ?? '', 'runs-bin', second.undo, 'content'), { recursive: true })
  expect((await store.bin()).map(({ undo }) => undo)).toEqual([first.undo])
  await store.restore(first.undo)
  expect(await store.bin()).toEqual([])

  // a torn note leads nowhere, and is no surprise
  const third = await store.remove(await place(1, 'c'))
  writeFileSync(join(all[1]?.dir ?? '', 'runs-bin', third.undo, 'from.json'), '{"fro')
  await expect(store.restore(third.undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
})

test('a run that cannot be moved stays where it is, and leaves nothing in the bin', async () => {
  const home = ownFolder()
  const bin = new Bin(join(home, 'bin'))
  await expect(bin.put(join(home, 'not there'))).rejects.toThrow()
  expect(readdirSync(join(home, 'bin'))).toEqual([])
  expect(await bin.list()).toEqual([])
})

test('what the first version put away is offered and comes back, with the days that it has left', async () => {
  const home = ownFolder()
  const place = (undo: string, note: object, content?: string): void => {
    const dir = join(home, undo)
    mkdirSync(content ? join(dir, content) : dir, { recursive: true })
    if (content) writeFileSync(join(dir, content, 'kept'), undo)
    writeFileSync(join(dir, 'from.json'), JSON.stringify(note))
    const before = new Date(Date.now() - 10.5 * day)
    utimesSync(dir, before, before)
  }
  place('a-project', { dir: '/there/窓口', removedAt: '2026-01-02T00:00:00.000Z' }, 'project')
  place('a-run', { folder: '2026-04-01-b' }, 'run')
  place('a-name', { dir: '/gone', removedAt: '2026-01-01T00:00:00.000Z', listed: true })
  const bin = new Bin(home)
  for (let look = 0; look < 2; look++)
    expect(
      (await bin.list()).map(({ undo, from, listed, daysLeft }) => [undo, from, listed, daysLeft])
    ).toEqual([
      ['a-run', '2026-04-01-b', false, 20],
      ['a-project', '/there/窓口', false, 20],
      ['a-name', '/gone', true, 20]
    ])
  for (const undo of ['a-run', 'a-project']) {
    await bin.take(undo, join(home, 'back', undo))
    expect(readFileSync(join(home, 'back', undo, 'kept'), 'utf8')).toBe(undo)
  }
})
