// Adapters that put learnt tokens before each example, on the command line as real processes on a tiny model: planned, tuned,
// resumed, evaluated, talked to, exported as PEFT and read again from there; what cannot be is refused by name.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neiro } from '../fixtures/neiro-cli'
import { readSafetensors } from '../fixtures/safetensors'
import { tinyModel } from '../fixtures/tiny-model'
import { folderBytes } from '../trainer/run-fixture'
import { Desk, only } from './desk'

const desk = new Desk()
afterAll(() => desk.remove())

const steps = ['--max-steps', '8', '--learning-rate', '5e-2', '--seed', '3', '--evaluation-steps', '4']
const tune = (kind: string, out: string, ...more: string[]): string[] => [
  ...['tune', '--model', desk.model, '--data', desk.faq, '--adapter', kind, '--virtual-tokens', '6'],
  ...['--max-seq-length', '64', '--threads', '1', '--question', '送料は', '--out', out, ...steps, ...more]
]
const lossesOf = (events: Parameters<typeof only>[0]): number[] =>
  only(events, 'evaluation').map((line) => (line['figures'] as unknown as { loss: number }).loss)

const base = join(desk.place, 'lora-run')
beforeAll(async () => {
  const args = ['tune', '--model', desk.model, '--data', desk.faq, '--max-seq-length', '64', '--threads', '1']
  const { status, stderr } = await neiro([...args, '--out', base, ...steps], desk.env)
  if (status !== 0) throw new Error(stderr)
})

describe.each(['prompt', 'prefix', 'p-tuning'])('%s', (kind) => {
  const run = join(desk.place, `${kind}-run`)
  const peft = join(desk.place, `${kind}-peft`)

  test('learns, and is measured against the base alone', async () => {
    const { status, stderr, events } = await neiro(tune(kind, run, '--packing'), desk.env)
    expect(status, stderr).toBe(0)
    const losses = lossesOf(events)
    const untouched = JSON.parse(
      readFileSync(join(base, 'metrics.jsonl'), 'utf8')
        .split('\n')
        .find((line) => line.includes('"evaluation"')) as string
    ) as { figures: { loss: number } }
    // what noise before each example would say is no loss of the base
    expect(losses[0]).toBeCloseTo(untouched.figures.loss, 5)
    expect(losses.at(-1)).toBeLessThan(losses[1] as number)
    const tensors = readSafetensors(join(run, 'adapter/adapter_model.safetensors'))
    expect([...tensors.keys()]).toEqual(['prompt_embeddings'])
    expect(tensors.get('prompt_embeddings')?.shape[0]).toBe(6)
  }, 120_000)

  test('is evaluated, with room for its answers; exported as PEFT and read again, it is the same', async () => {
    const evaluated = await neiro(['eval', '--run', run, '--limit', '1', '--max-new-tokens', '6'], desk.env)
    expect(evaluated.status, evaluated.stderr).toBe(0)
    const [scores] = only(evaluated.events, 'scores')
    expect(scores).toMatchObject({ base: { examples: 2 }, tuned: { examples: 2 } })
    const written = await neiro(['export', 'peft', '--run', run, '--out', peft], desk.env)
    expect(written.status, written.stderr).toBe(0)
    expect(readFileSync(join(peft, 'README.md'), 'utf8')).not.toContain('LoRA')
    // one of them is enough: what is read is the engine's (test/addon/adapter-kinds)
    if (kind !== 'p-tuning') return
    const again = await neiro(
      ['eval', '--run', run, '--adapter', peft, '--limit', '1', '--max-new-tokens', '6'],
      desk.env
    )
    expect(again.status, again.stderr).toBe(0)
    expect(only(again.events, 'scores')).toEqual([scores])
  }, 120_000)

  test('paused and resumed it is the same to the bit', async () => {
    const dir = join(desk.place, `${kind}-paused`)
    const paused = await desk.person(tune(kind, dir, '--packing'), { interruptAt: ['step 4'] })
    expect(paused.status, paused.stderr).toBe(130)
    const { status, stderr } = await desk.person(['tune', '--resume', dir])
    expect(status, stderr).toBe(0)
    expect(await folderBytes(dir, 'adapter')).toEqual(await folderBytes(run, 'adapter'))
  }, 120_000)
})

test('talks, and cannot be built into the weights: refused by name, and nothing is left', async () => {
  const run = join(desk.place, 'prefix-run')
  const ask = ['--prompt', '質問1は', '--temperature', '0', '--max-new-tokens', '6']
  const said = await neiro(['chat', '--run', run, ...ask], desk.env)
  expect(said.status, said.stderr).toBe(0)
  const out = join(desk.place, 'prefix-merged')
  const { status, events } = await neiro(['export', 'merged', '--run', run, '--out', out], desk.env)
  expect(status).not.toBe(0)
  expect(only(events, 'error')[0]).toMatchObject({ code: 'NOT_MERGEABLE' })
  expect(existsSync(out)).toBe(false)
}, 120_000)

test('a plan counts them: more tokens at once, and less room for the text', async () => {
  const plan = async (tokens: string): Promise<Record<string, unknown>> => {
    const args = ['plan', '--model', desk.model, '--data', desk.faq, '--max-seq-length', '64']
    const { events, stderr } = await neiro(
      [...args, '--adapter', 'prompt', '--virtual-tokens', tokens],
      desk.env
    )
    const [found] = only(events, 'plan')
    if (!found) throw new Error(stderr)
    return found
  }
  const [few, many] = [await plan('1'), await plan('200')]
  const activations = (one: Record<string, unknown>): number =>
    (one['memory'] as { activations: number }).activations
  expect(activations(many)).toBeGreaterThan(2 * activations(few))
})

test.each([
  [['--adapter', 'prompt', '--method', 'dpo'], 'SETTINGS_TOGETHER'],
  [['--adapter', 'prompt', '--target-modules', 'q_proj'], 'SETTING_NOT_FOR_CHOICE'],
  [['--adapter', 'prompt', '--virtual-tokens', '1024'], 'NO_ROOM_FOR_TEXT']
])('%j is refused before anything is learnt', async (flags, code) => {
  const out = join(desk.place, 'no-run')
  const args = ['tune', '--model', desk.model, '--data', desk.faq, '--out', out]
  const { status, events } = await neiro([...args, ...flags], desk.env)
  expect(status).not.toBe(0)
  expect(only(events, 'error')[0]).toMatchObject({ code })
  expect(existsSync(out)).toBe(false)
})

test('a prefix before layers that do not all attend alike is refused by name', async () => {
  const out = join(desk.place, 'no-prefix')
  const model = tinyModel('gemma4', desk.place)
  const { status, events } = await neiro(
    ['tune', '--model', model, '--data', desk.faq, '--adapter', 'prefix', '--out', out],
    desk.env
  )
  expect(status).not.toBe(0)
  expect(only(events, 'error')[0]).toMatchObject({ code: 'BAD_OPTION', details: { option: 'kind' } })
  expect(existsSync(out)).toBe(false)
})
