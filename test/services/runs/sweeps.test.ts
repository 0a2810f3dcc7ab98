// A sweep in a project: its runs go into the queue one after the other, whatever kills it goes on with what is there, and what is
// said at the end follows from an interval.
import { beforeEach, expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import type { SweepView } from '../../../main/contract/sweep'
import type { RunView } from '../../../main/contract/window/training'
import type { Losses } from '../../../main/services/evaluation/losses'
import { Sweeps } from '../../../main/services/runs/sweeps'
import { sweepVerdict, sweepWords } from '../../../main/words/sweep'
import { temporaryFolder } from '../../trainer/run-fixture'
import { aRun } from '../../renderer/views'

let dir = ''
let runs: RunView[] = []
let told: SweepView[] = []
let measured: string[] = []
let sweeps: Sweeps
/** loss of a run by its settings */
let lossOf: (run: RunView) => number | null = () => 1
/** how much worse each example is under the second of them */
let spread: readonly number[] = []

const open = (): Sweeps =>
  new Sweeps({
    projects: {
      get: async () => ({ dir, file: { id: 'p' } as never }),
      list: async () => [{ dir, file: { id: 'p' } as never }]
    },
    store: {
      place: async (id) => {
        if (!runs.some((run) => run.id === id)) throw new Error('gone')
        return { id, project: 'p', dir: id }
      },
      view: async ({ id }) => runs.find((run) => run.id === id) as RunView,
      listOf: async () => runs
    },
    queue: {
      live: (id) =>
        runs.some((run) => run.id === id && run.state === 'running') ? { queue: 0, progress: null } : null,
      pauseRun: async ({ id }) => change(id, { state: 'paused' })
    },
    training: {
      queueTrial: async ({ settings, name = '' }) => {
        if (settings.loraRank === 999) throw new Error('does not fit')
        const id = `run${runs.length + 1}`
        const createdAt = new Date().toISOString()
        runs.push({ ...aRun({ id, state: 'running', name, settings, createdAt }), best: null })
        return { id, project: 'p', dir: id }
      },
      resumeRun: async (id) => {
        change(id, { state: 'running' })
        return runs.find((run) => run.id === id) as RunView
      }
    },
    losses: async ({ id }) => {
      measured.push(id)
      const own = runs.find((run) => run.id === id)?.settings.loraRank
      const more = own === 16 ? [] : spread
      return new Map(
        Array.from({ length: 30 }, (_, at) => [
          at,
          { nllSum: 10 + (more[at % more.length] ?? 0), learntTokens: 10 }
        ])
      ) as Losses
    },
    runName: (rung, trial) => `try ${rung}-${trial}`,
    onChange: (view) => told.push(view)
  })

beforeEach(() => {
  dir = temporaryFolder()
  ;[runs, told, measured] = [[], [], []]
  lossOf = (run) => Math.abs(run.settings.loraRank - 16)
  spread = [1]
  sweeps = open()
})

function change(id: string, to: Partial<RunView>): void {
  runs = runs.map((run) => (run.id === id ? { ...run, ...to } : run))
}

/** The run that trains comes to its end. */
async function finish(state: 'finished' | 'failed' | 'paused' = 'finished'): Promise<void> {
  const run = runs.find((one) => one.state === 'running')
  if (!run) throw new Error('nothing trains')
  const value = lossOf(run)
  change(run.id, { state, best: value === null ? null : { figure: 'loss', value } })
  const before = told.length
  sweeps.look({ id: run.id, project: 'p', dir: run.id })
  for (let wait = 0; wait < 200 && told.length === before; wait++)
    await new Promise((resume) => setTimeout(resume, 5))
}

async function settled(): Promise<SweepView> {
  for (let wait = 0; wait < 400; wait++) {
    const view = await sweeps.get('p')
    if (view?.state === 'done') return view
    await new Promise((resume) => setTimeout(resume, 5))
  }
  throw new Error('never done')
}

const request = {
  ...{ project: 'p', settings: defaultSettings, steps: 10, part: 0.5 },
  tried: [{ key: 'loraRank' as const, values: [4, 8, 16, 32] }]
}

test('one run at a time, the better half for twice as long, and a winner only beyond chance', async () => {
  const view = await sweeps.start(request)
  expect([view.state, view.total, view.rungs.map(({ steps }) => steps)]).toEqual(['running', 6, [10, 20]])
  for (let run = 1; run <= 6; run++) {
    expect(runs).toHaveLength(run)
    await finish()
  }
  expect(runs.map(({ settings }) => [settings.loraRank, settings.maxSteps])).toEqual([
    ...[4, 8, 16, 32].map((rank) => [rank, 10]),
    ...[16, 8].map((rank) => [rank, 20])
  ])
  const done = await settled()
  expect([done.leading, done.trials.map(({ state }) => state)]).toEqual([3, ['out', 'left', 'left', 'out']])
  expect(measured).toEqual(['run5', 'run6'])
  expect(sweepVerdict(done, sweepWords.en)).toBe(sweepWords.en.verdict.clear('3'))
})

test('a difference that the questions do not bear out makes nobody the better one', async () => {
  // as often better as worse
  spread = [3, -3]
  await sweeps.start(request)
  for (let run = 1; run <= 6; run++) await finish()
  const done = await settled()
  expect(done.leading).toBe(3)
  expect(sweepVerdict(done, sweepWords.en)).toBe(sweepWords.en.verdict.unclear('3', '2'))
  expect(
    sweepVerdict({ ...done, trials: done.trials.map((one) => ({ ...one, over: null })) }, sweepWords.ja)
  ).toBe(sweepWords.ja.verdict.unmeasured('3'))
})

test('killed anywhere, it goes on with the runs that are there, and trains none twice', async () => {
  await sweeps.start(request)
  for (let run = 1; run <= 6; run++) {
    await finish()
    sweeps = open()
    await sweeps.takeUp()
  }
  expect(runs).toHaveLength(6)
  expect((await settled()).leading).toBe(3)
})

test('a run that was cut off rests until the user goes on, and then it is that one that goes on', async () => {
  await sweeps.start(request)
  await finish('paused')
  expect((await sweeps.get('p'))?.state).toBe('resting')
  await expect(sweeps.start(request)).rejects.toThrow('SWEEP_GOES_ON')
  expect(runs).toHaveLength(1)
  await sweeps.resume('p')
  await finish()
  expect(runs).toHaveLength(2)
  const cancelled = await sweeps.cancel('p')
  expect([cancelled?.state, runs[1]?.state]).toEqual(['cancelled', 'paused'])
  await sweeps.takeUp()
  expect(runs).toHaveLength(2)
})

test('what cannot be trained is out; where nothing can, that is said and nobody leads', async () => {
  lossOf = () => null
  await sweeps.start({ ...request, tried: [{ key: 'loraRank', values: [4, 8] }] })
  await finish('failed')
  await finish('failed')
  const done = await settled()
  expect([done.leading, done.trials.map(({ state }) => state)]).toEqual([null, ['failed', 'failed']])
  expect(sweepVerdict(done, sweepWords.en)).toBe(sweepWords.en.verdict.none)
})

test('what cannot be tried is refused before anything is written', async () => {
  for (const tried of [
    [{ key: 'loraRank' as const, values: [4] }],
    [{ key: 'seed' as const, values: [1, 2] }],
    [{ key: 'loraRank' as const, values: [-1, 2] }]
  ])
    await expect(sweeps.start({ ...request, tried })).rejects.toThrow()
  expect(await sweeps.get('p')).toBeNull()
})
