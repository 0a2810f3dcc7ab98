// What a run folder says of itself.
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../main/contract/settings'
import type { RunState } from '../../../main/contract/records'
import { resultMark } from '../../../main/services/runs/tuned-model'
import { freshRunFile, runFileText } from '../../../main/services/runs/run-file'
import { readRun } from '../../../main/services/runs/run-view'
import { lockRun } from '../../../main/files/run-lock'
import { runFixture } from '../../trainer/run-fixture'

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

  test('is compared once both have answered all that was asked, not when the sheet is made or left, and stays so', async () => {
    const dir = await runFixture()
    const sheet = join(dir, 'evaluations', 'held-out')
    mkdirSync(sheet, { recursive: true })
    const compared = async (): Promise<boolean> => (await readRun(dir)).compared
    expect(await compared()).toBe(false)
    const write = (line: object): void =>
      appendFileSync(join(sheet, 'items.jsonl'), `${JSON.stringify(line)}\n`)
    write({
      head: {
        asked: 2,
        candidates: [
          { id: 'base', kind: 'base' },
          { id: 'tuned', kind: 'tuned' }
        ]
      }
    })
    write({ item: 0, candidate: 'base', answer: 'はい' })
    expect(await compared()).toBe(false)
    write({ item: 0, candidate: 'tuned', answer: 'はい。' })
    expect(await compared()).toBe(false)
    for (const candidate of ['base', 'tuned']) write({ item: 1, candidate, answer: 'いいえ' })
    expect(await compared()).toBe(true)
    write({ head: { asked: 9 } })
    expect(await compared()).toBe(true)
    write({ item: 2, candidate: 'base', answer: 'はい' })
    expect((await readRun(dir)).answered).toBe(2)
  })

  test('general questions are no comparison: neither are they counted, nor do they end one', async () => {
    const dir = await runFixture()
    const sheet = (name: string, head: object, items: number): void => {
      mkdirSync(join(dir, 'evaluations', name), { recursive: true })
      const answers = Array.from({ length: items }, (_, item) =>
        ['base', 'tuned'].map((candidate) => ({ item, candidate, answer: 'はい' }))
      ).flat()
      const lines = [{ head: { asked: items, ...head } }, ...answers].map((line) => JSON.stringify(line))
      writeFileSync(join(dir, 'evaluations', name, 'items.jsonl'), `${lines.join('\n')}\n`)
    }
    sheet('general', { general: true }, 30)
    expect(await readRun(dir)).toMatchObject({ compared: false, answered: 0 })
    sheet('held-out', {}, 6)
    expect(await readRun(dir)).toMatchObject({ compared: true, answered: 6 })
  })

  test('says when the newest export that is still there was done', async () => {
    const dir = await runFixture()
    expect(await readRun(dir)).not.toHaveProperty('exportedAt')
    const kept = (place: string, finishedAt: string) => ({ id: place, dir: join(dir, place), finishedAt })
    mkdirSync(join(dir, 'a'))
    mkdirSync(join(dir, 'b'))
    writeFileSync(
      join(dir, 'exports.json'),
      JSON.stringify([
        kept('a', '2026-11-29T21:07:42.000Z'),
        kept('b', '2026-11-29T21:05:49.000Z'),
        kept('gone', '2026-11-29T21:20:00.000Z')
      ])
    )
    expect(await readRun(dir)).toMatchObject({ exported: 2, exportedAt: '2026-11-29T21:07:42.000Z' })
  })

  test('what was exported and answered before it went on is not counted as of now', async () => {
    const dir = await runFixture()
    const learnt = (weights: string): void => {
      mkdirSync(join(dir, 'adapter'), { recursive: true })
      writeFileSync(join(dir, 'adapter/adapter_model.safetensors'), weights)
    }
    learnt('after three updates')
    const mark = await resultMark(dir)
    const finishedAt = '2026-11-29T21:07:42.000Z'
    mkdirSync(join(dir, 'a'))
    writeFileSync(
      join(dir, 'exports.json'),
      JSON.stringify([{ id: 'a', dir: join(dir, 'a'), finishedAt, mark }])
    )
    const sheet = join(dir, 'evaluations/a')
    mkdirSync(sheet, { recursive: true })
    const answers = ['base', 'tuned'].map((candidate) => ({ item: 0, candidate, answer: 'x' }))
    const lines = [{ head: { asked: 1, adapter: mark } }, ...answers].map((line) => JSON.stringify(line))
    writeFileSync(join(sheet, 'items.jsonl'), `${lines.join('\n')}\n`)
    expect(await readRun(dir)).toMatchObject({
      exported: 1,
      exportedAt: finishedAt,
      compared: true,
      answered: 1
    })
    learnt('after sixteen')
    expect(await readRun(dir)).toMatchObject({ exported: 0, compared: false, answered: 0 })
    expect(await readRun(dir)).not.toHaveProperty('exportedAt')
    // the same weights written anew are the same result
    learnt('after three updates')
    expect(await readRun(dir)).toMatchObject({ exported: 1, compared: true })
    // of what a service keeps nothing can be told here, and the best so far is told as well
    renameSync(join(dir, 'adapter'), join(dir, 'best'))
    expect(await readRun(dir)).toMatchObject({ exported: 1, compared: true })
    rmSync(join(dir, 'best'), { recursive: true })
    expect(await readRun(dir)).toMatchObject({ compared: true, answered: 1 })
  })

  test('ended before a check it has the loss that Compare measured, of the whole held-out part alone', async () => {
    const dir = await runFixture()
    append(dir, { kind: 'evaluation', step: 0, loss: 8.5, best: false })
    writeFileSync(join(dir, 'run.json'), runFileText({ ...freshRunFile('run'), heldOutExamples: 2 }))
    const sheet = join(dir, 'evaluations', 'held-out')
    mkdirSync(sheet, { recursive: true })
    const write = (candidate: string, item: number, nllSum: number): void =>
      appendFileSync(
        join(sheet, 'items.jsonl'),
        `${JSON.stringify({ item, candidate, nllSum, learntTokens: 10 })}\n`
      )
    write('base', 0, 80)
    write('base', 1, 90)
    write('tuned', 0, 15)
    expect((await readRun(dir)).best).toBeNull()
    write('tuned', 1, 25)
    expect((await readRun(dir)).best).toEqual({ figure: 'loss', value: 2 })
    append(dir, { kind: 'evaluation', step: 1, loss: 2.5, best: true })
    expect((await readRun(dir)).best).toMatchObject({ value: 2.5 })
  })

  test.each<[RunState, RunState, RunState]>([
    // prepared, and in no queue: it can be resumed
    ['waiting', 'paused', 'running'],
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
    await lock.release()
  })

  test('a run prepared before there was a setting has its default', async () => {
    const dir = await runFixture({ settings: { epochs: 5 } })
    const job = JSON.parse(readFileSync(join(dir, 'job.json'), 'utf8')) as { settings: Partial<Settings> }
    const { method: _, ...before } = job.settings
    writeFileSync(join(dir, 'job.json'), JSON.stringify({ ...job, settings: before }))
    expect((await readRun(dir)).settings).toMatchObject({ method: 'sft', epochs: 5 })
  })

  test('a folder that is no run, and a damaged one', async () => {
    const dir = await runFixture()
    await expect(readRun(join(dir, 'prepared'))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
    writeFileSync(join(dir, 'state.json'), '{')
    await expect(readRun(dir)).rejects.toMatchObject({ code: 'RUN_BROKEN', details: { name: 'state.json' } })
  })
})
