// Every kind of adapter through the module's own calls: it learns, keeps its bits, goes to disk and comes back, on
// a base as it is and on one in NF4. What it computes is the golden cases' and the C++ tests' to prove.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { OpenOptions, Session, TrainMode } from '../../addon/index'
import {
  adapterBits,
  batchOf,
  goldenModel,
  lora,
  openOptions,
  refusal,
  stepOptions,
  train
} from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

const kinds: Readonly<Record<string, TrainMode>> = {
  lora: { ...lora, dropout: 0.1 },
  dora: { ...lora, dora: true, dropout: 0.1 },
  ia3: { kind: 'ia3', targetModules: ['all-linear'], feedforwardModules: ['down_proj'] },
  vera: { kind: 'vera', rank: 12, dropout: 0.1, targetModules: ['all-linear'] },
  pissa: { ...lora, start: 'pissa', dropout: 0.1 },
  olora: { ...lora, start: 'olora' },
  bias: { ...lora, targetModules: ['q_proj'], bias: 'all' },
  tokens: { ...lora, trainTokens: [7, 5, 6, 40] },
  'tokens of a tied head': { ...lora, trainTokens: [40, 5] },
  whole: { ...lora, wholeModules: ['embed_tokens', 'lm_head'] },
  prompt: { kind: 'prompt', virtualTokens: 4 },
  prefix: { kind: 'prefix', virtualTokens: 4 },
  'p-tuning': { kind: 'p-tuning', virtualTokens: 4, encoderWidth: 24 }
}
/** They put tokens of their own before each example: nothing to merge, and never without effect. */
const virtual = ['prompt', 'prefix', 'p-tuning']
/** What is stored is another spelling of the same: it rounds otherwise. */
const respelt = ['pissa', 'olora']
/** Kinds that ask for something that most models lack. */
const models: Readonly<Record<string, string>> = { bias: 'qwen2', 'tokens of a tied head': 'qwen2' }

const dir = mkdtempSync(join(tmpdir(), 'neiro-kinds-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const batch = batchOf([23, 18], 9)

async function logits(session: Session, adapter: boolean): Promise<Float32Array> {
  return withoutVirtual(await session.logits(batch, { adapter }))
}

/** Logits of the text's own tokens, where virtual ones stand before each example. */
function withoutVirtual(all: Float32Array): Float32Array {
  const vocab = 320
  const more = all.length / vocab - batch.tokens.length
  const before = more / batch.lengths.length
  const own = new Float32Array(batch.tokens.length * vocab)
  let at = 0
  let from = 0
  for (const length of batch.lengths) {
    own.set(all.subarray((from + before) * vocab, (from + before + length) * vocab), at * vocab)
    at += length
    from += before + length
  }
  return own
}

function furthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0)
}

describe.each(Object.entries(kinds))('%s', (name, kind) => {
  const modelDir = goldenModel(models[name] ?? 'llama')
  const open = <T>(changes: Partial<OpenOptions>, use: (session: Session) => Promise<T>): Promise<T> =>
    withSession(openOptions({ modelDir, train: kind, ...changes }), use)
  const run = (changes: Partial<OpenOptions>): Promise<unknown> =>
    open(changes, async (session) => ({ said: await train(session, 1, 4), bits: await adapterBits(session) }))

  test.skipIf(virtual.includes(name))('changes nothing before it has learnt', async () => {
    await open({}, async (session) => {
      expect(furthest(await logits(session, true), await logits(session, false))).toBeLessThan(1e-5)
    })
  })

  test('learns one example, and the base stays as it was', async () => {
    await open({}, async (session) => {
      const base = await logits(session, false)
      const losses: number[] = []
      for (let step = 1; step <= 40; ++step)
        losses.push((await session.step([batch], stepOptions(step, { learningRate: 3e-2 }))).loss)
      expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) * 0.95)
      expect(furthest(await logits(session, true), base)).toBeGreaterThan(1e-2)
      expect(await logits(session, false)).toEqual(base)
    })
  })

  test('keeps its bits over threads, recomputing and another session', async () => {
    const first = await run({})
    for (const changes of [{ threads: 1 }, { threads: 3 }, { gradientCheckpointing: true }, {}])
      expect(await run(changes)).toEqual(first)
  })

  test('goes on from a saved state with the same bits', async () => {
    const file = join(dir, `${name}.state`)
    const whole = await open({}, async (session) => {
      await train(session, 1, 2)
      await session.saveState(file)
      return { said: await train(session, 3, 4), bits: await adapterBits(session) }
    })
    await open({}, async (session) => {
      expect((await session.loadState(file)).step).toBe(2)
      expect({ said: await train(session, 3, 4), bits: await adapterBits(session) }).toEqual(whole)
    })
  })

  test.each(['f32', 'nf4'] as const)(
    'saved beside a base in %s, it says the same opened again',
    async (base) => {
      const adapterDir = join(dir, `${name}-${base}`)
      const said = await open({ baseQuantization: base }, async (session) => {
        await train(session, 1, 3)
        await session.saveAdapter({ dir: adapterDir, baseModelName: 'base' })
        return logits(session, true)
      })
      const reading = openOptions({ modelDir, baseQuantization: base, adapterDir })
      delete reading.train
      await withSession(reading, async (session) => {
        const again = await logits(session, true)
        if (respelt.includes(name)) expect(furthest(again, said)).toBeLessThan(1e-4)
        else expect(again).toEqual(said)
      })
    }
  )

  test.runIf(virtual.includes(name))('cannot be merged', async () => {
    await open({}, async (session) => {
      const merging = refusal(() => session.saveMerged({ dir: join(dir, `${name}-merged`), dtype: 'F32' }))
      expect((await merging).code).toBe('NOT_MERGEABLE')
    })
  })

  test.skipIf(virtual.includes(name))(
    'merged into the weights it says what it said beside them',
    async () => {
      const merged = join(dir, `${name}-merged`)
      const said = await open({}, async (session) => {
        await train(session, 1, 3)
        await session.saveMerged({ dir: merged, dtype: 'F32' })
        return logits(session, true)
      })
      copyFileSync(join(modelDir, 'config.json'), join(merged, 'config.json'))
      const alone = openOptions({ modelDir: merged })
      delete alone.train
      await withSession(alone, async (session) =>
        expect(furthest(await logits(session, false), said)).toBeLessThan(1e-4)
      )
    }
  )

  test('is not taken for one of another kind', async () => {
    const adapterDir = join(dir, `${name}-f32`)
    for (const [other, mode] of Object.entries(kinds)) {
      if (other === name) continue
      const { code, message } = await refusal(() =>
        withSession(openOptions({ modelDir, train: mode, adapterDir }), (session) => session.info())
      )
      const words: Record<string, string> = {
        ...{
          ia3: 'IA3',
          vera: 'VERA',
          prompt: 'PROMPT_TUNING',
          prefix: 'PREFIX_TUNING',
          'p-tuning': 'P_TUNING'
        }
      }
      // on another model than its own a kind may be refused before
      if (code === 'ADAPTER_MISMATCH') expect(message).toContain(words[name] ?? 'LORA')
      else expect(['UNSUPPORTED_ADAPTER', 'BAD_OPTION']).toContain(code)
    }
  })

  test('takes what its plan says', async () => {
    await open({}, async (session) => {
      const info = await session.info()
      const plan = await session.plan()
      // AdamW keeps two values, and training one gradient, for each that is learnt
      expect(plan.optimizer).toBeGreaterThanOrEqual(info.trainableParameters * 8)
      expect(plan.gradients).toBeGreaterThanOrEqual(info.trainableParameters * 4)
      expect(plan.adapter).toBeGreaterThanOrEqual(info.trainableParameters * 4)
    })
  })
})

