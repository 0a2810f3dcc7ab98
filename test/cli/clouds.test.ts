// A service that trains, from the command line as real processes: nothing leaves without a word, a killed Neiro finds its job again,
// and the model that is there then answers beside the one that is here. The service is played (played-openai.ts).
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { PlayedOpenAi } from '../services/runners/played-openai'
import { runNeiro, type Ended } from './neiro-process'

const model = 'gpt-4.1-mini-2025-04-14'
let folder = ''
let service: PlayedOpenAi
let data = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'neiro-clouds-'))
  data = join(folder, 'faq.csv')
  const rows = Array.from({ length: 24 }, (_, n) => `質問その${n}は何ですか,${n}番のお答えです。`)
  writeFileSync(data, `質問,回答\n${rows.join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  service = new PlayedOpenAi()
  await service.start()
})
afterEach(() => service.stop())

const env = (): Readonly<Record<string, string>> => ({
  ...{ NEIRO_HOME: join(folder, 'home'), OPENAI_API_KEY: 'sk-cli', NEIRO_LANG: 'en' }
})
const neiro = (...args: readonly string[]): Promise<Ended> =>
  runNeiro([...args, '--lang', 'en'], { env: env() })
const tuneArgs = (file = data): readonly string[] => [
  ...[
    'tune',
    '--data',
    file,
    '--on',
    service.openai,
    '--model-there',
    model,
    '--price',
    '5',
    '--epochs',
    '2'
  ],
  ...['--name', 'at-openai']
]

test('a plan says how long it takes here, and on a machine of another kind', async () => {
  const { status, stdout, stderr } = await neiro('plan', '--model', 'starter', '--data', data)
  expect(status, stderr).toBe(0)
  const [here = '', there = ''] = stdout
    .split('\n')
    .filter((line) => /about /.test(line) && !/tokens a second/.test(line))
  expect(here).toMatch(/steps, [\d,]+ tokens: about/)
  expect(there).toMatch(/on one NVIDIA H100 about .*--on trains on another machine/)
})

test('nothing leaves without a word, and nothing is left of what was refused', async () => {
  const asked = await neiro(...tuneArgs())
  expect(asked.status).not.toBe(0)
  expect(asked.stderr).toContain('--send')
  expect(asked.stdout).toContain('every text of')
  expect(asked.stdout).toContain('6 January 2027')
  expect(asked.stdout).toMatch(/at 5 for a million tokens/)
  const personal = join(folder, 'personal.csv')
  writeFileSync(personal, `${readFileSync(data, 'utf8')}電話は,お電話は 090-1234-5678 へどうぞ。\n`)
  const unmasked = await neiro(...tuneArgs(personal), '--send')
  expect(unmasked.stderr).toContain('--unmasked')
  const nowhere = await neiro('tune', '--data', data, '--on', service.openai, '--send')
  expect(nowhere.stderr).toContain('--model-there')
  expect(service.connections).toBe(0)
  expect((await neiro('runs')).stdout).not.toContain('at-openai')
}, 240_000)

test('trains there through a kill, and the model that comes of it answers beside the one that is here', async () => {
  const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
  const child = spawn(process.execPath, [cli, ...tuneArgs(), '--send'], {
    env: { ...process.env, ...env() },
    stdio: 'ignore'
  })
  service.script.push((job) => {
    job.status = 'running'
    service.step(job, 1, 4, { full_valid_loss: 2 })
  })
  await expect.poll(() => service.jobs[0]?.status, { timeout: 60_000 }).toBe('running')
  const gone = new Promise((done) => child.once('close', done))
  child.kill('SIGKILL')
  await gone
  service.script.push((job) => {
    for (let step = 2; step <= 4; step++) service.step(job, step, 4, { full_valid_loss: 2 / step })
    service.succeed(job, 'ft:gpt-4.1-mini:office:neiro')
  })
  const home = await neiro('tune', '--resume', 'latest')
  expect(home.status, home.stderr).toBe(0)
  expect(home.stdout).toContain('ft:gpt-4.1-mini:office:neiro')
  expect([service.files.length, service.jobs.length]).toEqual([2, 1])
  expect([...service.keys]).toEqual(['Bearer sk-cli'])
  expect((await neiro('runs')).stdout).toContain('at-openai')

  // asked only after a word, and only once
  const evalArgs = ['eval', '--run', 'latest', '--limit', '2', '--max-new-tokens', '4']
  const unasked = await neiro(...evalArgs)
  expect(unasked.stderr).toContain('--send')
  expect(unasked.stdout).toContain('the text of 2 questions')
  expect(service.questions).toEqual([])
  service.answer = () => '1番のお答えです。'
  const evaluated = await neiro(...evalArgs, '--send')
  expect(evaluated.status, evaluated.stderr).toBe(0)
  expect(evaluated.stdout).toContain('ft:gpt-4.1-mini:office:neiro')
  expect(evaluated.stdout).toContain('1番のお答えです。')
  expect(service.questions.map((one) => one.model)).toEqual(Array(2).fill('ft:gpt-4.1-mini:office:neiro'))
  expect(JSON.stringify(service.questions)).not.toContain('番のお答えです')
  expect((await neiro(...evalArgs)).status).toBe(0)
  expect(service.questions).toHaveLength(2)

  // beside any other model that is here, on other questions
  const beside = ['eval', '--model', 'starter', '--data', data, '--with-run', 'latest', '--limit', '1']
  const compared = await neiro(...beside, '--max-new-tokens', '4', '--send')
  expect(compared.stdout, compared.stderr).toContain('ft:gpt-4.1-mini:office:neiro')
  expect(service.questions).toHaveLength(3)

  const talk = await neiro('chat', '--run', 'latest', '--prompt', '送料は？', '--send')
  expect(talk.stdout).toContain('1番のお答えです。')
  expect(service.questions.at(-1)?.messages).toMatchObject([{ role: 'user', content: '送料は？' }])
  const exported = await neiro('export', 'merged', '--run', 'latest', '--out', join(folder, 'out'))
  expect(exported.stderr).toContain('[RESULT_IS_REMOTE]')

  const runs = join(folder, 'home', 'runs')
  const [run = ''] = readdirSync(runs)
  const asked = JSON.parse(readFileSync(join(runs, run, 'asked.json'), 'utf8')) as { departures: object[] }
  expect(asked.departures).toHaveLength(3)
  expect(asked.departures[0]).toMatchObject({ place: { kind: 'openai' }, examples: { heldOut: 2 } })
}, 300_000)
