// The verified export stays in sight, whatever becomes of the next one.
import { beforeEach, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { ExportRecord } from '../../../main/contract/window/results'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { exportsState as Exports } from '../../../renderer/state/exports.svelte'

const record = (id: string, change: Partial<ExportRecord> = {}): ExportRecord => ({
  id,
  run: 'run',
  kind: 'merged',
  state: 'writing',
  progress: 0,
  part: null,
  waitsFor: null,
  sizeBytes: 0,
  shownPath: '/x',
  fileId: '',
  finishedAt: null,
  check: null,
  error: null,
  ...change
})
const done = (id: string): ExportRecord => record(id, { state: 'done', progress: 1 })
const failed = (id: string): ExportRecord =>
  record(id, { state: 'failed', error: new NeiroError('EXPORT_CANCELLED').toData() })

let bridge: FakeBridge
let state: typeof Exports
beforeEach(async () => {
  bridge = fakeBridge({ 'exports.list': () => [done('old')], 'exports.cancel': () => null })
  ;({ exportsState: state } = await import('../../../renderer/state/exports.svelte'))
  await state.open('run')
})
const ids = (): (string | undefined)[] => [state.of('merged').done?.id, state.of('merged').later?.id]

test('a new one, its failure, the next try and its success', async () => {
  expect([ids(), state.busy]).toEqual([['old', undefined], false])
  bridge.answers['exports.start'] = () => record('second')
  await state.start({ run: 'run', kind: 'merged', target: null, dtype: 'BF16' })
  expect([ids(), state.busy]).toEqual([['old', 'second'], true])
  bridge.tell('export.changed', failed('second'))
  expect([ids(), state.busy]).toEqual([['old', 'second'], false])
  bridge.tell('export.changed', record('third'))
  expect(ids()).toEqual(['old', 'third'])
  bridge.tell('export.changed', done('third'))
  // what failed before it is no news any more
  expect(ids()).toEqual(['third', undefined])
  expect(state.of('peft')).toEqual({ done: null, later: null, before: null })
})

test('another run’s records are its own', async () => {
  bridge.tell('export.changed', { ...record('other'), run: 'other' })
  expect(ids()).toEqual(['old', undefined])
  const slow = later<ExportRecord[]>()
  bridge.answers['exports.list'] = ({ run }) => (run === 'slow' ? slow.promise : [])
  const opening = state.open('slow')
  await state.open('quick')
  slow.resolve([done('late')])
  await opening
  expect(state.list).toEqual([])
})

test('what was verified before stays in view, of the other runs too', async () => {
  const of = (run: string, id: string, day: number): ExportRecord => ({
    ...done(id),
    run,
    shownPath: `/exports/${id}`,
    finishedAt: `2026-11-0${day}T00:00:00Z`
  })
  bridge.answers['exports.list'] = ({ run }) =>
    run === 'run'
      ? [of('run', 'new', 5), of('run', 'old', 1)]
      : // copied with its folder, it knows of the same
        [of(run, 'theirs', 3), of(run, 'old', 1)]
  await state.open('run', ['run', 'other'])
  expect(state.of('merged').done?.id).toBe('new')
  expect(state.earlier.map(({ id }) => id)).toEqual(['theirs', 'old'])
  bridge.tell('export.changed', { ...record('now'), run: 'other' })
  expect(state.busy).toBe(true)
  await state.open('other', ['run', 'other'])
  expect(state.earlier.map(({ id }) => id)).toEqual(['new', 'old'])
})

test('a file manager that is not there, or fails, is told apart from an error', async () => {
  expect(await state.show(done('old'))).toBe(false)
  bridge.answers['files.show'] = () => ({ shown: true })
  expect(await state.show(done('old'))).toBe(true)
})

test('without a run that is chosen, all that was verified is told of: a run that learns on keeps what was written', async () => {
  await state.open(null, ['run', 'other'])
  expect(state.earlier.map(({ id }) => id)).toEqual(['old'])
  expect(state.list).toEqual([])
  expect(state.of('merged')).toEqual({ done: null, later: null, before: null })
})