test.each<[string, Partial<Extract<TrainMode, { kind: 'lora' }>>, string]>([
  ['an expression that takes no layer', { targetModules: [], targetPattern: '.*z_proj' }, 'targetModules'],
  ['an expression that is none', { targetModules: [], targetPattern: '(?=x)' }, 'targetPattern'],
  ['a layer that is not there', { layers: [0, 77] }, 'layers'],
  ['an exclusion of nothing', { excludeModules: ['z_proj'] }, 'excludeModules'],
  ['a rank for no layer', { rankPattern: { z_proj: 2 } }, 'rankPattern, alphaPattern'],
  [
    'an alpha for a layer left out',
    { excludeModules: ['q_proj'], alphaPattern: { q_proj: 2 } },
    'rankPattern, alphaPattern'
  ],
  ['a part that is not there', { wholeModules: ['z_proj'] }, 'wholeModules']
])('%s is refused by name', async (_, changes, option) => {
  const error = await refusal(() =>
    withSession(openOptions({ train: { ...lora, ...changes } }), () => Promise.resolve())
  )
  expect(error).toMatchObject({ code: 'BAD_OPTION', details: { option } })
})

test('an expression and an exclusion choose the layers that learn', async () => {
  const chosen = {
    targetModules: [],
    targetPattern: '.*\\.(q|v)_proj',
    excludeModules: ['1.self_attn.v_proj']
  }
  await withSession(openOptions({ train: { ...lora, ...chosen } }), async (session) => {
    const names = Object.keys(await engine().adapterTensors(session)).filter((name) =>
      name.includes('lora_A')
    )
    expect(names.map((name) => name.split('.').slice(4, 7).join('.')).sort()).toEqual([
      ...['0.self_attn.q_proj', '0.self_attn.v_proj', '1.self_attn.q_proj']
    ])
  })
})

test.each([
  ['lm_head', 'UNSUPPORTED_ADAPTER', { field: 'target_modules', value: 'lm_head' }],
  ['embed_tokens', 'UNSUPPORTED_ADAPTER', { field: 'target_modules', value: 'embed_tokens' }],
  ['z_proj', 'ADAPTER_MISMATCH', { actual: 'z_proj' }]
])('an adapter around %s is refused for what it is: %s', async (module, code, details) => {
  const adapterDir = join(dir, `around-${module}`)
  await withSession(openOptions({ train: lora }), (session) =>
    session.saveAdapter({ dir: adapterDir, baseModelName: 'base' })
  )
  const file = join(adapterDir, 'adapter_config.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as { target_modules: string[] }
  writeFileSync(file, JSON.stringify({ ...config, target_modules: [module, 'q_proj'] }))
  const { train: _, ...alone } = openOptions({ adapterDir })
  const error = await refusal(() => withSession(alone, (session) => session.info()))
  expect(error).toMatchObject({ code, details })
})
