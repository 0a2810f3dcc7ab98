// Full training on the command line, as real processes on a tiny model: tuned, paused, listed, evaluated beside its
// base, talked to, and taken home as a whole model.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { floats, readSafetensors } from '../fixtures/safetensors'
import { neiro } from '../fixtures/neiro-cli'
import { folderBytes } from '../trainer/run-fixture'
import { Desk, only } from './desk'

const desk = new Desk()
const run = join(desk.place, 'full-run')
const steps = ['--max-steps', '6', '--learning-rate', '5e-3', '--seed', '3']
const tune = (out: string, ...more: string[]): string[] => [
  ...['tune', '--model', desk.model, '--data', desk.faq, '--method', 'full', '--threads', '1'],
  ...['--max-seq-length', '64', '--out', out, ...steps, ...more]
]
beforeAll(async () => {
  const { status, stderr, events } = await neiro(tune(run, '--question', '送料は'), desk.env)
  if (status !== 0) throw new Error(stderr)
  expect(only(events, 'finished')[0]).toMatchObject({ step: 6, result: join(run, 'model') })
})
afterAll(() => desk.remove())

test('what does not go with it is refused by name, and nothing is left of it', async () => {
  const out = join(desk.place, 'no-run')
  const { status, events } = await neiro(tune(out, '--lora-rank', '4'), desk.env)
  expect(status).not.toBe(0)
  expect(only(events, 'error')[0]).toMatchObject({
    code: 'SETTING_NOT_FOR_METHOD',
    details: { name: '--lora-rank', method: 'full' }
  })
  expect(existsSync(out)).toBe(false)
})

test('its memory is planned for weights that learn', async () => {
  const { events, stderr } = await neiro(
    ['plan', '--model', desk.model, '--data', desk.faq, '--method', 'full'],
    desk.env
  )
  const memory = only(events, 'plan')[0]?.['memory'] as Record<string, number>
  expect(memory, stderr).toMatchObject({ adapter: 0, gradients: memory['weights'] })
  expect(memory['optimizer']).toBe(2 * (memory['weights'] as number))
})

test('paused and resumed it is the same to the bit', async () => {
  const dir = join(desk.place, 'paused-run')
  const paused = await desk.person(tune(dir, '--question', '送料は'), { interruptAt: ['step 2'] })
  expect(paused.status, paused.stderr).toBe(130)
  const { status, stderr, stdout } = await desk.person(['tune', '--resume', dir])
  expect(status, stderr).toBe(0)
  expect(stdout).toContain('neiro export merged --run')
  expect(await folderBytes(dir, 'model')).toEqual(await folderBytes(run, 'model'))
})

test('is listed with its result', async () => {
  const { stdout } = await desk.person(['runs', '--run', run])
  expect(stdout).toContain(join(run, 'model'))
})

test('base and tuned are two models, each with its own loss and its own answers', async () => {
  const { events, stderr } = await neiro(['eval', '--run', run, '--limit', '1'], desk.env)
  const scores = only(events, 'scores')[0] as unknown as Record<'base' | 'tuned', { loss: number }>
  expect(scores.tuned.loss, stderr).toBeLessThan(scores.base.loss)
  const plain = await neiro(['eval', '--model', desk.model, '--data', desk.faq, '--limit', '0'], desk.env)
  expect(only(plain.events, 'scores')[0]).toMatchObject({ tuned: null })
})

test('is talked to, and so is its base', async () => {
  const ask = ['chat', '--run', run, '--prompt', '質問1は', '--temperature', '0', '--max-new-tokens', '8']
  const said = async (...more: string[]): Promise<unknown> => {
    const { events, stderr } = await neiro([...ask, ...more], desk.env)
    expect(only(events, 'answer'), stderr).toHaveLength(1)
    return only(events, 'answer')[0]?.['text']
  }
  const alone = await neiro(['chat', '--model', desk.model, ...ask.slice(3)], desk.env)
  expect(await said('--base')).toBe(only(alone.events, 'answer')[0]?.['text'])
  expect(await said()).not.toBe(await said('--base'))
})

