// The runs from anywhere: which one the strip follows, through pauses, crashes and other trainings.
import { beforeEach, expect, test, vi } from 'vitest'
import type { Evaluation, ExportRecord } from '../../../main/contract/window/results'
import { fakeBridge, type FakeBridge } from '../fake-bridge'
import { aRun } from '../views'
import type { runs as Runs } from '../../../renderer/state/runs.svelte'

let bridge: FakeBridge
let runs: typeof Runs

beforeEach(async () => {
  bridge = fakeBridge({
    'runs.list': () => [aRun({ state: 'running' }), aRun({ id: 'old', state: 'paused' })],
    'runs.pauseRun': ({ id }) => aRun({ id, state: 'paused' }),
    'runs.resumeRun': ({ id }) => aRun({ id, state: 'running' }),
    'runs.remove': () => ({ undo: 'u' })
  })
  ;({ runs } = await import('../../../renderer/state/runs.svelte'))
  await runs.start()
})

test('what trains is followed; paused here, it still is, so that it can go on', async () => {
  expect(runs.followed?.id).toBe('run')
  await runs.pauseRun('run')
  expect(runs.active).toBeNull()
  expect([runs.followed?.id, runs.followed?.state]).toEqual(['run', 'paused'])
  await runs.resumeRun('run')
  expect([runs.followed?.id, runs.followed?.state]).toEqual(['run', 'running'])
})

test('the event may come before the answer', async () => {
  bridge.answers['runs.pauseRun'] = ({ id }) => {
    bridge.tell('run.changed', aRun({ id, state: 'paused' }))
    return aRun({ id, state: 'paused' })
  }
  await runs.pauseRun('run')
  expect(runs.followed?.id).toBe('run')
})

test('another training goes first', async () => {
  await runs.pauseRun('run')
  runs.add(aRun({ id: 'new', state: 'running' }))
  expect(runs.followed?.id).toBe('new')
  bridge.tell('run.changed', aRun({ id: 'new', state: 'finished' }))
  expect(runs.followed?.id).toBe('run')
})

test('what was paused long ago, has ended or was put away is not followed', async () => {
  bridge.tell('run.changed', aRun({ state: 'finished' }))
  expect(runs.followed).toBeNull()
  runs.add(aRun({ id: 'new', state: 'running' }))
  await runs.pauseRun('new')
  expect(runs.followed?.id).toBe('new')
  await runs.remove('new')
  expect(runs.followed).toBeNull()
})

test('a run that takes a moment to wait its turn is not taken for a paused training', () => {
  bridge.tell('run.changed', aRun({ state: 'finished' }))
  bridge.tell('run.changed', aRun({ id: 'next', state: 'waiting', queue: 1 }))
  bridge.tell('run.changed', aRun({ id: 'next', state: 'paused' }))
  expect(runs.followed).toBeNull()
})

test('what was compared and exported of a run is known once it is done, in every window', async () => {
  bridge.answers['runs.list'] = () => [aRun({ compared: true, exported: 1 })]
  const asked = bridge.asked.length
  bridge.tell('export.changed', { state: 'checking' } as ExportRecord)
  expect(bridge.asked.length).toBe(asked)
  bridge.tell('export.changed', { state: 'done' } as ExportRecord)
  await vi.waitFor(() => expect(runs.byId('run')?.exported).toBe(1))
  bridge.answers['runs.list'] = () => [aRun({ compared: true, exported: 2 })]
  bridge.tell('evaluation.progress', { state: 'done' } as Evaluation)
  await vi.waitFor(() => expect(runs.byId('run')?.exported).toBe(2))
})
