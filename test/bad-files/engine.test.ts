// Bad model files through the engine: each is refused with a sentence, a code and a way out, without a crash,
// a hang or a large allocation.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BaseQuantization } from '../../addon/index'
import { bfloat16, floats, readSafetensors, writeSafetensors } from '../fixtures/safetensors'
import { batchOf, goldenModel, lora, openOptions, refusal } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'
import { lfsPointer, spoiltConfigs, spoiltWeights } from './spoilt-models'

let place = ''
const model = (): string => join(place, 'model')
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'neiro-bad-'))
})
beforeEach(() => {
  rmSync(model(), { recursive: true, force: true })
  cpSync(goldenModel('llama'), model(), { recursive: true })
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

const open = (baseQuantization: BaseQuantization = 'none', more = {}): Promise<unknown> =>
  engine().Session.open(openOptions({ modelDir: model(), baseQuantization, ...more }))

/** Much more than the tiny model takes, far less than what the bad sizes claim. */
const allowedGrowth = 300e6
const peak = (): number => process.resourceUsage().maxRSS * 1024

async function expectRefused(codes: readonly string[], call: () => Promise<unknown>): Promise<void> {
  const before = peak()
  const { code, message, hint } = await refusal(call)
  expect(codes, message).toContain(code)
  expect(message.length).toBeGreaterThan(10)
  expect(hint.length).toBeGreaterThan(10)
  expect(message + hint).not.toMatch(/\{\w+\}/) // every place of the sentences is filled
  expect(peak() - before).toBeLessThan(allowedGrowth)
}

describe('weights', () => {
  for (const { name, spoil, codes } of spoiltWeights)
    test(name, async () => {
      spoil(model())
      await expectRefused(codes, () => open())
      await expectRefused(codes, () => open('nf4'))
    })

  test('NaN in a BF16 file, mapped or not', async () => {
    const file = join(model(), 'model.safetensors')
    const halved = new Map(
      [...readSafetensors(file)].map(([name, t]) => [name, bfloat16(floats(t), t.shape)])
    )
    const bad = halved.get('model.layers.1.self_attn.v_proj.weight')
    new Uint16Array(bad?.bytes.buffer ?? new ArrayBuffer(2))[9] = 0x7fc0
    writeSafetensors(file, halved)
    for (const base of ['none', 'bf16', 'f32', 'nf4'] as const)
      await expectRefused(['NOT_FINITE_WEIGHTS'], () => open(base))
  })
})

describe('configs', () => {
  for (const { name, spoil, codes } of spoiltConfigs)
    test(name, async () => {
      spoil(model())
      await expectRefused(codes, () => open())
      // what reads headers alone must not believe them either
      await expectRefused(codes, () => engine().inspectModel(model()))
      await expectRefused(codes, () => engine().planMemory(openOptions({ modelDir: model() })))
    })
})

describe('chance', () => {
  /** The same noise every time. */
  function noise(seed: number): () => number {
    let state = seed
    return () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) / 2 ** 24
  }

  test('three hundred headers with a few bytes changed: opened or refused, never worse', async () => {
    const file = join(model(), 'model.safetensors')
    const original = readFileSync(file)
    const headerEnd = 8 + Number(original.readBigUInt64LE(0))
    const random = noise(5)
    const refused = new Set<string>()
    for (let i = 0; i < 300; ++i) {
      const bytes = Buffer.from(original)
      for (let change = 0; change <= i % 4; ++change)
        bytes[8 + Math.floor(random() * (headerEnd - 8))] = 32 + Math.floor(random() * 95)
      writeFileSync(file, bytes)
      await engine()
        .inspectModel(model())
        .catch((error: { code: string; details: Record<string, string> }) => {
          expect(error.code).toMatch(/^[A-Z][A-Z0-9_]+$/)
          expect(typeof error.details).toBe('object')
          refused.add(error.code)
        })
    }
    expect(refused.size).toBeGreaterThan(2)
    expect(refused).not.toContain('INTERNAL')
  })

  test('two hundred configs with a few bytes changed', async () => {
    const file = join(model(), 'config.json')
    const original = readFileSync(file)
    const random = noise(6)
    for (let i = 0; i < 200; ++i) {
      const bytes = Buffer.from(original)
      for (let change = 0; change <= i % 4; ++change)
        bytes[Math.floor(random() * bytes.length)] = 32 + Math.floor(random() * 95)
      writeFileSync(file, bytes)
      await engine()
        .inspectModel(model())
        .catch((error: { code: string }) => {
          expect(error.code).toMatch(/^[A-Z][A-Z0-9_]+$/)
          expect(error.code).not.toBe('INTERNAL')
        })
    }
  })
})

describe('adapters', () => {
  const adapter = (): string => join(place, 'adapter')
  beforeEach(async () => {
    rmSync(adapter(), { recursive: true, force: true })
    await withSession(openOptions(), (session) => session.saveAdapter({ dir: adapter(), baseModelName: 'x' }))
  })
  const config = (changes: object): void => {
    const file = join(adapter(), 'adapter_config.json')
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...changes }))
  }
  const weights = (): string => join(adapter(), 'adapter_model.safetensors')
  const spoilt: Readonly<Record<string, () => void>> = {
    'no config': () => rmSync(join(adapter(), 'adapter_config.json')),
    'no weights': () => rmSync(weights()),
    'a config that is no JSON': () => writeFileSync(join(adapter(), 'adapter_config.json'), '{"r":'),
    'another rank in the config': () => config({ r: 9 }),
    'an enormous rank': () => config({ r: 2 ** 40 }),
    'alpha as text': () => config({ lora_alpha: 'much' }),
    'another method': () => config({ peft_type: 'IA3' }),
    'DoRA, which is not known yet': () => config({ use_dora: true }),
    'a module that the model lacks': () => config({ target_modules: ['qkv_proj'] }),
    'more modules than weights': () => config({ target_modules: ['q_proj', 'k_proj'] }),
    'weights cut in half': () => writeFileSync(weights(), readFileSync(weights()).subarray(0, 9000)),
    'a Git LFS pointer': () => writeFileSync(weights(), lfsPointer),
    'weights of another model': () => {
      const tensors = new Map(readSafetensors(weights()))
      const [name, tensor] = [...tensors][0] ?? []
      if (!name || !tensor) throw new Error('no tensor')
      tensors.delete(name)
      writeSafetensors(weights(), tensors.set(name.replace('layers.0', 'layers.7'), tensor))
    },
    'NaN in a weight': () => {
      const tensors = new Map(readSafetensors(weights()))
      const [name, tensor] = [...tensors][0] ?? []
      if (!name || !tensor) throw new Error('no tensor')
      const bytes = Uint8Array.from(tensor.bytes)
      new Float32Array(bytes.buffer)[1] = NaN
      writeSafetensors(weights(), tensors.set(name, { ...tensor, bytes }))
    }
  }
  for (const [name, spoil] of Object.entries(spoilt))
    test(name, async () => {
      spoil()
      const use = { train: undefined, adapterDir: adapter() }
      const { code, message, hint } = await refusal(() => open('f32', use))
      expect(code, message).toMatch(/^[A-Z][A-Z0-9_]+$/)
      expect(code).not.toBe('INTERNAL')
      expect(hint.length).toBeGreaterThan(10)
      expect(message + hint).not.toMatch(/\{\w+\}/) // every place of the sentences is filled
    })

  test('an adapter that does not match what is to be trained', async () => {
    const wrong = { train: { ...lora, rank: 5 }, adapterDir: adapter() }
    expect((await refusal(() => open('f32', wrong))).code).not.toBe('INTERNAL')
    const right = { train: lora, adapterDir: adapter() }
    await withSession(openOptions({ modelDir: model(), ...right }), (session) =>
      session.evaluate(batchOf([9]), { adapter: true })
    )
  })
})
