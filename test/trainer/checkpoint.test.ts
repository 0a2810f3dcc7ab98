// Checkpoints: which one is found, which ones are kept, and that a damaged one is never used.
import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { bestFolder } from '../../main/contract/run-files'
import { latestCheckpoint, removeCheckpoint, writeCheckpoint } from '../../main/trainer/checkpoint'
import { freshLoopState, type LoopState } from '../../main/trainer/loop-state'
import { temporaryFolder } from './run-fixture'

let dir = ''
beforeEach(() => {
  dir = temporaryFolder()
})
const inCheckpoints = (...parts: string[]): string => join(dir, 'checkpoints', ...parts)
const at = (step: number, changes: Partial<LoopState> = {}): LoopState => ({
  ...freshLoopState,
  step,
  ...changes
})
const write = (step: number, changes: Partial<LoopState> = {}): Promise<void> =>
  writeCheckpoint(dir, { loop: at(step, changes), metricsBytes: step * 100 }, (file) =>
    writeFile(file, `weights of step ${step}`)
  )

test('a run without checkpoints has none', async () => {
  expect(await latestCheckpoint(dir)).toEqual({ checkpoint: null, torn: [] })
})

test('the newest is found with all that was put in, and two are kept', async () => {
  for (const step of [3, 6, 9, 100])
    await write(step, { training: { loss: 0.1 + 0.2 }, best: { step: 2, value: 1 / 3 } })
  const { checkpoint, torn } = await latestCheckpoint(dir)
  expect(checkpoint?.loop).toEqual(
    at(100, { training: { loss: 0.1 + 0.2 }, best: { step: 2, value: 1 / 3 } })
  )
  expect(checkpoint?.metricsBytes).toBe(10_000)
  expect(readFileSync(checkpoint?.stateFile ?? '', 'utf8')).toBe('weights of step 100')
  expect(torn).toEqual([])
  expect(readdirSync(join(dir, 'checkpoints')).sort()).toEqual(['step-000009', 'step-000100'])
})

test('one that a newer Neiro wrote is named, and neither taken for damaged nor read half', async () => {
  await write(3)
  await write(6, { version: 3 as never })
  await expect(latestCheckpoint(dir)).rejects.toMatchObject({ code: 'RUN_NEWER', details: { run: dir } })
  expect(readdirSync(join(dir, 'checkpoints')).sort()).toEqual(['step-000003', 'step-000006'])
})

test('steps beyond a million are ordered as numbers', async () => {
  await write(999_999)
  await write(1_000_000)
  expect((await latestCheckpoint(dir)).checkpoint?.loop.step).toBe(1_000_000)
})

test('the same step can be written again', async () => {
  await write(3, { evaluatedStep: 0 })
  await write(3, { evaluatedStep: 3 })
  expect((await latestCheckpoint(dir)).checkpoint?.loop.evaluatedStep).toBe(3)
})

describe('a torn checkpoint is named and the one before is used', () => {
  const newest = (name: string): string => inCheckpoints('step-000006', name)
  const damages: Record<string, () => void> = {
    'state cut short': () => truncateSync(newest('state.safetensors'), 5),
    'state grown': () => appendFileSync(newest('state.safetensors'), 'x'),
    'one byte of the state flipped': () => flipByte(newest('state.safetensors'), 3),
    'state missing': () => rmSync(newest('state.safetensors')),
    'one byte of the loop flipped': () => flipByte(newest('loop.json'), 10),
    'loop empty': () => truncateSync(newest('loop.json'), 0),
    'manifest missing': () => rmSync(newest('manifest.json')),
    'manifest empty': () => truncateSync(newest('manifest.json'), 0),
    'manifest of nothing': () => writeFileSync(newest('manifest.json'), '{"version":1,"files":{}}'),
    'manifest no object': () => writeFileSync(newest('manifest.json'), 'null'),
    'folder empty': () => {
      for (const name of readdirSync(inCheckpoints('step-000006'))) rmSync(newest(name))
    }
  }
  test.each(Object.keys(damages))('%s', async (damage) => {
    await write(3)
    await write(6)
    damages[damage]?.()
    const { checkpoint, torn } = await latestCheckpoint(dir)
    expect(checkpoint?.loop.step).toBe(3)
    expect(torn).toEqual(['step-000006'])
  })

  test('both torn: none is used, both are named', async () => {
    await write(3)
    await write(6)
    for (const name of ['step-000003', 'step-000006'])
      truncateSync(inCheckpoints(name, 'state.safetensors'), 1)
    expect(await latestCheckpoint(dir)).toEqual({ checkpoint: null, torn: ['step-000006', 'step-000003'] })
    await removeCheckpoint(dir, 'step-000006')
    expect(readdirSync(join(dir, 'checkpoints'))).toEqual(['step-000003'])
  })

  function flipByte(file: string, index: number): void {
    const bytes = readFileSync(file)
    bytes[index] = (bytes[index] as number) ^ 1
    writeFileSync(file, bytes)
  }
})

test('a checkpoint whose saving fails leaves those before and no trace of itself', async () => {
  await write(3)
  await write(6)
  const failing = writeCheckpoint(dir, { loop: at(9), metricsBytes: 0 }, async (file) => {
    await writeFile(file, 'half')
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
  })
  await expect(failing).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(readdirSync(join(dir, 'checkpoints')).sort()).toEqual(['step-000003', 'step-000006'])
  expect((await latestCheckpoint(dir)).checkpoint?.loop.step).toBe(6)
})

test('best adapters stay as long as a kept checkpoint speaks of them', async () => {
  const withBest = async (step: number, best: number): Promise<void> => {
    await mkdir(inCheckpoints(bestFolder(best)), { recursive: true })
    await write(step, { best: { step: best, value: 1 } })
  }
  await withBest(3, 2)
  await withBest(6, 5)
  const both = [bestFolder(2), bestFolder(5), 'step-000003', 'step-000006']
  expect(readdirSync(join(dir, 'checkpoints')).sort()).toEqual(both)
  await withBest(9, 5)
  const left = readdirSync(join(dir, 'checkpoints')).sort()
  expect(left).toEqual([bestFolder(5), 'step-000006', 'step-000009'])
})
