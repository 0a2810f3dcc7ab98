// A model that gives replies points, on the command line, as real processes on a tiny model: learnt from pairs, paused and
// resumed to the same bits, looked at, taken home for Transformers and PEFT; and what it is not asked for.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSafetensors, tensorOf } from '../fixtures/safetensors'
import { neiro } from '../fixtures/neiro-cli'
import { folderBytes } from '../trainer/run-fixture'
import { Desk, only } from './desk'

const desk = new Desk()
const pairs = join(desk.place, 'pairs.jsonl')
const run = join(desk.place, 'judge')
const lines = Array.from({ length: 40 }, (_, at) =>
  JSON.stringify({
    prompt: `question ${at} please`,
    chosen: `thank you, number ${at % 7} is ready`,
    rejected: `no idea about ${at % 5}`
  })
)
writeFileSync(pairs, `${lines.join('\n')}\n`)
afterAll(() => desk.remove())

const steps = ['--max-steps', '20', '--learning-rate', '1e-2', '--batch-size', '4', '--seed', '3']
const tune = (out: string, ...more: string[]): string[] => [
  ...['tune', '--model', desk.model, '--method', 'reward', '--data', pairs],
  ...['--max-seq-length', '96', '--lora-rank', '4', '--threads', '1', ...steps, '--out', out, ...more]
]
beforeAll(async () => {
  const { status, stderr, events } = await neiro(tune(run), desk.env)
  if (status !== 0) throw new Error(stderr)
  const told = only(events, 'evaluation').map((line) => line['figures'] as unknown as Record<string, number>)
  expect(told.at(-1)?.['loss']).toBeLessThan(told[0]?.['loss'] ?? 0)
  expect(told.at(-1)?.['pointAccuracy']).toBe(1)
  expect(told.at(-1)?.['pointMargin']).toBeGreaterThan(0)
})

test('paused and resumed it is the same to the bit, its head too', async () => {
  const dir = join(desk.place, 'paused')
  const paused = await desk.person(tune(dir), { interruptAt: ['step 1'] })
  expect(paused.status, paused.stderr).toBe(130)
  const resumed = await neiro(['tune', '--resume', dir], desk.env)
  expect(resumed.status, resumed.stderr).toBe(0)
  expect(await folderBytes(dir, 'adapter')).toEqual(await folderBytes(run, 'adapter'))
})

test('its points are held against pairs, those that were kept out and others', async () => {
  const own = await neiro(['eval', '--run', run], desk.env)
  expect(own.status, own.stderr).toBe(0)
  const figures = (only(own.events, 'scores')[0] as unknown as { figures: Record<string, number> }).figures
  expect(figures['pointAccuracy']).toBe(1)
  const turned = join(desk.place, 'turned.jsonl')
  const other = {
    prompt: 'question 3 please',
    chosen: 'no idea about 2',
    rejected: 'thank you, number 3 is ready'
  }
  writeFileSync(turned, `${JSON.stringify(other)}\n`)
  const against = await neiro(['eval', '--run', run, '--data', turned], desk.env)
  expect(only(against.events, 'scores')[0], against.stderr).toMatchObject({
    pairs: 1,
    figures: { pointAccuracy: 0 }
  })
  const said = await desk.person(['eval', '--run', run, '--data', turned])
  expect(said.stdout).toContain('Pairs whose preferred reply (above) has no more points: 1')
})

test('taken home it is what Transformers and PEFT open: one number, and how to ask for it', async () => {
  const out = join(desk.place, 'taken')
  const { status, stderr } = await neiro(['export', 'merged', '--run', run, '--out', out], desk.env)
  expect(status, stderr).toBe(0)
  const config = JSON.parse(readFileSync(join(out, 'config.json'), 'utf8')) as object
  expect(config).toMatchObject({
    architectures: ['LlamaForSequenceClassification'],
    num_labels: 1,
    id2label: { 0: 'reward' }
  })
  expect(tensorOf(readSafetensors(join(out, 'model.safetensors')), 'score.weight').shape).toEqual([1, 64])
  expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('A reward model')
  const peft = join(desk.place, 'peft')
  expect((await neiro(['export', 'peft', '--run', run, '--out', peft], desk.env)).status).toBe(0)
  const adapter = JSON.parse(readFileSync(join(peft, 'adapter_config.json'), 'utf8')) as object
  expect(adapter).toMatchObject({ task_type: 'SEQ_CLS', modules_to_save: ['score'] })
})

test('it begins with the model, and not with what says words', async () => {
  await desk.train()
  const out = join(desk.place, 'from-words')
  // what it goes on from decides the size
  const from = (start: string): string[] => [
    ...tune(out).filter((word, at, all) => word !== '--lora-rank' && all[at - 1] !== '--lora-rank'),
    ...['--start', start]
  ]
  const { events } = await neiro(from(desk.run), desk.env)
  expect(only(events, 'error')[0]).toMatchObject({ code: 'START_OTHER_HEAD' })
  // but with one of its own kind, which goes on learning
  const on = await neiro(from(run), desk.env)
  expect(on.status, on.stderr).toBe(0)
  const first = only(on.events, 'evaluation')[0] as unknown as { figures: Record<string, number> }
  expect(first.figures['pointAccuracy']).toBe(1)
})

test('it sorts no texts, and learns from nothing but pairs', async () => {
  const sorted = await neiro(['classify', '--run', run, 'hello'], desk.env)
  expect(only(sorted.events, 'error')[0]).toMatchObject({ code: 'RATES_REPLIES' })
  const none = await neiro(['eval', '--run', run, '--data', desk.faq], desk.env)
  expect(only(none.events, 'error')[0]).toMatchObject({ code: 'NO_PAIRS' })
  const out = join(desk.place, 'no-run')
  const args = tune(out).map((word) => (word === pairs ? desk.faq : word))
  const wrong = await neiro(args, desk.env)
  expect(only(wrong.events, 'error')[0]).toMatchObject({ code: 'NOTHING_TO_LEARN' })
  expect(existsSync(out)).toBe(false)
})