describe('taken home', () => {
  test('as a whole model, compared with what learnt', async () => {
    const out = join(desk.place, 'home-model')
    const { events, stderr } = await neiro(
      ['export', 'merged', '--run', run, '--out', out, '--dtype', 'f32'],
      desk.env
    )
    expect(only(events, 'exported')[0], stderr).toMatchObject({ check: { largest: 0 } })
    const written = readFileSync(join(out, 'model.safetensors'))
    expect(written).toEqual(readFileSync(join(run, 'model/model.safetensors')))
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toMatch(/trained further in all its weights/)
    expect(readFileSync(join(out, 'README.md'), 'utf8')).not.toMatch(/lora_rank/)
  })

  test('not as an adapter: there is none', async () => {
    const out = join(desk.place, 'home-adapter')
    const { status, events } = await neiro(['export', 'peft', '--run', run, '--out', out], desk.env)
    expect(status).not.toBe(0)
    expect(only(events, 'error')[0]).toMatchObject({ code: 'NO_ADAPTER_TO_WRITE' })
    expect(existsSync(out)).toBe(false)
  })
})

describe('pruned before it learns', () => {
  test('says what it costs, keeps its zeros, and says so wherever it goes', async () => {
    const dir = join(desk.place, 'pruned-run')
    const { status, stderr, events } = await neiro(tune(dir, '--pruning', '2:4'), desk.env)
    expect(status, stderr).toBe(0)
    const said = only(events, 'notice').find(({ code }) => code === 'PRUNED')
    expect(said, stderr).toMatchObject({ details: { share: '50.0' } })
    const { before, after } = said?.['details'] as unknown as Record<'before' | 'after', string>
    const base = only(events, 'evaluation')[0] as unknown as { figures: { loss: number } }
    expect(before).toBe(base.figures.loss.toFixed(4))
    expect(after).not.toBe(before)
    const out = join(desk.place, 'pruned-model')
    const written = await desk.person(['export', 'merged', '--run', dir, '--out', out, '--dtype', 'f32'])
    expect(written.stdout, written.stderr).toMatch(/\(50\.0 ?%\).*(no smaller|小さくならず)/)
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toMatch(/50\.0 %.*(no smaller|小さくならず)/)
    const tensors = readSafetensors(join(out, 'model.safetensors'))
    const linear = [...tensors].filter(([name]) => name.endsWith('_proj.weight'))
    expect(linear.length).toBeGreaterThan(6)
    for (const [name, tensor] of linear) {
      const values = floats(tensor)
      const zeros = values.filter((value) => value === 0).length
      expect(zeros / values.length, name).toBe(0.5)
    }
  })

  test('two of four with another share is refused by name', async () => {
    const dir = join(desk.place, 'no-pruned-run')
    const { status, events } = await neiro(tune(dir, '--pruning', '2:4', '--pruning-amount', '0.7'), desk.env)
    expect(status).not.toBe(0)
    expect(only(events, 'error')[0]).toMatchObject({ code: 'SETTINGS_TOGETHER' })
    expect(existsSync(dir)).toBe(false)
  })
})

describe('a run that goes on from all that it learnt', () => {
  const next = join(desk.place, 'next-run')
  const named = /faq \(tone\)/
  beforeAll(async () => {
    writeFileSync(join(desk.model, 'README.md'), '---\nlicense: mit\n---\n')
    const going = ['tune', '--start', run, '--data', desk.faq, '--threads', '1', '--max-seq-length', '64']
    const { status, stderr } = await neiro([...going, '--max-steps', '2', '--out', next], desk.env)
    if (status !== 0) throw new Error(stderr)
  })

  test('is held against that run by its name, never against a base model', async () => {
    const { stdout, stderr } = await desk.person(['eval', '--run', next, '--limit', '1'])
    expect(stdout, stderr).toMatch(named)
    expect(stdout).not.toMatch(/base model/i)
    const report = join(desk.place, 'report.html')
    await desk.person(['eval', '--run', next, '--limit', '1', '--report', report])
    const page = readFileSync(report, 'utf8')
    expect(page).toMatch(named)
    expect(page.slice(0, page.indexOf('class="details"'))).not.toMatch(/base model/i)
    expect((await desk.person(['runs', '--run', next])).stdout).toMatch(named)
    // on a model that the user names it is that model
    const plain = await desk.person(['eval', '--run', next, '--model', join(run, 'model'), '--limit', '1'])
    expect(plain.stdout, plain.stderr).toMatch(/base model/i)
  })

  test('its difference alone says whose model it needs, and the licence of the model that somebody chose', async () => {
    const out = join(desk.place, 'next-peft')
    const { status, stderr } = await desk.person(['export', 'peft', '--run', next, '--out', out])
    expect(status, stderr).toBe(0)
    const card = readFileSync(join(out, 'README.md'), 'utf8')
    expect(card).toMatch(/This folder cannot be used alone.*faq \(tone\)/)
    expect(card).toContain('The licence of the base (mit)')
    expect(readFileSync(join(out, 'AUDIT.md'), 'utf8')).toMatch(/\| mit \|/)
  })
})
