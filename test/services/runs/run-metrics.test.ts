// metrics.jsonl read as it grows: nothing twice, nothing torn, and anew when the file went back.
import { appendFileSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { MetricLine } from '../../../main/contract/records'
import type { Curve, CurvePoint } from '../../../main/contract/window/training'
import { RunMetrics, type RunFigures } from '../../../main/services/runs/run-metrics'

let dir = ''
let file = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'neiro-metrics-'))
  file = join(dir, 'metrics.jsonl')
})

const time = '2026-04-01T00:00:00.000Z'
const step = (at: number, loss: number | null = 1 / at, skipped = false): MetricLine =>
  ({
    kind: 'step',
    step: at,
    time,
    epoch: at / 10,
    figures: { loss, gradNorm: 1, learningRate: 1e-4, tokensPerSecond: 100, memory: 1000 + at },
    tokens: 200,
    learntTokens: 100,
    seconds: 2,
    skipped
  }) as MetricLine
const evaluation = (at: number, loss: number, best = false): MetricLine => ({
  kind: 'evaluation',
  step: at,
  time,
  epoch: at / 10,
  figures: { loss },
  by: 'loss',
  best
})
const text = (lines: readonly MetricLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const upTo = (from: number, to: number): MetricLine[] =>
  Array.from({ length: to - from + 1 }, (_, at) => step(from + at))
const curve = ({ curves }: RunFigures, part: Curve['part'], points = 10_000): readonly CurvePoint[] =>
  curves.drawn(points).curves.find((one) => one.part === part && one.figure === 'loss')?.points ?? []
const stepsIn = async (metrics: RunMetrics): Promise<number[]> =>
  curve(await metrics.figures(), 'training').map((point) => point.step)

describe('reading as it grows', () => {
  test('a run that has not begun has no figures', async () => {
    const figures = await new RunMetrics(dir).figures()
    expect(figures).toMatchObject({ lastStep: null, lastLoss: null, firstTime: null, speed: null })
  })

  test('each line once, however it arrives', async () => {
    const metrics = new RunMetrics(dir)
    const whole = text(upTo(1, 40))
    writeFileSync(file, '')
    for (let at = 0; at < whole.length; at += 333) {
      appendFileSync(file, whole.slice(at, at + 333))
      await metrics.figures()
    }
    expect(await stepsIn(metrics)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
    expect(await stepsIn(metrics)).toHaveLength(40)
  })

  test('lines longer than a piece, and several looks at once', async () => {
    const metrics = new RunMetrics(dir)
    const answer = Array.from({ length: 60_000 }, (_, at) => at)
    writeFileSync(file, text([step(1), { kind: 'sample', step: 1, time, question: 0, answer }, step(2)]))
    const looks = await Promise.all([metrics.figures(), metrics.figures(), metrics.figures()])
    expect(looks[0]?.samples).toHaveLength(1)
    expect(looks[0]?.samples[0]?.answer).toEqual(answer)
    expect(await stepsIn(metrics)).toEqual([1, 2])
  })

  test('a line still being written is left for the next look', async () => {
    const metrics = new RunMetrics(dir)
    const lines = text(upTo(1, 3))
    writeFileSync(file, lines.slice(0, -20))
    expect(await stepsIn(metrics)).toEqual([1, 2])
    appendFileSync(file, lines.slice(-20))
    expect(await stepsIn(metrics)).toEqual([1, 2, 3])
  })

  test('a run that went back to a checkpoint: the future that did not happen is forgotten', async () => {
    const metrics = new RunMetrics(dir)
    writeFileSync(file, text(upTo(1, 10)))
    expect(await stepsIn(metrics)).toHaveLength(10)
    truncateSync(file, text(upTo(1, 4)).length)
    expect(await stepsIn(metrics)).toEqual([1, 2, 3, 4])
    // and also when it has grown past the old end before anybody looked
    writeFileSync(file, text(upTo(1, 10)))
    await metrics.figures()
    const other = Array.from({ length: 30 }, (_, at) => step(at + 5, 7))
    writeFileSync(file, text([...upTo(1, 4), ...other]))
    const figures = await metrics.figures()
    expect(curve(figures, 'training').map(({ value }) => value)).toEqual([
      ...[1, 1 / 2, 1 / 3, 1 / 4],
      ...Array(30).fill(7)
    ])
  })

  test('a damaged line costs only itself', async () => {
    writeFileSync(file, `${text([step(1)])}{"kind":"ste\n${text([step(2)])}`)
    expect(await stepsIn(new RunMetrics(dir))).toEqual([1, 2])
  })
})

describe('figures', () => {
  test('the newest ones, and the speed of the last updates', async () => {
    writeFileSync(file, text([...upTo(1, 30), step(31, null, true), evaluation(31, 0.5, true)]))
    const figures = await new RunMetrics(dir).figures()
    expect(figures.lastStep?.step).toBe(31)
    expect(figures.lastLoss).toBe(1 / 30)
    expect(figures.speed).toBe(100)
    expect(figures.evaluations).toHaveLength(1)
  })

  test('curves as thin as asked for, with the first and the best check', async () => {
    const lines = Array.from({ length: 3000 }, (_, at) => [
      step(at + 1, at === 1700 ? 50 : 1),
      evaluation(at + 1, at === 1234 ? 0.1 : 2, at === 1234)
    ]).flat()
    writeFileSync(file, text(lines))
    const figures = await new RunMetrics(dir).figures()
    const training = curve(figures, 'training', 40)
    expect(training.length).toBeLessThanOrEqual(40)
    expect(training).toContainEqual({ step: 1701, value: 50 })
    const heldOut = curve(figures, 'heldOut', 40)
    expect(heldOut.length).toBeLessThanOrEqual(40)
    expect(heldOut).toContainEqual({ step: 1235, value: 0.1 })
    expect(heldOut[0]?.step).toBe(1)
    expect(figures.best).toEqual({ figure: 'loss', value: 0.1, figures: { loss: 0.1 } })
  })
})
