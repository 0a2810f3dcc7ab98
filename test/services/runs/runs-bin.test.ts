// What was put away of the runs: by the user's own name for them, with their project, and only what can come back.
import { mkdirSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RunStore } from '../../../main/services/runs/run-store'
import { runsInBins } from '../../../main/services/runs/runs-bin'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

const day = 86_400_000

test('the runs in the bins of all projects, newest first', async () => {
  const home = temporaryFolder()
  const all = ['窓口', '経理'].map((name, at) => ({
    dir: join(home, String(at)),
    file: { id: `p${at}`, name }
  }))
  const projects = { list: async () => all as never }
  const store = new RunStore(projects, () => null)
  expect(await runsInBins(projects)).toEqual([])

  const place = async (at: number, folder: string): Promise<ReturnType<RunStore['placeOf']>> => {
    const dir = join(all[at]?.dir ?? '', 'runs', folder)
    return store.placeOf(`p${at}`, await runFixture({ dir, heldOut: 2, train: 6 }))
  }
  const [named, plain] = [await place(0, 'a'), await place(1, '2026-04-01-b')]
  await store.change(named, () => ({ name: 'はじめの学習' }))
  const first = await store.remove(named)
  const second = await store.remove(plain)
  const before = new Date(Date.now() - 20.5 * day)
  utimesSync(join(all[0]?.dir ?? '', 'runs-bin', first.undo), before, before)
  expect(await runsInBins(projects)).toMatchObject([
    { undo: second.undo, name: '2026-04-01-b', about: '経理', daysLeft: 30 },
    { undo: first.undo, name: 'はじめの学習', about: '窓口', daysLeft: 10 }
  ])

  // torn and half-gone places cannot come back, and are not offered
  mkdirSync(join(all[0]?.dir ?? '', 'runs-bin', 'torn'))
  rmSync(join(all[1]?.dir ?? '', 'runs-bin', second.undo, 'run'), { recursive: true })
  expect((await runsInBins(projects)).map(({ undo }) => undo)).toEqual([first.undo])
  await store.restore(first.undo)
  expect(await runsInBins(projects)).toEqual([])
})
