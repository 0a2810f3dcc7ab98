// The progress of a training: what the line says, on a terminal, in a pipe, and as events.
import { describe, expect, test } from 'vitest'
import { TrainingProgress } from '../../main/cli/progress'
import { wordsFor } from '../../main/words/cli'
import type { Figures } from '../../main/contract/figures'
import type { MetricLine, RunProgress } from '../../main/contract/records'
import { speaking, type Speaking } from './fake-streams'

const time = '2026-01-01T00:00:00Z'
const step = (at: number, loss: number, more: Figures = {}): MetricLine => ({
  kind: 'step',
  step: at,
  time,
  epoch: at / 10,
  figures: { loss, gradNorm: 1, learningRate: 1e-4, memory: 123_000_000, ...more },
  tokens: 100,
  learntTokens: 50,
  seconds: 1,
  skipped: false
})
const progress = (at: number): RunProgress => ({
  run: '/r',
  state: 'running',
  step: at,
  totalSteps: 20,
  training: { loss: 2 },
  heldOut: {},
  tokensPerSecond: 1234.5,
  secondsLeft: 75
})

function watch(
  o: Parameters<typeof speaking>[0]
): Speaking & { progress: TrainingProgress; tick: (ms: number) => void } {
  let now = 0
  const said = speaking(o)
  const words = wordsFor(said.out.language)
  const watching = new TrainingProgress(
    said.out,
    words,
    async (ids) => ids.join('-'),
    ['送料は'],
    'sft',
    () => now
  )
  return { ...said, progress: watching, tick: (ms) => (now += ms) }
}

describe('on a terminal', () => {
  test('one line with step, loss, held-out loss, speed, time left and memory, in either language', () => {
    const { progress: watching, stderr, stdout } = watch({ tty: true, language: 'ja' })
    watching.metric(step(5, 2.5))
    watching.metric({
      kind: 'evaluation',
      step: 5,
      time,
      epoch: 0.5,
      figures: { loss: 1.75 },
      by: 'loss',
      best: true
    })
    watching.progress(progress(5))
    for (const part of [
      'ステップ 5/20',
      '損失 2.500',
      '検証 1.750',
      '1,23',
      'tok/s',
      '残り 1分15秒',
      '周回 0.5'
    ]) {
      expect(stderr.text).toContain(part)
    }
    expect(stdout.text).toBe('')
    const english = watch({ tty: true, language: 'en' })
    english.progress.progress(progress(3))
    expect(english.stderr.text).toContain('step 3/20  loss 2.000')
    expect(english.stderr.text).not.toMatch(/held-out|NaN|null/)
  })
})

test('a figure that no table knows is said by its own name, of training and of the held-out part', () => {
  const { progress: watching, stderr, stdout } = watch({ tty: true, language: 'en' })
  watching.metric(step(5, 2.5, { praise: 0.25 }))
  const figures = { praise: 0.5 }
  watching.metric({ kind: 'evaluation', step: 5, time, epoch: 0.5, figures, by: 'praise', best: true })
  watching.progress(progress(5))
  expect(stderr.text).toContain('step 5/20  loss 2.500  praise 0.250  held-out 0.500  1,23')
  expect(stdout.text).toBe('')
  const { progress: json, stdout: events } = watch({ json: true })
  json.metric(step(5, 2.5, { praise: 0.25 }))
  expect(JSON.parse(events.text)).toMatchObject({ event: 'step', figures: { praise: 0.25 } })
})

describe('in a pipe', () => {
  test('a line now and then, one at each evaluation, never a redrawn one', () => {
    const { progress: watching, stdout, stderr, tick } = watch({})
    for (let at = 1; at <= 12; at++) {
      tick(1000)
      watching.metric(step(at, 3))
      watching.progress(progress(at))
    }
    expect(stdout.text.split('\n').filter(Boolean)).toHaveLength(1)
    watching.metric({
      kind: 'evaluation',
      step: 13,
      time,
      epoch: 1.3,
      figures: { loss: 1.5 },
      by: 'loss',
      best: true
    })
    expect(stdout.text).toContain('step 13/20  loss 3.000  held-out 1.500')
    expect(stderr.text).toBe('')
  })

  test('samples and notices are said in words', async () => {
    const { progress: watching, stdout, stderr } = watch({ language: 'ja' })
    watching.metric({ kind: 'sample', step: 4, time, question: 0, answer: [1, 2, 3] })
    await watching.said()
    expect(stdout.text).toContain('4 ステップの回答: 送料は')
    expect(stdout.text).toContain('  1-2-3')
    const before = stdout.text
    watching.metric({ kind: 'sample', step: 5, time, question: 0, answer: [1, 2, 3] })
    await watching.said()
    expect(stdout.text).toBe(before)
    watching.metric({ kind: 'notice', step: 4, time, code: 'NOT_FINITE', details: { step: '4' } })
    expect(stderr.text).toContain('4 ステップ')
    watching.metric({ kind: 'notice', step: 4, time, code: 'RESUMED', details: { step: '4' } })
    expect(stdout.text).toContain('再開')
  })
})

test('programs get every metric as an event', async () => {
  const { progress: watching, stdout } = watch({ json: true, tty: true })
  watching.metric(step(1, NaN))
  watching.metric({
    kind: 'evaluation',
    step: 1,
    time,
    epoch: 0.1,
    figures: { loss: 1.5 },
    by: 'loss',
    best: false
  })
  watching.metric({ kind: 'sample', step: 1, time, question: 0, answer: [7] })
  await watching.said()
  watching.metric({ kind: 'notice', step: 1, time, code: 'PAUSED', details: {} })
  watching.progress(progress(1))
  const events = stdout.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events.map((event) => event.event)).toEqual(['step', 'evaluation', 'sample', 'notice', 'progress'])
  expect(events[0]).toMatchObject({ step: 1, figures: { loss: null, memory: 123_000_000 } })
  expect(events[2]).toMatchObject({ question: '送料は', answer: '7' })
  expect(events[3].message).not.toBe('')
})
