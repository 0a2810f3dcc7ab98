// Experts that learn (PEFT's target_parameters), through the module's own calls: merged they say what they said, a saved
// adapter is the same to the bit, and what PEFT does not have either is refused. The numbers are the golden cases' to prove.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { OpenOptions } from '../../addon/index'
import { adapterBits, batchOf, goldenModel, lora, refusal, stepOptions } from '../fixtures/sessions'
import { withSession } from '../golden-runner/engine'

const dir = mkdtempSync(join(tmpdir(), 'neiro-experts-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const modelDir = resolve(import.meta.dirname, '../golden-2/models/qwen3_moe')
const learning = { ...lora, targetModules: ['q_proj'], targetParameters: ['gate_up_proj', 'down_proj'] }
const batch = batchOf([23, 18], 9)
const learnt = batchOf([17, 30], 2)

const open = (more: Partial<OpenOptions> = {}): OpenOptions => ({
  modelDir,
  baseQuantization: 'f32',
  seed: 1,
  threads: 2,
  maxTokensPerMicroBatch: 64,
  maxContext: 96,
  ...more
})

test.each([
  ['both weights, on f32', 'f32', ['gate_up_proj', 'down_proj']],
  ['both weights, on nf4', 'nf4', ['mlp.experts.gate_up_proj', 'experts.down_proj']],
  ['gate and up alone', 'f32', ['gate_up_proj']],
  ['down alone', 'f32', ['down_proj']]
] as const)('%s: they learn, are saved, and merged say the same', async (name, base, parameters) => {
  const train = { ...learning, targetParameters: [...parameters] }
  const [saved, merged] = [join(dir, `${name} adapter`), join(dir, `${name} merged`)]
  const [said, bits] = await withSession(open({ baseQuantization: base, train }), async (session) => {
    const plain = await session.logits(batch, { adapter: false })
    // B is zero at first
    expect(await session.logits(batch, { adapter: true })).toEqual(plain)
    const before = await session.evaluate(learnt, { adapter: true })
    for (let step = 1; step <= 6; step++) await session.step([learnt], stepOptions(step))
    expect((await session.evaluate(learnt, { adapter: true })).nllSum).toBeLessThan(before.nllSum)
    expect(await session.logits(batch, { adapter: false })).toEqual(plain)
    await session.saveAdapter({ dir: saved, baseModelName: 'x' })
    await session.saveMerged({ dir: merged, dtype: 'F32' })
    return [await session.logits(batch, { adapter: true }), await adapterBits(session)] as const
  })
  // those of experts are the last; the one that PEFT wraps first stands within the other
  const inner = parameters.length === 2 ? ['experts.base_layer.lora_A', 'experts.lora_A'] : ['experts.lora_A']
  expect(Object.keys(bits).filter((key) => key.includes('experts') && key.includes('lora_A'))).toEqual(
    inner.map((key) => `base_model.model.model.layers.1.mlp.${key}.weight`)
  )
  const config = JSON.parse(readFileSync(join(saved, 'adapter_config.json'), 'utf8')) as object
  expect(config).toMatchObject({ target_modules: ['q_proj'], target_parameters: parameters })

  await withSession(open({ baseQuantization: base, adapterDir: saved }), async (session) => {
    expect(await adapterBits(session)).toEqual(bits)
    expect(await session.logits(batch, { adapter: true })).toEqual(said)
  })
  copyFileSync(join(modelDir, 'config.json'), join(merged, 'config.json'))
  const top = said.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  await withSession(open({ modelDir: merged }), async (session) => {
    const got = await session.logits(batch, { adapter: false })
    const apart = got.reduce((most, value, i) => Math.max(most, Math.abs(value - (said[i] ?? NaN))), 0)
    expect(apart / top).toBeLessThan(1e-4)
  })
})

test('its steps are the same with and without recomputing', async () => {
  const steps = (gradientCheckpointing: boolean): Promise<Record<string, string>> =>
    withSession(open({ train: learning, gradientCheckpointing }), async (session) => {
      for (let step = 1; step <= 3; step++) await session.step([learnt], stepOptions(step))
      return adapterBits(session)
    })
  expect(await steps(true)).toEqual(await steps(false))
})

test.each([
  ['a name that no weight has', { ...learning, targetParameters: ['up_proj'] }, modelDir, 'targetParameters'],
  ['a model without experts', learning, goldenModel('llama'), 'targetParameters'],
  ['dropout, which PEFT refuses there', { ...learning, dropout: 0.1 }, modelDir, 'dropout'],
  ['DoRA', { ...learning, dora: true }, modelDir, 'dora, start']
] as const)('%s is refused', async (_name, train, model, option) => {
  const { code, details } = await refusal(() =>
    withSession(
      open({ modelDir: model, train: { ...train, targetParameters: [...train.targetParameters] } }),
      async () => undefined
    )
  )
  expect([code, details['option']]).toEqual(['BAD_OPTION', option])
})
