// An update of the session against AdamW in plain numbers (Loshchilov & Hutter 2019): from the gradients that the
// session itself tells, weights and both moments after every step, with decay, clipping and bias correction; and
// what a skipped or refused step leaves. The moments are read from the saved state by another reader.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Session, StepOptions } from '../../addon/index'
import { floats, readSafetensors, tensorOf } from '../fixtures/safetensors'
import { batchOf, openOptions, refusal, stepOptions } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

const dir = mkdtempSync(join(tmpdir(), 'neiro-optimizer-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Held {
  value: Float64Array
  m: Float64Array
  v: Float64Array
}

/** Values and moments as a checkpoint holds them. */
async function heldBy(session: Session, name: string): Promise<Map<string, Held>> {
  const file = join(dir, name)
  await session.saveState(file)
  const tensors = readSafetensors(file)
  const names = [...tensors.keys()].filter((key) => key.startsWith('param.')).map((key) => key.slice(6))
  const of = (key: string): Float64Array => Float64Array.from(floats(tensorOf(tensors, key)))
  return new Map(
    names.map((key) => [
      key,
      { value: of(`param.${key}`), m: of(`exp_avg.${key}`), v: of(`exp_avg_sq.${key}`) }
    ])
  )
}

/** One update in double: p -= lr * decay * p; p -= lr * mhat / (sqrt(vhat) + eps). */
function updated(held: Held, gradient: Float32Array, scale: number, given: StepOptions): Held {
  // The engine holds them in F32: 1 - 0.999 is 1.3e-5 of itself away from a thousandth.
  const o = { ...given, beta1: Math.fround(given.beta1), beta2: Math.fround(given.beta2) }
  const next: Held = { value: new Float64Array(gradient.length), m: held.m.slice(), v: held.v.slice() }
  gradient.forEach((raw, i) => {
    const g = raw * scale
    const m = o.beta1 * (held.m[i] ?? NaN) + (1 - o.beta1) * g
    const v = o.beta2 * (held.v[i] ?? NaN) + (1 - o.beta2) * g * g
    const decayed = (held.value[i] ?? NaN) * (1 - o.learningRate * o.weightDecay)
    const mHat = m / (1 - o.beta1 ** o.step)
    const vHat = v / (1 - o.beta2 ** o.step)
    next.m[i] = m
    next.v[i] = v
    next.value[i] = decayed - (o.learningRate * mHat) / (Math.sqrt(vHat) + o.epsilon)
  })
  return next
}

function furthest(a: Float64Array, b: Float64Array): number {
  const top = b.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12)
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0) / top
}

const variants: Readonly<Record<string, Partial<StepOptions>>> = {
  plain: { weightDecay: 0, maxGradNorm: 0 },
  'with decay': { weightDecay: 0.3, maxGradNorm: 0 },
  'clipped hard': { weightDecay: 0, maxGradNorm: 1e-3 },
  'clipped never': { weightDecay: 0.01, maxGradNorm: 1e9 },
  'other betas': { beta1: 0.5, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.1, maxGradNorm: 1 },
  'B faster': { weightDecay: 0.1, maxGradNorm: 0, loraPlusRatio: 16 },
  'no momentum': { beta1: 0, beta2: 0, epsilon: 1e-3, weightDecay: 0, maxGradNorm: 0 }
}

describe.each(Object.entries(variants))('AdamW %s', (name, changes) => {
  test('moves every weight and both moments as the formula says, step by step', async () => {
    await withSession(openOptions(), async (session) => {
      for (let step = 1; step <= 4; ++step) {
        const batch = batchOf([17, 9], step)
        const options = stepOptions(step, changes)
        const before = await heldBy(session, `${name}-before`)
        const { gradients, gradNorm } = await engine().gradients(session, [batch])
        const norm = Math.sqrt(
          Object.values(gradients).reduce((sum, g) => sum + g.reduce((own, x) => own + x * x, 0), 0)
        )
        expect(Math.abs(gradNorm - norm) / norm).toBeLessThan(1e-6)
        const limit = options.maxGradNorm
        const scale = limit > 0 ? Math.min(1, limit / (norm + 1e-6)) : 1
        const said = await session.step([batch], options)
        expect(said.skipped).toBe(false)
        // before clipping
        expect(Math.abs(said.gradNorm - norm) / norm).toBeLessThan(1e-6)
        const after = await heldBy(session, `${name}-after`)
        expect([...after.keys()].sort()).toEqual(Object.keys(gradients).sort())
        for (const [key, held] of before) {
          const ratio = key.includes('lora_B') ? (options.loraPlusRatio ?? 1) : 1
          const own = { ...options, learningRate: options.learningRate * ratio }
          const expected = updated(held, gradients[key] ?? new Float32Array(), scale, own)
          const got = after.get(key)
          if (!got) throw new Error(`${key} is gone`)
          expect(furthest(got.m, expected.m), `first moment of ${key}`).toBeLessThan(2e-6)
          expect(furthest(got.v, expected.v), `second moment of ${key}`).toBeLessThan(2e-6)
          expect(furthest(got.value, expected.value), `values of ${key}`).toBeLessThan(2e-5)
        }
      }
    })
  })
})

test('a rate of zero moves the moments and no weight', async () => {
  await withSession(openOptions(), async (session) => {
    const before = await heldBy(session, 'zero-before')
    await session.step([batchOf([20])], stepOptions(1, { learningRate: 0, weightDecay: 0.5 }))
    const after = await heldBy(session, 'zero-after')
    for (const [key, held] of before) {
      expect(after.get(key)?.value).toEqual(held.value)
      // the A halves see no gradient yet: their B is zero
      if (key.includes('lora_B')) expect(after.get(key)?.m).not.toEqual(held.m)
    }
  })
})

test('micro-batches of different sizes weigh every token alike', async () => {
  const parts = [batchOf([30], 5), batchOf([4, 11], 6), batchOf([2], 7)]
  const joined = {
    tokens: Int32Array.from(parts.flatMap(({ tokens }) => [...tokens])),
    labels: Int32Array.from(parts.flatMap(({ labels }) => [...labels])),
    lengths: Int32Array.from(parts.flatMap(({ lengths }) => [...lengths]))
  }
  await withSession(openOptions(), async (session) => {
    const apart = await engine().gradients(session, parts)
    const whole = await engine().gradients(session, [joined])
    expect(Math.abs(apart.loss - whole.loss)).toBeLessThan(1e-6)
    for (const [key, gradient] of Object.entries(whole.gradients)) {
      const other = Float64Array.from(apart.gradients[key] ?? [])
      expect(furthest(other, Float64Array.from(gradient)), key).toBeLessThan(1e-4)
    }
  })
})

test.each([
  ['learningRate', { learningRate: -1 }],
  ['learningRate', { learningRate: NaN }],
  ['step', { step: 0 }],
  ['beta1', { beta1: 1 }],
  ['beta2', { beta2: -0.1 }],
  ['epsilon', { epsilon: 0 }],
  ['weightDecay', { weightDecay: Infinity }],
  ['loraPlusRatio', { loraPlusRatio: 0 }],
  ['maxGradNorm', { maxGradNorm: -1 }]
] as const)('%s that cannot be is refused by name, and nothing moves', async (option, changes) => {
  await withSession(openOptions(), async (session) => {
    const before = await heldBy(session, 'refused-before')
    const { code, details } = await refusal(() => session.step([batchOf([9])], stepOptions(1, changes)))
    expect(code).toBe('BAD_OPTION')
    expect(details['option']).toBe(option)
    expect(await heldBy(session, 'refused-after')).toEqual(before)
  })
})
