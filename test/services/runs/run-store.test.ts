// Runs as folders of their projects: found, shown whatever state they are in, put away and brought back.
import { fixedStorage } from '../../../main/services/storage/storage-place'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { OpenedProject } from '../../../main/services/projects/projects'
import type { RunFile } from '../../../main/services/runs/run-file'
import { RunStore } from '../../../main/services/runs/run-store'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

let home = ''
let projects: OpenedProject[] = []
let store: RunStore
beforeEach(() => {
  home = temporaryFolder()
  projects = ['a', 'b'].map((id) => ({ dir: join(home, id), file: { id } as OpenedProject['file'] }))
  store = newStore()
})
const newStore = (): RunStore =>
  new RunStore({
    projects: { list: async () => projects },
    home,
    storage: fixedStorage(home),
    live: () => null
  })
const run = (project: number, name: string): Promise<string> =>
  runFixture({ dir: join(projects[project]?.dir as string, 'runs', name), heldOut: 2, train: 6 })

const notice = (code: string): RunFile['notices'][number] => ({
  kind: 'notice',
  step: 1,
  time: '2026-04-01T09:00:00.000Z',
  code,
  details: {}
})

describe('runs', () => {
  test('are listed by project; names that are no ids are fine', async () => {
    await run(0, '2026-04-01-お試し 1')
    await run(0, '2026-04-02-b')
    await run(1, '2026-04-01-お試し 1')
    expect(await store.list()).toHaveLength(3)
    const own = await store.listOf(projects[0] as OpenedProject)
    expect(own.map(({ dir }) => dir.split('/').at(-1))).toEqual(['2026-04-02-b', '2026-04-01-お試し 1'])
    for (const { id } of await store.list()) expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(new Set((await store.list()).map(({ id }) => id)).size).toBe(3)
    expect(await store.get(own[0]?.id ?? '')).toEqual(own[0])
  })

  test('of one project are listed without a look at any other', async () => {
    await run(0, 'one')
    let looks = 0
    const list = async (): Promise<readonly OpenedProject[]> => (looks++, projects)
    const counted = new RunStore({ projects: { list }, home, storage: fixedStorage(home), live: () => null })
    expect(await counted.listOf(projects[0] as OpenedProject)).toHaveLength(1)
    expect(looks).toBe(0)
    expect(await counted.list()).toHaveLength(1)
    expect(looks).toBe(1)
  })

  test('two Neiros that change one run at once keep both changes', async () => {
    await run(0, 'one')
    const [place] = await store.places()
    if (!place) throw new Error('no run')
    const other = newStore()
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => [
        store.change(place, ({ notices }) => ({ notices: [...notices, notice(`A${n}`)] })),
        other.change(place, ({ notices }) => ({ notices: [...notices, notice(`B${n}`)] }))
      ]).flat()
    )
    const { notices } = await store.change(place, () => ({}))
    expect(notices).toHaveLength(12)
  })

  test('in a copied project are other runs than in the first', async () => {
    await run(0, 'one')
    cpSync(projects[0]?.dir as string, projects[1]?.dir as string, { recursive: true })
    const [first, second] = await store.list()
    expect(first?.id).not.toBe(second?.id)
  })

  test('made elsewhere show what their folder says; damaged ones say so', async () => {
    const [mine, broken] = [await run(0, 'mine'), await run(0, 'broken')]
    writeFileSync(join(broken, 'state.json'), '{"ver')
    writeFileSync(join(mine, 'run.json'), '{"version":1}')
    const list = await store.list()
    expect(list.find(({ dir }) => dir === mine)).toMatchObject({
      name: 'テスト',
      preset: 'custom',
      // prepared, and in no queue: it can be resumed
      state: 'paused',
      questions: []
    })
    expect(list.find(({ dir }) => dir === broken)).toMatchObject({
      state: 'failed',
      error: { code: 'RUN_BROKEN', details: { name: 'state.json' } }
    })
  })

  test('remember a new name and what else happened', async () => {
    const place = store.placeOf('a', await run(0, 'one'))
    await Promise.all([
      store.change(place, () => ({ name: '窓口' })),
      store.change(place, ({ notices }) => ({
        notices: [...notices, { kind: 'notice', step: 1, time: '2026', code: 'MEMORY_SAVED', details: {} }]
      })),
      store.change(place, () => ({ questions: ['送料は'] }))
    ])
    expect(await store.view(place)).toMatchObject({
      name: '窓口',
      questions: ['送料は'],
      notices: [{ code: 'MEMORY_SAVED' }]
    })
  })
})

