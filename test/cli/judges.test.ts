// Who gives a model's own answers marks, on the command line, as real processes on a tiny model: a model that learnt to from pairs,
// and a program of one's own, which is agreed to once; the same bits after a pause; and what a program does wrong ends the run
// with a sentence and a checkpoint, from which it goes on.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { neiro } from '../fixtures/neiro-cli'
import { folderBytes } from '../trainer/run-fixture'
import { Desk, only } from './desk'

const desk = new Desk()
afterAll(() => desk.remove())

const pairs = join(desk.place, 'pairs.jsonl')
const said = ['はい。', 'いいえ、それはできません。']
writeFileSync(
  pairs,
  Array.from({ length: 12 }, (_, at) =>
    JSON.stringify({ prompt: `質問${at}は`, chosen: said[0], rejected: said[1] })
  ).join('\n')
)
const judge = join(desk.place, 'judge')
const steps = ['--epochs', '9', '--max-steps', '24', '--learning-rate', '1e-1', '--schedule', 'constant']
const tune = (out: string, ...more: string[]): string[] => [
  ...['tune', '--model', desk.model, '--method', 'grpo', '--data', desk.faq, '--max-seq-length', '64'],
  ...['--lora-rank', '8', '--threads', '1', '--answers-per-question', '4', '--answer-tokens', '12'],
  ...['--divergence-limit', '0', '--evaluation-steps', '12', '--batch-size', '2', '--seed', '5', ...steps],
  ...['--early-stopping-patience', '0', '--out', out, ...more]
]
const program = (name: string, body: string): string => {
  const file = join(desk.place, name)
  const lines = "require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {"
  writeFileSync(file, `${lines}\n  const { prompt, answer, reference } = JSON.parse(line)\n  ${body}\n})\n`)
  return file
}
/** agreed to by itself: what one test agrees to, another does not ask for */
const beside = program('beside.cjs', 'console.log(JSON.stringify({ reward: 1 / (2 + [...answer].length) }))')
const short = program('short.cjs', 'console.log(JSON.stringify({ reward: 1 / (1 + [...answer].length) }))')

const rewardsIn = (events: Parameters<typeof only>[0]): number[] =>
  only(events, 'step').map((line) => (line['figures'] as unknown as Record<string, number>)['reward'] ?? NaN)

beforeAll(async () => {
  const args = [
    'tune',
    '--model',
    desk.model,
    '--method',
    'reward',
    '--data',
    pairs,
    '--max-seq-length',
    '64'
  ]
  const { status, stderr } = await neiro(
    [...args, '--max-steps', '6', '--learning-rate', '1e-2', '--threads', '1', '--out', judge],
    desk.env
  )
  if (status !== 0) throw new Error(stderr)
})

test('a model that learnt to gives the marks, from the run’s own folder, and a pause changes no bit', async () => {
  const run = join(desk.place, 'by-run')
  const { status, stderr, events } = await neiro(tune(run, '--reward-run', judge), desk.env)
  expect(status, stderr).toBe(0)
  const rewards = rewardsIn(events)
  expect(rewards).toHaveLength(24)
  // points, as they stand: no rule gives less than nothing or the same to all
  expect(new Set(rewards).size).toBe(24)
  expect(existsSync(join(run, 'judge', 'adapter_model.safetensors'))).toBe(true)
  const dir = join(desk.place, 'by-run-paused')
  const paused = await desk.person(tune(dir, '--reward-run', judge), { interruptAt: ['step 1'] })
  expect(paused.status, paused.stderr).toBe(130)
  const resumed = await neiro(['tune', '--resume', dir], desk.env)
  expect(resumed.status, resumed.stderr).toBe(0)
  expect(await folderBytes(dir, 'adapter')).toEqual(await folderBytes(run, 'adapter'))
})

test.each(['rloo', 'ppo'])(
  '%s has its answers marked by both at once, and a pause changes no bit',
  async (method) => {
    const both = ['--reward-run', judge, '--reward-program', beside, '--run-program']
    const args = (out: string): string[] => tune(out, ...both).map((arg) => (arg === 'grpo' ? method : arg))
    const [run, dir] = [join(desk.place, `${method}-by-both`), join(desk.place, `${method}-paused`)]
    const { status, stderr, events } = await neiro(args(run), desk.env)
    expect(status, stderr).toBe(0)
    expect(new Set(rewardsIn(events)).size).toBe(24)
    const paused = await desk.person(args(dir), { interruptAt: ['step 1'] })
    expect(paused.status, paused.stderr).toBe(130)
    const resumed = await neiro(['tune', '--resume', dir], desk.env)
    expect(resumed.status, resumed.stderr).toBe(0)
    expect(await folderBytes(dir, 'adapter')).toEqual(await folderBytes(run, 'adapter'))
  }
)

