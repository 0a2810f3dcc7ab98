// Learning from one's own answers, on the command line, as real processes on a tiny model: rules raise the marks, paused and
// resumed to the same bits, stopped where it went too far; and what lacks a rule is refused by name.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neiro } from '../fixtures/neiro-cli'
import { folderBytes } from '../trainer/run-fixture'
import { Desk, only } from './desk'

const desk = new Desk()
afterAll(() => desk.remove())

const steps = ['--epochs', '9', '--max-steps', '24', '--learning-rate', '1e-1', '--schedule', 'constant']
const tune = (method: string, out: string, ...more: string[]): string[] => [
  ...['tune', '--model', desk.model, '--method', method, '--data', desk.faq, '--max-seq-length', '64'],
  ...['--lora-rank', '8', '--threads', '1', '--answers-per-question', '8', '--answer-tokens', '16'],
  ...[
    '--divergence-limit',
    '0',
    '--divergence-price',
    '0.001',
    '--evaluation-steps',
    '12',
    '--batch-size',
    '4'
  ],
  ...['--early-stopping-patience', '0', '--seed', '5', ...steps, '--out', out, ...more]
]
// an untrained model says anything: it learns to say little
const short = ['--reward-length', '-3']

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length

const figuresIn = (events: Parameters<typeof only>[0], kind: string): Record<string, number>[] =>
  only(events, kind).map((line) => line['figures'] as unknown as Record<string, number>)

describe.each(['grpo', 'rloo', 'ppo'])('%s', (method) => {
  const run = join(desk.place, method)
  beforeAll(async () => {
    const { status, stderr, events } = await neiro(tune(method, run, ...short), desk.env)
    if (status !== 0) throw new Error(stderr)
    const marks = figuresIn(events, 'step').map((one) => one['reward'] ?? NaN)
    expect(marks).toHaveLength(24)
    expect(mean(marks.slice(-6))).toBeGreaterThan(mean(marks.slice(0, 6)) + 0.05)
    const told = figuresIn(events, 'evaluation')
    expect(told[0]?.['divergence']).toBe(0)
    expect(told.at(-1)?.['divergence']).toBeGreaterThan(0)
  })

  test('paused and resumed it is the same to the bit', async () => {
    const dir = join(desk.place, `${method}-paused`)
    const paused = await desk.person(tune(method, dir, ...short), { interruptAt: ['step 1'] })
    expect(paused.status, paused.stderr).toBe(130)
    const resumed = await neiro(['tune', '--resume', dir], desk.env)
    expect(resumed.status, resumed.stderr).toBe(0)
    expect(await folderBytes(dir, 'adapter')).toEqual(await folderBytes(run, 'adapter'))
  })
})

test('it stops where answers have moved too far, and says why', async () => {
  const dir = join(desk.place, 'far')
  const args = tune('grpo', dir, ...short).map((word, at, all) =>
    all[at - 1] === '--divergence-limit' ? '0.000001' : word
  )
  const { status, stderr, events } = await neiro(args, desk.env)
  expect(status, stderr).toBe(0)
  expect(only(events, 'notice').map(({ code }) => code)).toContain('TOO_FAR')
  expect(Number(only(events, 'finished')[0]?.['step'])).toBeLessThan(24)
})

test('without a rule nothing is begun, and the sentence says which there are', async () => {
  const out = join(desk.place, 'no-rule')
  const { status, events } = await neiro(tune('grpo', out), desk.env)
  expect(status).not.toBe(0)
  expect(only(events, 'error')[0]).toMatchObject({ code: 'NO_REWARD_RULE' })
  expect(existsSync(out)).toBe(false)
})

test('what it takes is planned with its answers', async () => {
  const plan = async (...more: string[]): Promise<number> => {
    const args = ['plan', '--model', desk.model, '--method', 'grpo', '--data', desk.faq, ...short, ...more]
    const { events, stderr } = await neiro(args, desk.env)
    const found = events.find(({ event }) => event === 'plan') as unknown as
      { memory: { total: number } } | undefined
    expect(found, stderr).toBeDefined()
    return found?.memory.total ?? 0
  }
  expect(await plan('--answers-per-question', '32')).toBeGreaterThan(
    await plan('--answers-per-question', '2')
  )
})
