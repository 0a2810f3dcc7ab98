// Runs as folders of their projects: found, shown whatever state they are in, put away and brought back.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { RunStore } from '../../../main/services/runs/run-store'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

let projects: { dir: string; file: { id: string } }[] = []
let store: RunStore
beforeEach(() => {
  const home = temporaryFolder()
  projects = ['a', 'b'].map((id) => ({ dir: join(home, id), file: { id } }))
  store = new RunStore({ list: async () => projects as never }, () => null)
})
const run = (project: number, name: string): Promise<string> =>
  runFixture({ dir: join(projects[project]?.dir as string, 'runs', name), heldOut: 2, train: 6 })

describe('runs', () => {
  test('are listed by project; names that are no ids are fine', async () => {
    await run(0, '2026-04-01-お試し 1')
    await run(0, '2026-04-02-b')
    await run(1, '2026-04-01-お試し 1')
    expect(await store.list()).toHaveLength(3)
    const own = await store.list('a')
    expect(own.map(({ dir }) => dir.split('/').at(-1))).toEqual(['2026-04-02-b', '2026-04-01-お試し 1'])
    for (const { id } of await store.list()) expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(new Set((await store.list()).map(({ id }) => id)).size).toBe(3)
    expect(await store.get(own[0]?.id ?? '')).toEqual(own[0])
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
    writeFileSync(join(mine, 'window.json'), '{"version":1}')
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

  test('remember a new name and what else the window knows', async () => {
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
    for (const name of ['.old.tmp-12', '.new.tmp-13']) mkdirSync(join(runs, name), { recursive: true })
    utimesSync(join(runs, '.old.tmp-12'), long, long)
    await store.emptyBins()
    expect(readdirSync(bin)).toEqual([kept])
    expect(readdirSync(runs).filter((name) => name.startsWith('.'))).toEqual(['.new.tmp-13'])
  })
})
