// How a run ended, and which of its states is its result: the best of its checks, and of one that goes on after its end the state
// of that end.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunState } from '../../../main/contract/records'
import { learntLength } from '../../../main/services/runs/learnt-length'
import { temporaryFolder } from '../../trainer/run-fixture'

function weights(dir: string, text: string): void {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'adapter_model.safetensors'), text)
}

test('what is kept is the best of the checks, however the run ended', async () => {
  const dir = temporaryFolder()
  const of = (state: RunState, step: number, best: number | null): ReturnType<typeof learntLength> =>
    learntLength({ dir, state, step, totalSteps: 480 }, best)
  expect(await of('finished', 480, 480)).toMatchObject({ end: 'whole', kept: { step: 480, isBest: true } })
  expect(await of('finished', 192, 48)).toMatchObject({ end: 'itself', kept: { step: 48, isBest: true } })
  expect(await of('stopped', 192, 48)).toMatchObject({ end: 'by-hand', plannedSteps: 480 })
  expect(await of('stopped', 40, null)).toMatchObject({ kept: { step: 40, isBest: false } })
  expect(await of('running', 100, 96)).toMatchObject({ end: 'not-yet', kept: { step: 96 } })
  expect(await of('paused', 40, null)).toMatchObject({ end: 'not-yet', kept: null })
})

test('a run that goes on after its end has the result of that end, until it ends again', async () => {
  const dir = temporaryFolder()
  for (const step of ['000048', '000096']) weights(join(dir, 'checkpoints', `best-${step}`), `of ${step}`)
  cpSync(join(dir, 'checkpoints', 'best-000048'), join(dir, 'adapter'), { recursive: true })
  const run = { dir, state: 'running', step: 100, totalSteps: 480 } as const
  expect((await learntLength(run, 96)).kept).toEqual({ step: 48, isBest: true })
  weights(join(dir, 'adapter'), 'of a check that is not kept')
  expect((await learntLength(run, 96)).kept).toBeNull()
})

test('what a service keeps of a run is not known here', async () => {
  const run = { dir: temporaryFolder(), state: 'finished', step: 480, totalSteps: 480 } as const
  expect((await learntLength({ ...run, remoteModel: 'm' }, 48)).kept).toBeNull()
})
