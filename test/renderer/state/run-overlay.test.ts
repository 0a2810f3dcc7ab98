// Runs laid over one another: the newest choice wins, whatever order the answers come in, and a failure is said.
import { beforeEach, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { RunCurves, RunDifferences } from '../../../main/contract/window/training'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { runOverlay as RunOverlay } from '../../../renderer/state/run-overlay.svelte'

const curves = (run: string): RunCurves => ({ run, curves: [], best: null })
const differing = (ids: readonly string[]): RunDifferences => ({
  settings: [{ key: 'loraRank', values: ids }],
  models: ids,
  heldOut: ids
})
const none = {
  items: 0,
  scores: {},
  over: null,
  trainExamples: 0,
  heldOutExamples: 0,
  trainPrint: null,
  heldOutPrint: null
}
let bridge: FakeBridge
let overlay: typeof RunOverlay

beforeEach(async () => {
  bridge = fakeBridge({
    'runs.differences': ({ ids }) => differing(ids),
    'runs.curves': ({ id }) => curves(id),
    'runs.scores': ({ ids }) => ids.map((run) => ({ ...none, run }))
  })
  ;({ runOverlay: overlay } = await import('../../../renderer/state/run-overlay.svelte'))
})

test('two runs show their curves and what differs; one alone asks for nothing', async () => {
  await overlay.show(['a'])
  expect(bridge.asked).toEqual([])
  await overlay.show(['a', 'b'])
  expect([overlay.curves('a')?.run, overlay.curves('b')?.run]).toEqual(['a', 'b'])
  expect(overlay.differences).toEqual(differing(['a', 'b']))
  expect(overlay.scores?.map(({ run }) => run)).toEqual(['a', 'b'])
})

test('an older answer does not overwrite a newer one', async () => {
  const slow = later<RunCurves>()
  bridge.answers['runs.curves'] = ({ id }) => (id === 'a' ? slow.promise : curves(id))
  const first = overlay.show(['a', 'b'])
  await overlay.show(['b', 'c'])
  slow.resolve(curves('a'))
  await first
  expect([overlay.curves('a'), overlay.curves('c')?.run]).toEqual([undefined, 'c'])
  expect(overlay.differences.settings[0]?.values).toEqual(['b', 'c'])
})

test('a run that is gone is said, until other ones are chosen; an older failure is nobody’s concern', async () => {
  bridge.answers['runs.differences'] = ({ ids }) => {
    if (ids.includes('gone')) throw new NeiroError('RUN_GONE')
    return differing(ids)
  }
  await overlay.show(['a', 'gone'])
  expect((overlay.failure as NeiroError).code).toBe('RUN_GONE')
  const failing = overlay.show(['b', 'gone'])
  await Promise.all([failing, overlay.show(['a', 'b'])])
  expect(overlay.failure).toBeNull()
})
