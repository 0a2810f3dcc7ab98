// A lost connection is told when it lasts; when it is back, everything that events keep fresh is asked for again.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeBridge, type FakeBridge } from '../fake-bridge'
import { aProject, aRun } from '../views'
import type { connection as Connection } from '../../../renderer/state/connection.svelte'

let bridge: FakeBridge

beforeEach(() => {
  vi.useFakeTimers()
  bridge = fakeBridge({
    'app.info': () => ({ settings: { language: 'en', theme: 'dark', threads: 0 } }),
    'projects.list': () => [aProject()],
    'runs.list': () => [aRun()],
    'runs.curves': ({ id }) => ({ run: id, curves: [], best: null }),
    'runs.answers': () => [],
    'runs.differences': () => ({ settings: [], models: [], heldOut: [] }),
    'evaluation.get': ({ run }) => ({ run, state: 'none', pairs: [] }),
    'exports.list': () => [],
    'data.get': () => ({ files: [], examples: 0 }),
    'models.list': () => []
  })
})
afterEach(() => vi.useRealTimers())

const load = async (): Promise<typeof Connection> =>
  (await import('../../../renderer/state/connection.svelte')).connection

test('a cut that heals within a moment is not worth a word', async () => {
  const connection = await load()
  bridge.connection('lost')
  vi.advanceTimersByTime(500)
  bridge.connection('connected')
  vi.advanceTimersByTime(5000)
  expect(connection.state).toBe('connected')
})

test('one that lasts is told, with what it turned out to be, until it is back', async () => {
  const connection = await load()
  bridge.connection('lost')
  expect(connection.state).toBe('connected')
  vi.advanceTimersByTime(1000)
  expect(connection.state).toBe('lost')
  bridge.connection('refused')
  expect(connection.state).toBe('refused')
  bridge.connection('connected')
  expect(connection.state).toBe('connected')
})

test('back again, everything on show is asked for anew', async () => {
  const { app } = await import('../../../renderer/state/app.svelte')
  const { projects } = await import('../../../renderer/state/projects.svelte')
  const { runs } = await import('../../../renderer/state/runs.svelte')
  const { runLive } = await import('../../../renderer/state/run-live.svelte')
  const { runOverlay } = await import('../../../renderer/state/run-overlay.svelte')
  const { evaluation } = await import('../../../renderer/state/evaluation.svelte')
  const { exportsState } = await import('../../../renderer/state/exports.svelte')
  const { dataRoom } = await import('../../../renderer/state/data.svelte')
  await Promise.all([
    app.start(),
    projects.start(),
    runs.start(),
    runLive.open('run'),
    evaluation.open('run')
  ])
  await Promise.all([exportsState.open('run'), dataRoom.open('project'), runOverlay.show(['a', 'b'])])
  bridge.asked.length = 0
  bridge.connection('lost')
  bridge.connection('connected')
  await vi.advanceTimersByTimeAsync(1)
  expect(new Set(bridge.asked.map(({ name }) => name))).toEqual(
    new Set([
      'app.info',
      'app.seenIn',
      'projects.list',
      'runs.list',
      'runs.curves',
      'runs.answers',
      'runs.differences',
      'runs.scores',
      'evaluation.get',
      'exports.list',
      'data.get'
    ])
  )
})

test('rooms that were never opened ask for nothing', async () => {
  await import('../../../renderer/state/run-live.svelte')
  await import('../../../renderer/state/evaluation.svelte')
  await import('../../../renderer/state/exports.svelte')
  await import('../../../renderer/state/data.svelte')
  await import('../../../renderer/state/run-overlay.svelte')
  bridge.connection('connected')
  await vi.advanceTimersByTimeAsync(1)
  expect(bridge.asked).toEqual([])
})
