// What happens to trainings when they are paused, queued, killed, or the app ends: nothing that was shown as
// saved is lost, and nothing begins that the user did not want.
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunView } from '../../main/contract/window/training'
import { AppHome, until } from './app-home'

let place: AppHome
let project = ''
beforeEach(async () => {
  place = new AppHome()
  await place.open()
  project = (await place.project(30)).id
})
afterEach(() => place.remove())

/** long enough to be met in the middle */
const long = { maxSteps: 400, epochs: 1000, evaluationSteps: 50, checkpointSteps: 2 }
const metAt = (id: string, step: number): Promise<RunView> =>
  until(async () => {
    const run = await place.run(id)
    return run.state === 'running' && run.step >= step ? run : null
  })
const trainerPid = (run: RunView): number =>
  (JSON.parse(readFileSync(join(run.dir, 'state.json'), 'utf8')) as { pid: number }).pid

describe('by hand', () => {
  test('pause saves at once, resume goes on, stop writes the result before it answers', async () => {
    const { id } = await place.start(project, long)
    await metAt(id, 3)
    const paused = await place.app.call('runs.pauseRun', { id })
    expect(paused.state).toBe('paused')
    expect(place.app.runActive()).toBe(false)
    expect(existsSync(join(paused.dir, 'checkpoints', `step-${String(paused.step).padStart(6, '0')}`))).toBe(
      true
    )
    expect((await place.app.call('runs.resumeRun', { id })).state).toBe('running')
    const on = await metAt(id, paused.step + 2)
    expect(on.notices.map(({ code }) => code)).toEqual(['PAUSED', 'RESUMED'])
    const stopped = await place.app.call('runs.stopRun', { id })
    expect(stopped.state).toBe('stopped')
    expect(existsSync(join(stopped.dir, 'adapter/adapter_model.safetensors'))).toBe(true)
    // a result can be compared at once
    expect(await place.app.call('evaluation.start', { run: id, limit: 1 })).toMatchObject({ total: 1 })
    await until(async () => (await place.app.call('evaluation.get', { run: id })).state === 'done' || null)
  })

  test('a paused run can be ended too', async () => {
    const { id } = await place.start(project, long)
    await metAt(id, 3)
    await place.app.call('runs.pauseRun', { id })
    const stopped = await place.app.call('runs.stopRun', { id })
    expect(stopped.state).toBe('stopped')
    expect(existsSync(join(stopped.dir, 'adapter/adapter_model.safetensors'))).toBe(true)
  })

  test('a finished run is not resumed', async () => {
    const { id } = await place.start(project)
    await place.until(id, 'finished')
    await expect(place.app.call('runs.resumeRun', { id })).rejects.toMatchObject({ code: 'RUN_FINISHED' })
  })
})

describe('the queue', () => {
  test('one trains, the others wait in order; who is taken out does not begin', async () => {
    const first = await place.start(project, long)
    const second = await place.start(project)
    const third = await place.start(project)
    expect([first, second, third].map(({ state, queue }) => [state, queue])).toEqual([
      ['running', 0],
      ['waiting', 1],
      ['waiting', 2]
    ])
    expect(new Set([first, second, third].map(({ name }) => name)).size).toBe(3)
    expect((await place.app.call('runs.stopRun', { id: second.id })).state).toBe('paused')
    expect(await place.run(third.id)).toMatchObject({ state: 'waiting', queue: 1 })
    await metAt(first.id, 1)
    await place.app.call('runs.stopRun', { id: first.id })
    expect((await place.until(third.id, 'finished')).step).toBe(6)
    expect(await place.run(second.id)).toMatchObject({ state: 'paused', step: 0 })
    await place.app.call('runs.resumeRun', { id: second.id })
    await place.until(second.id, 'finished')
  })

  test('outlives the app: what was cut off waits for the user, what came after it waits for that', async () => {
    const first = await place.start(project, long)
    const second = await place.start(project)
    await metAt(first.id, 3)
    await place.close()
    await place.open()
    await until(() => (place.told.some(({ event }) => event === 'machine.changed') ? true : null))
    const paused = await place.until(first.id, 'paused')
    expect(paused.step).toBeGreaterThanOrEqual(3)
    await place.until(second.id, 'waiting')
    expect(place.app.runActive()).toBe(false)
    await place.app.call('runs.resumeRun', { id: first.id })
    await metAt(first.id, paused.step + 1)
    await place.app.call('runs.stopRun', { id: first.id })
    await place.until(second.id, 'finished')
  })

  test('what only waited begins when the app does', async () => {
    const first = await place.start(project, long)
    const second = await place.start(project)
    await metAt(first.id, 1)
    // the first one ends, and the app in the same moment
    void place.app.call('runs.stopRun', { id: first.id }).catch(() => undefined)
    await place.close()
    await place.open()
    await place.until(second.id, 'finished')
  })
})