test('what gives no points is refused as a judge', async () => {
  const out = join(desk.place, 'no-judge')
  const { status, events } = await neiro(tune(out, '--reward-run', join(desk.place, 'by-run')), desk.env)
  expect(status).not.toBe(0)
  expect(only(events, 'error')[0]).toMatchObject({ code: 'NO_REWARD_RUN' })
  expect(existsSync(out)).toBe(false)
})

test('a program is agreed to once, gives the marks, and a pause changes no bit', async () => {
  const run = join(desk.place, 'by-program')
  const unasked = await neiro(tune(run, '--reward-program', short), desk.env)
  expect(unasked.status).not.toBe(0)
  expect(only(unasked.events, 'error')[0]).toMatchObject({ code: 'PROGRAM_NOT_AGREED' })
  expect(only(unasked.events, 'step')).toHaveLength(0)
  // nothing of a run that nobody let begin is left
  expect(existsSync(run)).toBe(false)
  const first = await neiro(tune(run, '--reward-program', short, '--run-program'), desk.env)
  expect(first.status, first.stderr).toBe(0)
  const rewards = rewardsIn(first.events)
  expect(Math.max(...rewards)).toBeLessThanOrEqual(1)
  expect(Math.min(...rewards)).toBeGreaterThan(0)
  // once
  const dir = join(desk.place, 'by-program-paused')
  const paused = await desk.person(tune(dir, '--reward-program', short), { interruptAt: ['step 1'] })
  expect(paused.status, paused.stderr).toBe(130)
  const resumed = await neiro(['tune', '--resume', dir], desk.env)
  expect(resumed.status, resumed.stderr).toBe(0)
  expect(await folderBytes(dir, 'adapter')).toEqual(await folderBytes(run, 'adapter'))
})

test('a program is agreed to at the terminal for the window, too', async () => {
  const file = program('other.cjs', 'console.log(String(answer.length % 7))')
  const nobody = await neiro(['agree', file], desk.env)
  expect(nobody.error).toMatchObject({ code: 'PROGRAM_NOT_AGREED' })
  const said = await neiro(['agree', file, '--run-program'], desk.env)
  expect(said.status, said.stderr).toBe(0)
  expect(only(said.events, 'program')[0]).toMatchObject({ file })
  const out = join(desk.place, 'agreed-before')
  const run = await neiro(tune(out, '--reward-program', file, '--max-steps', '1'), desk.env)
  expect(run.status, run.stderr).toBe(0)
  const gone = await neiro(['agree', join(desk.place, 'none.py'), '--run-program'], desk.env)
  expect(gone.error).toMatchObject({ code: 'PROGRAM_NOT_READ' })
})

test.each([
  ['ends', 'if (++globalThis.n > 20) process.exit(3); console.log(0.5)', 'PROGRAM_ENDED'],
  ['talks', "console.log(++globalThis.n > 20 ? 'very good' : 0.5)", 'PROGRAM_NONSENSE'],
  ['sleeps', 'if (++globalThis.n <= 20) console.log(0.5)', 'PROGRAM_SILENT']
])('one that %s ends the run with a sentence and a checkpoint', async (name, body, code) => {
  const file = program(
    `${name}.cjs`,
    body.replace('++globalThis.n', '(globalThis.n = (globalThis.n ?? 0) + 1)')
  )
  const out = join(desk.place, name)
  const { status, events } = await neiro(
    tune(out, '--reward-program', file, '--run-program', '--reward-seconds', '2'),
    desk.env
  )
  expect(status).not.toBe(0)
  expect(only(events, 'error')[0]).toMatchObject({ code, details: { file } })
  expect(readdirSync(join(out, 'checkpoints'))).not.toHaveLength(0)
  // another version of it is another program: the run that was begun with this one does not go on with it
  writeFileSync(file, 'console.log(1)')
  const changed = await neiro(['tune', '--resume', out], desk.env)
  expect(only(changed.events, 'error')[0]).toMatchObject({ code: 'PROGRAM_CHANGED' })
})
