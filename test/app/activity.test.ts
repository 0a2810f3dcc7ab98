// What the app is at, as whoever closes its window asks: told when it changes, and never left standing.
import { afterAll, describe, expect, test } from 'vitest'
import { Activity, type At } from '../../main/app/activity'
import { AppHome, until } from './app-home'

describe('what is heard', () => {
  let trains = false
  const activity = new Activity(() => trains)
  const told: At[] = []
  activity.onChange((at) => void told.push(at))
  const exported = (state: string, id = 'e'): void => activity.heard('export.changed', { id, state } as never)
  const compared = (state: string): void =>
    activity.heard('evaluation.progress', { run: 'r', state } as never)
  const since = (): At[] => told.splice(0)

  test('an export lasts from its answer to its end, however that is', async () => {
    await activity.during('exports.start', async () => ({ id: 'e', state: 'writing' }))
    expect(activity.at).toBe('working')
    exported('checking')
    expect(since()).toEqual(['working'])
    exported('done')
    expect(since()).toEqual([null])
    exported('writing')
    exported('writing', 'another')
    exported('failed')
    expect(activity.at).toBe('working')
    exported('failed', 'another')
    expect(since()).toEqual(['working', null])
  })

  test('an evaluation lasts until it is done or was ended', async () => {
    await activity.during('evaluation.start', async () => ({ run: 'r', state: 'running' }))
    compared('running')
    expect(since()).toEqual(['working'])
    compared('none')
    expect(since()).toEqual([null])
  })

  test('a reading lasts as long as its call, also when it fails; a look at something is none', async () => {
    const failing = activity.during('data.add', () => Promise.reject(new Error('torn')))
    expect(activity.at).toBe('working')
    await expect(failing).rejects.toThrow('torn')
    await activity.during('app.info', async () => expect(activity.at).toBeNull())
    expect(since()).toEqual(['working', null])
  })

  test('a training comes before everything else', () => {
    exported('writing')
    trains = true
    activity.heard('projects.changed', null)
    exported('done')
    trains = false
    activity.heard('projects.changed', null)
    expect(since()).toEqual(['working', 'training', null])
  })

  test('who has gone is told nothing', () => {
    const off = activity.onChange(() => {
      throw new Error('told')
    })
    off()
    exported('writing')
    exported('done')
    expect(since()).toEqual(['working', null])
  })
})

describe('in the app', () => {
  const place = new AppHome()
  afterAll(() => place.remove())

  test('reading, training, comparing and exporting are told, and their ends', async () => {
    const app = await place.open()
    const told: At[] = []
    app.onActivity((at) => void told.push(at))
    const atRest = (): Promise<true> => until(() => (app.at() === null ? true : null))
    const since = async (): Promise<At[]> => {
      await atRest()
      return told.splice(0)
    }
    const { id: project } = await place.project(30)
    expect(await since()).toEqual(expect.arrayContaining(['working', null]))

    const { id: run } = await place.start(project)
    await place.until(run, 'finished')
    const trained = await since()
    expect(trained).toContain('training')
    expect(trained.at(-1)).toBeNull()
    expect(app.runActive()).toBe(false)

    expect((await app.call('evaluation.start', { run, limit: 1 })).state).toBe('running')
    expect(app.at()).toBe('working')
    expect(await since()).toEqual(['working', null])
    expect((await app.call('evaluation.get', { run })).state).toBe('done')
    // one that has nothing left to do ends as well
    await app.call('evaluation.start', { run, limit: 1 })
    expect((await since()).at(-1)).toBeNull()

    await app.call('exports.start', { run, kind: 'peft', target: null, dtype: 'F32' })
    expect(app.at()).toBe('working')
    expect(await since()).toEqual(['working', null])
    expect((await app.call('exports.list', { run }))[0]?.state).toBe('done')
  })
})
