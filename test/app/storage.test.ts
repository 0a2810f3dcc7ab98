// The storage place moved under a living app: its projects, examples, runs and bins are worked on at the new place, also
// after the old one is gone; what would write in the old one meanwhile is refused.
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { StorageView } from '../../main/contract/window/storage'
import { AppHome, until } from './app-home'

const place = new AppHome()
afterAll(() => place.remove())

async function move(to: string): Promise<StorageView> {
  mkdirSync(to, { recursive: true })
  const [ref] = await place.app.addPaths([to])
  await place.app.call('storage.move', { fileId: ref?.id ?? '' })
  return until(async () => {
    const view = await place.app.call('storage.get', {})
    return view.progress === null ? view : null
  })
}

test('everything goes on at the new place, with the old one emptied', async () => {
  const app = await place.open()
  const project = await place.project(30)
  const away = await place.project(5, '捨てた')
  const run = await place.start(project.id)
  await place.until(run.id, 'finished')
  const { undo } = await app.call('projects.remove', { id: away.id })
  await app.call('data.editExample', { project: project.id, index: 0, answer: '先に直した' })

  const target = join(place.folder, 'disk')
  const moved = await move(target)
  expect(moved).toMatchObject({ shownPath: target, failure: null, left: { shownPath: place.home } })
  expect(place.values('storage.changed').some(({ progress }) => progress !== null)).toBe(true)
  expect(await app.call('storage.emptyOld', {})).toMatchObject({ left: null, failure: null })
  expect(readdirSync(place.home).filter((name) => ['projects', 'runs', 'bin'].includes(name))).toEqual([])

  // data: what was read and edited, edited and undone again
  const rows = async (): Promise<string | undefined> =>
    (await app.call('data.rows', { project: project.id, offset: 0, limit: 1, search: '' })).rows[0]?.answer
  expect(await rows()).toBe('先に直した')
  await app.call('data.editExample', { project: project.id, index: 0, answer: '後で直した' })
  expect(await rows()).toBe('後で直した')
  // the run is asked, another is trained, what was put away comes back, all at the new place
  expect((await place.run(run.id)).dir.startsWith(target)).toBe(true)
  await app.call('evaluation.start', { run: run.id, limit: 1 })
  await until(async () =>
    (await app.call('evaluation.get', { run: run.id })).state === 'done' ? true : null
  )
  const second = await place.start(project.id)
  expect((await place.until(second.id, 'finished')).dir.startsWith(target)).toBe(true)
  await app.call('projects.restore', { undo })
  const listed = await app.call('projects.list', {})
  expect(listed.map(({ id }) => id).sort()).toEqual([project.id, away.id].sort())
  expect(readdirSync(join(target, 'projects'))).toHaveLength(2)
  expect(readdirSync(place.home)).not.toContain('projects')

  // and found again by an app that is opened anew
  await place.close()
  const again = await place.open()
  expect((await again.call('projects.list', {})).map(({ id }) => id).sort()).toEqual(
    [project.id, away.id].sort()
  )
}, 120_000)

test('a waiting or running training keeps it where it is; a move keeps a training from beginning', async () => {
  const { app } = place
  const { id } = await place.project(30, '三つめ')
  const run = await place.start(id, { maxSteps: 100_000 })
  await place.until(run.id, 'running')
  const other = join(place.folder, 'other')
  mkdirSync(other)
  const [ref] = await app.addPaths([other])
  const begin = (): Promise<StorageView> => app.call('storage.move', { fileId: ref?.id ?? '' })
  await expect(begin()).rejects.toMatchObject({ code: 'STORAGE_IN_USE' })
  await app.call('runs.pauseRun', { id: run.id })
  await begin()
  await expect(app.call('runs.resumeRun', { id: run.id })).rejects.toMatchObject({ code: 'STORAGE_MOVING' })
  // what does not write for long is let in
  expect((await app.call('projects.update', { id, name: '移動中に改名' })).name).toBe('移動中に改名')
  await until(async () => ((await app.call('storage.get', {})).progress === null ? true : null))
  expect((await app.call('projects.get', { id })).name).toBe('移動中に改名')
  expect((await app.call('storage.get', {})).shownPath).toBe(other)
}, 120_000)

test('a run that was begun on what another has learnt whole, and what was exported, come along', async () => {
  const app = place.app
  const project = await place.project(30, '続き')
  const first = await place.start(project.id, { method: 'full' })
  await place.until(first.id, 'finished', 'failed')
  const presets = await app.call('train.presets', { project: project.id })
  const settings = { ...(presets[1] as (typeof presets)[1]).settings, maxSteps: 3, evaluationSteps: 3 }
  const begun = { project: project.id, preset: 'custom' as const, settings, part: 1, questions: [] }
  const second = await app.call('runs.startRun', { ...begun, start: first.id })
  expect((await place.until(second.id, 'finished', 'failed')).state).toBe('finished')
  const { id } = await app.call('exports.start', {
    run: first.id,
    kind: 'merged',
    target: null,
    dtype: 'F32'
  })
  await until(
    async () =>
      (await app.call('exports.list', { run: first.id })).find((one) => one.id === id)?.state === 'done' ||
      null
  )

  await move(join(place.folder, 'disk 2'))
  await app.call('storage.emptyOld', {})
  expect((await app.call('exports.list', { run: first.id })).map(({ state }) => state)).toEqual(['done'])
  const again = await app.call('exports.start', {
    run: second.id,
    kind: 'merged',
    target: null,
    dtype: 'F32'
  })
  const written = await until(async () => {
    const record = (await app.call('exports.list', { run: second.id })).find((one) => one.id === again.id)
    return record?.state === 'done' || record?.state === 'failed' ? record : null
  })
  expect(written).toMatchObject({ state: 'done', error: null })

  // and it is not put away under a run that needs it
  await expect(app.call('runs.remove', { id: first.id })).rejects.toMatchObject({
    code: 'RUN_NEEDED',
    details: { runs: second.name }
  })
  await app.call('runs.remove', { id: second.id })
  await app.call('runs.remove', { id: first.id })
}, 180_000)
