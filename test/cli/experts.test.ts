// Models with experts, and Gemma 4, on the command line as real processes on tiny ones: tuned, talked to, taken home as a
// folder whose experts stand as their family has them; a GGUF file of them is refused by name.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neiro } from '../fixtures/neiro-cli'
import { readSafetensors } from '../fixtures/safetensors'
import { tinyModel } from '../fixtures/tiny-model'
import { Desk, only, small } from './desk'

const desk = new Desk()
afterAll(() => desk.remove())

const shapes = (dir: string): Record<string, readonly number[]> =>
  Object.fromEntries(
    [...readSafetensors(join(dir, 'model.safetensors'))].map(([name, { shape }]) => [name, shape])
  )

describe.each(['qwen3_moe', 'gpt_oss', 'gemma4', 'gemma4-moe'] as const)('%s', (name) => {
  const model = tinyModel(name, desk.place)
  const run = join(desk.place, `${name}-run`)

  beforeAll(async () => {
    const steps = ['--max-steps', '6', '--learning-rate', '1e-2', '--seed', '3', '--out', run]
    const tuned = await neiro(['tune', '--model', model, '--data', desk.faq, ...small, ...steps], desk.env)
    if (tuned.status !== 0) throw new Error(tuned.stderr)
    const losses = only(tuned.events, 'evaluation').map(
      (line) => (line['figures'] as unknown as { loss: number }).loss
    )
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0)
  })

  test('is talked to', async () => {
    const ask = ['--prompt', '質問1は', '--temperature', '0', '--max-new-tokens', '6']
    const said = await neiro(['chat', '--run', run, ...ask], desk.env)
    expect(said.status, said.stderr).toBe(0)
  })

  test('merged, it has the tensors of its family', async () => {
    const out = join(desk.place, `${name}-home`)
    const { status, stderr } = await neiro(
      ['export', 'merged', '--run', run, '--out', out, '--dtype', 'f32'],
      desk.env
    )
    expect(status, stderr).toBe(0)
    expect(shapes(out)).toEqual(shapes(model))
    const config = JSON.parse(readFileSync(join(out, 'config.json'), 'utf8')) as { model_type: string }
    expect(config.model_type).toBe(name === 'gemma4-moe' || name === 'gemma4' ? 'gemma4_text' : name)
  })

  test('as a GGUF file it is refused by name, and nothing is left', async () => {
    const out = join(desk.place, `${name}-gguf`)
    const { status, events } = await neiro(['export', 'gguf', '--run', run, '--out', out], desk.env)
    expect(status).not.toBe(0)
    expect(only(events, 'error')[0]).toMatchObject({ code: 'GGUF_FAMILY' })
    expect(existsSync(out)).toBe(false)
  })
})

test('experts of Qwen3 learn where they are named, and others are refused by name', async () => {
  const model = tinyModel('qwen3_moe', desk.place)
  const tune = (out: string, names: string): Promise<Awaited<ReturnType<typeof neiro>>> =>
    neiro(
      [
        ...['tune', '--model', model, '--data', desk.faq, ...small, '--max-steps', '1'],
        ...['--lora-dropout', '0', '--target-parameters', names, '--out', out]
      ],
      desk.env
    )
  const run = join(desk.place, 'experts-run')
  const { status, stderr } = await tune(run, 'gate_up_proj, down_proj')
  expect(status, stderr).toBe(0)
  const names = [...readSafetensors(join(run, 'adapter/adapter_model.safetensors')).keys()]
  expect(names).toContain('base_model.model.model.layers.1.mlp.experts.base_layer.lora_A.weight')
  const refused = await tune(join(desk.place, 'no-run'), 'o_proj')
  expect(refused.status).not.toBe(0)
  expect(JSON.stringify(only(refused.events, 'error')[0])).toContain('targetParameters')
})
