// What a run folder says of itself.
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { MetricLine, RunState } from '../../../main/contract/records'
import { listRuns, readMetrics, readRun } from '../../../main/services/runs/run-folder'
import { lockRun } from '../../../main/files/run-lock'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

function change(dir: string, changes: object): void {
  const file = join(dir, 'state.json')
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...changes }))
}
const append = (dir: string, line: object): void =>
  appendFileSync(join(dir, 'metrics.jsonl'), `${JSON.stringify(line)}\n`)
const step = (step: number, loss: number | null, skipped = false): object => ({
  kind: 'step',
  step,
  loss,
  skipped
})

describe('readRun', () => {
  test('takes step and losses from the metrics', async () => {
    const dir = await runFixture()
    append(dir, { kind: 'evaluation', step: 0, loss: 5, best: false })
    append(dir, step(1, 3))
    append(dir, { kind: 'evaluation', step: 1, loss: 2.5, best: true })
    append(dir, step(2, 2))
    append(dir, { kind: 'evaluation', step: 2, loss: 2.75, best: false })
    append(dir, step(3, null, true))
    expect(await readRun(dir)).toMatchObject({ step: 3, lastLoss: 2, best: { figure: 'loss', value: 2.5 } })
  })

  test.each<[RunState, RunState, RunState]>([
    ['waiting', 'waiting', 'running'],
    ['running', 'interrupted', 'running'],
    ['paused', 'paused', 'running'],
    ['stopped', 'stopped', 'running'],
    ['finished', 'finished', 'running'],
    ['failed', 'failed', 'running']
  ])('written as %s it is %s, or %s while a process holds it', async (written, free, held) => {
    const dir = await runFixture()
    change(dir, { state: written })
    expect((await readRun(dir)).state).toBe(free)
    const lock = await lockRun(dir)
    expect((await readRun(dir)).state).toBe(held)
    lock.release()
  })

  test('a folder that is no run, and a damaged one', async () => {
    const dir = await runFixture()
    await expect(readRun(join(dir, 'prepared'))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
    writeFileSync(join(dir, 'state.json'), '{')
    await expect(readRun(dir)).rejects.toMatchObject({ code: 'RUN_BROKEN', details: { name: 'state.json' } })
  })
})

describe('listRuns', () => {
  test('is newest first, with damaged runs and without what is no run', async () => {
    const home = temporaryFolder()
    for (const name of ['a', 'b', 'c', 'd']) await runFixture({ dir: join(home, name), train: 3 })
    change(join(home, 'a'), { createdAt: '2026-05-01T00:00:00.000Z' })
    change(join(home, 'b'), { createdAt: '2026-06-01T00:00:00.000Z' })
    rmSync(join(home, 'c', 'state.json'))
    mkdirSync(join(home, 'photos'))
    await runFixture({ dir: join(home, '.half.tmp-1'), train: 3 })
    const runs = await listRuns(home)
    expect(runs.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c'])
    expect(runs.at(-1)).toMatchObject({ state: 'failed', error: { code: 'RUN_BROKEN' } })
  })

  test('of a folder that does not exist yet is empty', async () => {
    expect(await listRuns(join(temporaryFolder(), 'runs'))).toEqual([])
  })
})

describe('readMetrics', () => {
  test('leaves out a line still being written, and gives what comes after a known one', async () => {
    const dir = await runFixture()
    expect(await readMetrics(dir)).toEqual([])
    for (const number of [1, 2, 3]) append(dir, step(number, number))
    appendFileSync(join(dir, 'metrics.jsonl'), '{"kind":"step","st')
    const numbers = (lines: readonly MetricLine[]): number[] => lines.map((line) => line.step)
    expect(numbers(await readMetrics(dir))).toEqual([1, 2, 3])
    expect(numbers(await readMetrics(dir, 2))).toEqual([3])
    expect(numbers(await readMetrics(dir, 3))).toEqual([])
  })
})