describe('put away', () => {
  test('and brought back, also when the place was taken meanwhile', async () => {
    const place = store.placeOf('a', await run(0, 'one'))
    const { undo } = await store.remove(place)
    expect(await store.list()).toEqual([])
    await run(0, 'one')
    const back = await store.restore(undo)
    expect(await store.list()).toHaveLength(2)
    expect(existsSync(join(back.dir, 'job.json'))).toBe(true)
    await expect(store.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
    await expect(store.restore('../../runs')).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
  })

  test('a run whose folder is gone is gone', async () => {
    const place = store.placeOf('a', await run(0, 'one'))
    rmSync(place.dir, { recursive: true })
    await expect(store.get(place.id)).rejects.toMatchObject({ code: 'RUN_GONE' })
    expect((await store.view(place)).error?.code).toBe('RUN_GONE')
  })

  test('for thirty days', async () => {
    const [old, young] = [store.placeOf('a', await run(0, 'old')), store.placeOf('a', await run(0, 'young'))]
    const { undo } = await store.remove(old)
    const { undo: kept } = await store.remove(young)
    const bin = join(projects[0]?.dir as string, 'runs-bin')
    const long = new Date(Date.now() - 31 * 86_400_000)
    utimesSync(join(bin, undo), long, long)
    mkdirSync(projects[1]?.dir as string)
    const runs = join(projects[0]?.dir as string, 'runs')
    // a run whose preparation was killed, and one that another process prepares now
    const [left, atWork] = ['.old.tmp-999999999-0a0a0a0a', `.new.tmp-${process.ppid}-0a0a0a0a`]
    for (const name of [left, atWork]) mkdirSync(join(runs, name as string), { recursive: true })
    await store.emptyBins()
    expect(readdirSync(bin)).toEqual([kept])
    expect(readdirSync(runs).filter((name) => name.startsWith('.'))).toEqual([atWork])
  })
})

describe('of no project', () => {
  const loose = (name: string): Promise<string> => runFixture({ dir: join(home, 'runs', name), train: 6 })

  test('are listed beside those of projects, newest first, with damaged ones and without what is no run', async () => {
    const dirs = [await run(0, 'one'), await loose('two'), await loose('three')]
    mkdirSync(join(home, 'runs', 'photos'))
    await loose('.half.tmp-1')
    writeFileSync(join(home, 'runs', 'three', 'state.json'), '{')
    const list = await store.list()
    expect(list.map(({ dir, project }) => [dir, project])).toEqual([
      [dirs[1], null],
      [dirs[0], 'a'],
      [dirs[2], null]
    ])
    expect(list.at(-1)?.error).toMatchObject({ code: 'RUN_BROKEN' })
  })

  test('keep their id, wherever they are asked for, also in the next life and when they were put elsewhere', async () => {
    const here = await loose('here')
    const there = await runFixture({ dir: join(home, 'else', 'where'), train: 6 })
    const given = await store.placeAt(there)
    // named, but not told to be kept on the list
    expect((await store.list()).map(({ dir }) => dir)).toEqual([here])
    // but known by its id to whom it was named: --resume of a folder that no list has
    expect((await store.place(given.id)).dir).toBe(there)
    await store.remember(given)
    await store.remember(given)
    const again = newStore()
    const listed = await again.list()
    expect(listed.map(({ dir }) => dir).sort()).toEqual([here, there].sort())
    expect((await again.place(given.id)).dir).toBe(there)
    expect(listed.map(({ id }) => id).sort()).toEqual((await store.list()).map(({ id }) => id).sort())
    rmSync(there, { recursive: true })
    expect((await again.list()).map(({ dir }) => dir)).toEqual([here])
  })

  test('a folder is known as whose it is; one that is no run is none', async () => {
    const ofProject = await run(0, 'one')
    expect(await store.placeAt(ofProject)).toEqual(store.placeOf('a', ofProject))
    await expect(store.placeAt(home)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  test('are put away and come back where they were, elsewhere too', async () => {
    const there = await store.placeAt(await runFixture({ dir: join(home, 'else', 'where'), train: 6 }))
    await store.remember(there)
    for (const place of [store.placeOf(null, await loose('two')), there]) {
      const { undo } = await store.remove(place)
      expect(existsSync(place.dir)).toBe(false)
      expect(await store.bin()).toMatchObject([{ undo, about: join(place.dir, '..') }])
      expect(await store.restore(undo)).toEqual(place)
    }
    expect(await newStore().list()).toHaveLength(2)
  })
})
