// The queue with trainers that answer from a script: memory that does not suffice, processes that cannot be
// started, failures of one run that must not be the next one's. The real trainer is in test/app.
import { fixedStorage } from '../../../main/services/storage/storage-place'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { MetricLine } from '../../../main/contract/records'
import type { RunStateFile } from '../../../main/contract/run-files'
import type { Job } from '../../../main/contract/trainer-protocol'
import { RunStore } from '../../../main/services/runs/run-store'
import type { RunPlace } from '../../../main/services/runs/run-view'
import { LocalRunner } from '../../../main/services/runners/local'
import { readRunFile } from '../../../main/services/runs/run-file'
import { RunQueue } from '../../../main/services/runs/run-queue'
import { lockRun } from '../../../main/files/run-lock'
import type { TrainerHost } from '../../../main/services/engine/trainer-host'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

type Answer = (dir: string) => Promise<{ outcome: 'finished' | 'stopped' | 'paused'; step: number }>

/** What a trainer writes when a run has failed. */
function fail(dir: string, error: NeiroError): never {
  change(dir, { state: 'failed', error: error.toData() })
  throw error
}
function change(dir: string, to: Partial<RunStateFile>): void {
  const file = join(dir, 'state.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...to }))
}
const finish: Answer = async (dir) => {
  change(dir, { state: 'finished', step: 10, totalSteps: 10 })
  return { outcome: 'finished', step: 10 }
}
const outOfMemory = (): NeiroError => new NeiroError('OUT_OF_MEMORY', { needed: '2', available: '1' })

let project = ''
let store: RunStore
let queue: RunQueue
let trained: string[] = []
let lines: MetricLine[] = []
let stopped = 0
let script: Answer[] = []
let starts: (() => void)[] = []
let madeRoom = 0
let awake: boolean[] = []
beforeEach(() => {
  project = temporaryFolder()
  ;[trained, lines, script, starts] = [[], [], [], []]
  ;[stopped, madeRoom] = [0, 0]
  awake = []
  store = new RunStore({
    projects: { list: async () => [{ dir: project, file: { id: 'p' } as never }] },
    home: join(project, 'home'),
    storage: fixedStorage(join(project, 'home')),
    live: (id) => queue.live(id)
  })
  const runner = new LocalRunner({
    store,
    startTrainer: async () => {
      starts.shift()?.()
      return fakeHost()
    },
    checkProgram: async () => undefined,
    readerOf: async () => async () => [],
    makeRoom: async () => void madeRoom++,
    keepAwake: (active) => awake.push(active)
  })
  queue = new RunQueue({
    store,
    runner,
    onChange: () => undefined,
    onLine: (_, line) => lines.push(line)
  })
})

function fakeHost(): TrainerHost {
  return {
    subscribe: () => () => undefined,
    stop: async () => void stopped++,
    call: async (call: string, args: { runDir: string }) => {
      if (call !== 'startRun') return undefined
      trained.push(args.runDir)
      return (script.shift() ?? finish)(args.runDir)
    }
  } as unknown as TrainerHost
}

async function run(name: string, batchSize = 4): Promise<RunPlace> {
  const dir = await runFixture({
    dir: join(project, 'runs', name),
    settings: { batchSize, gradientAccumulationSteps: 1 }
  })
  return store.placeOf('p', dir)
}
/** The queue has nothing to do any more. */
async function settled(): Promise<void> {
  while (queue.active) await new Promise((again) => setTimeout(again, 5))
  await new Promise((again) => setTimeout(again, 5))
}
const settingsOf = ({ dir }: RunPlace): Job['settings'] =>
  (JSON.parse(readFileSync(join(dir, 'job.json'), 'utf8')) as Job).settings

describe('memory that does not suffice', () => {
  test('the run goes on in smaller bites, in a fresh process, and says so', async () => {
    const place = await run('a')
    script = [(dir) => fail(dir, outOfMemory()), (dir) => fail(dir, outOfMemory()), finish]
    await queue.startRun(place)
    await settled()
    expect(trained).toHaveLength(3)
    expect(settingsOf(place)).toMatchObject({ batchSize: 1, gradientAccumulationSteps: 4 })
    const view = await store.view(place)
    expect(view).toMatchObject({ state: 'finished', settings: { batchSize: 1 } })
    expect(view.error).toBeUndefined()
    const saved = view.notices.filter(({ code }) => code === 'MEMORY_SAVED').map(({ details }) => details)
    expect(saved).toEqual([
      { batch: '2', steps: '2' },
      { batch: '1', steps: '4' }
    ])
    expect(lines.map((line) => line.kind === 'notice' && line.code)).toEqual(['MEMORY_SAVED', 'MEMORY_SAVED'])
    // a process for each attempt; the machine was kept awake through all of them
    expect(stopped).toBe(3)
    expect(madeRoom).toBe(3)
    expect(awake).toEqual([true, false])
  })

  test('where nothing is left to save it fails with its reason, and examples were not cut', async () => {
    const place = await run('a', 1)
    const length = settingsOf(place).maxSeqLength
    script = Array.from({ length: 9 }, () => (dir) => fail(dir, outOfMemory()))
    await queue.startRun(place)
    await settled()
    expect(trained).toHaveLength(2)
    expect(settingsOf(place)).toMatchObject({ gradientCheckpointing: true, maxSeqLength: length })
    expect(await store.view(place)).toMatchObject({
      state: 'failed',
      error: { code: 'OUT_OF_MEMORY' },
      queue: null
    })
  })
})

describe('failures', () => {
  test('of one run are its own: the next one begins', async () => {
    const [a, b] = [await run('a'), await run('b')]
    script = [(dir) => fail(dir, new NeiroError('NOT_FINITE')), finish]
    await queue.startRun(a)
    await queue.startRun(b)
    await settled()
    expect((await store.view(a)).state).toBe('failed')
    expect((await store.view(b)).state).toBe('finished')
    expect(trained).toEqual([a.dir, b.dir])
  })

  test('of the process stop the queue: what killed it might kill the next', async () => {
    const [a, b] = [await run('a'), await run('b')]
    script = [
      async (dir) => {
        change(dir, { state: 'running', step: 4 })
        throw new NeiroError('TRAINER_DIED', { how: 'SIGKILL' })
      }
    ]
    await queue.startRun(a)
    await queue.startRun(b)
    await settled()
    expect(await store.view(a)).toMatchObject({ state: 'interrupted', queue: null })
    expect(await store.view(b)).toMatchObject({ state: 'waiting', queue: 1 })
    expect((await store.view(a)).notices.at(-1)).toMatchObject({
      code: 'TRAINER_DIED',
      details: { how: 'SIGKILL' }
    })
    // the user's next wish sets it going again, in the order of the queue
    await queue.startRun(a)
    await settled()
    expect(trained.slice(1)).toEqual([b.dir, a.dir])
  })

  test('a process that cannot be started is told at the run', async () => {
    const place = await run('a')
    starts = [
      () => {
        throw new NeiroError('TRAINER_NOT_STARTED', { how: 'exit code 1' })
      }
    ]
    await queue.startRun(place)
    await settled()
    expect(await store.view(place)).toMatchObject({ state: 'failed', error: { code: 'TRAINER_NOT_STARTED' } })
    expect(queue.active).toBeNull()
    // and it can be tried again
    await queue.startRun(place)
    await settled()
    expect((await store.view(place)).state).toBe('finished')
  })
})

describe('order', () => {
  test('a run is in the queue once, however often it is asked for', async () => {
    const [a, b] = [await run('a'), await run('b')]
    let end: (() => void) | null = null
    script = [(dir) => new Promise<void>((resolve) => (end = resolve)).then(() => finish(dir))]
    await Promise.all([queue.startRun(a), queue.startRun(a), queue.startRun(b), queue.startRun(b)])
    while (!end) await new Promise((again) => setTimeout(again, 5))
    expect([queue.live(a.id)?.queue, queue.live(b.id)?.queue]).toEqual([0, 1])
    await queue.startRun(a)
    ;(end as () => void)()
    await settled()
    expect(trained).toEqual([a.dir, b.dir])
  })

  test('what is asked for now comes before what waits, also in the next life', async () => {
    const [a, b, c] = [await run('a'), await run('b'), await run('c')]
    let end: (() => void) | null = null
    script = [(dir) => new Promise<void>((resolve) => (end = resolve)).then(() => finish(dir))]
    await queue.startRun(a)
    await queue.startRun(b)
    await Promise.all([queue.resumeRun(c), queue.resumeRun(c)])
    await queue.resumeRun(a)
    while (!end) await new Promise((again) => setTimeout(again, 5))
    expect([a, c, b].map(({ id }) => queue.live(id)?.queue)).toEqual([0, 1, 2])
    const queuedAt = await Promise.all(
      [c, b].map(async ({ dir }) => (await readRunFile(dir))?.queuedAt ?? '')
    )
    expect(queuedAt).toEqual([...queuedAt].sort())
    ;(end as () => void)()
    await settled()
    expect(trained).toEqual([a.dir, c.dir, b.dir])
  })

  test('a run that waits is begun by hand after a pause, and the paused one comes next', async () => {
    const [a, b] = [await run('a'), await run('b')]
    script = [async () => ({ outcome: 'paused', step: 1 })]
    await Promise.all([queue.startRun(a), queue.startRun(b)])
    await settled()
    expect(queue.live(b.id)).toMatchObject({ queue: 1 })
    await queue.resumeRun(b)
    await settled()
    expect(trained).toEqual([a.dir, b.dir])
    await queue.resumeRun(a)
    await settled()
    expect(trained).toEqual([a.dir, b.dir, a.dir])
  })

  test('when everything is done the process is let go', async () => {
    await queue.startRun(await run('a'))
    await settled()
    expect(stopped).toBe(1)
    await queue.close()
  })
})

test('a run that another process trains is not ended from here', async () => {
  const place = await run('a')
  const lock = await lockRun(place.dir)
  await expect(queue.pauseRun(place)).rejects.toMatchObject({ code: 'RUN_BUSY' })
  await lock.release()
  await queue.pauseRun(place)
})