describe('a trainer that is killed', () => {
  test('leaves the run interrupted, with a notice; it goes on from its last checkpoint', async () => {
    const { id } = await place.start(project, long)
    const second = await place.start(project)
    const run = await metAt(id, 6)
    process.kill(trainerPid(run), 'SIGKILL')
    const cut = await place.until(id, 'interrupted')
    await until(async () => ((await place.run(id)).notices.length > 0 ? true : null))
    expect((await place.run(id)).notices.map(({ code }) => code)).toEqual(['TRAINER_DIED'])
    expect(cut.step).toBeGreaterThanOrEqual(6)
    // whatever killed it might kill the next one as well
    expect((await place.run(second.id)).state).toBe('waiting')
    await place.app.call('runs.resumeRun', { id })
    const on = await metAt(id, cut.step + 1)
    expect(on.notices.map(({ code }) => code)).toContain('RESUMED')
  })
})

describe('put away and brought back', () => {
  test('a run comes back as it was; one that trains is saved first', async () => {
    const { id } = await place.start(project, long)
    const met = await metAt(id, 3)
    const { undo } = await place.app.call('runs.remove', { id })
    expect(existsSync(met.dir)).toBe(false)
    expect(await place.app.call('runs.list', { project })).toEqual([])
    await expect(place.run(id)).rejects.toMatchObject({ code: 'RUN_GONE' })
    const back = await place.app.call('runs.restore', { undo })
    expect(back).toMatchObject({ id, state: 'paused', dir: met.dir })
    await expect(place.app.call('runs.restore', { undo })).rejects.toMatchObject({
      code: 'NOTHING_TO_RESTORE'
    })
  })

  test('a run that is being compared: nothing is written into a folder that is gone', async () => {
    const { id, dir } = await place.start(project)
    await place.until(id, 'finished')
    await place.app.call('evaluation.start', { run: id, limit: 3 })
    const { undo } = await place.app.call('runs.remove', { id })
    await until(() => (place.values('evaluation.progress').at(-1)?.state === 'running' ? null : true))
    expect(existsSync(dir)).toBe(false)
    expect(await place.app.call('runs.restore', { undo })).toMatchObject({ id, state: 'finished' })
  })

  test('a new name stays, also while it trains', async () => {
    const { id } = await place.start(project, { ...long, maxSteps: 12 })
    await metAt(id, 2)
    await place.app.call('runs.rename', { id, name: '窓口 その1' })
    expect((await place.until(id, 'finished')).name).toBe('窓口 その1')
  })

  test('a project that is moved keeps its runs', async () => {
    const { id, dir } = await place.start(project)
    await place.until(id, 'finished')
    const before = (await place.app.call('projects.get', { id: project })).shownPath
    await place.close()
    const moved = join(place.folder, '別の場所')
    renameSync(before, moved)
    await place.open()
    await expect(place.run(id)).rejects.toMatchObject({ code: 'RUN_GONE' })
    const [ref] = await place.app.addPaths([moved])
    expect((await place.app.call('projects.open', { fileId: ref?.id ?? '' })).chosenRun).toBe(id)
    const run = await place.run(id)
    expect(run).toMatchObject({ state: 'finished' })
    expect(run.dir).not.toBe(dir)
    expect(
      await place.app.call('chat.ask', {
        run: id,
        chat: 'c',
        messages: { base: [{ role: 'user', content: '質問' }], tuned: [{ role: 'user', content: '質問' }] },
        settings: {
          systemPrompt: '',
          temperature: 0,
          topP: 1,
          topK: 0,
          repetitionPenalty: 1,
          maxNewTokens: 4,
          seed: 1
        }
      })
    ).toHaveProperty('tuned')
  })
})
