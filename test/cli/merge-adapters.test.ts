// Several adapters in one, on the command line as real processes on a tiny model: what comes of it is their sum, and what does not
// belong together is refused by name.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { neiro } from '../fixtures/neiro-cli'
import { floats, readSafetensors, tensorOf } from '../fixtures/safetensors'
import { tinyModel } from '../fixtures/tiny-model'
import { Desk, only } from './desk'

const desk = new Desk()
const at = (name: string): string => join(desk.place, name)
afterAll(() => desk.remove())

const tune = async (name: string, model: string, ...more: string[]): Promise<void> => {
  const args = ['tune', '--model', model, '--data', desk.faq, '--max-seq-length', '64', '--threads', '1']
  const steps = ['--max-steps', '3', '--learning-rate', '5e-2', '--out', at(name)]
  const { status, stderr } = await neiro([...args, ...steps, ...more], desk.env)
  if (status !== 0) throw new Error(stderr)
}
const merge = (...args: string[]): ReturnType<typeof neiro> =>
  neiro(['merge-adapters', '--threads', '1', ...args], desk.env)

beforeAll(async () => {
  await tune('a', desk.model, '--lora-rank', '4', '--seed', '1')
  await tune('b', desk.model, '--lora-rank', '2', '--seed', '2')
  await tune('dora', desk.model, '--dora', '--lora-rank', '4')
  await tune('other', tinyModel('qwen2', desk.place), '--lora-rank', '4')
}, 240_000)

/** What a folder adds to a layer: scale B A, [out, in]. */
function deltaOf(dir: string): Float64Array {
  const config = JSON.parse(readFileSync(join(dir, 'adapter_config.json'), 'utf8')) as {
    r: number
    lora_alpha: number
  }
  const tensors = readSafetensors(join(dir, 'adapter_model.safetensors'))
  const name = (half: string): string =>
    `base_model.model.model.layers.0.self_attn.q_proj.lora_${half}.weight`
  const [a, b] = [tensorOf(tensors, name('A')), tensorOf(tensors, name('B'))]
  const [rank = 0, into = 0] = a.shape
  const out = b.shape[0] ?? 0
  const [as, bs] = [floats(a), floats(b)]
  const delta = new Float64Array(out * into)
  for (let row = 0; row < out; row++)
    for (let i = 0; i < rank; i++)
      for (let column = 0; column < into; column++) {
        const product = (bs[row * rank + i] ?? NaN) * (as[i * into + column] ?? NaN)
        delta[row * into + column] =
          (delta[row * into + column] ?? NaN) + (config.lora_alpha / config.r) * product
      }
  return delta
}

test('run and folder become one that is their weighed sum, and is talked to', async () => {
  const { status, stderr, events } = await merge(
    ...[at('a'), join(at('b'), 'adapter')],
    ...['--weights', '0.75,-0.5', '--out', at('sum')]
  )
  expect(status, stderr).toBe(0)
  expect(only(events, 'combined')[0]).toMatchObject({ how: 'cat', rank: 6, dir: at('sum') })
  const [a, b, sum] = [
    deltaOf(join(at('a'), 'adapter')),
    deltaOf(join(at('b'), 'adapter')),
    deltaOf(at('sum'))
  ]
  const largest = sum.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
  const apart = sum.reduce(
    (most, one, i) => Math.max(most, Math.abs(one - (0.75 * (a[i] ?? NaN) - 0.5 * (b[i] ?? NaN)))),
    0
  )
  expect(largest).toBeGreaterThan(1e-3)
  expect(apart / largest).toBeLessThan(1e-5)
  expect(readFileSync(join(at('sum'), 'README.md'), 'utf8')).toContain('-0.5')
  const ask = ['--prompt', '質問1は', '--temperature', '0', '--max-new-tokens', '4']
  const said = await neiro(['chat', '--adapter', at('sum'), ...ask], desk.env)
  expect(said.status, said.stderr).toBe(0)
}, 120_000)

test.each([
  ['another base', ['a', 'other'], [], 'COMBINE_OTHER_BASE', {}],
  ['other ranks with linear', ['a', 'b'], ['--method', 'linear'], 'BAD_OPTION', {}],
  ['DoRA', ['a', 'dora'], [], 'COMBINE_UNSUPPORTED', { adapter: at('dora'), field: 'use_dora' }],
  ['a weight too few', ['a', 'b'], ['--weights', '1'], 'WRONG_FLAG_VALUE', {}]
])('%s is refused by name, and nothing is left', async (_, names, flags, code, details) => {
  const { status, events } = await merge(...names.map(at), ...flags, '--out', at('nothing'))
  expect(status).not.toBe(0)
  expect(only(events, 'error')[0]).toMatchObject({ code, details })
  expect(existsSync(at('nothing'))).toBe(false)
})
