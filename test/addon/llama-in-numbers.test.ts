// The engine against an implementation of its own in plain numbers, on models of random shapes: heads that share
// keys, widths that are no multiple of anything, texts of one token, several texts in a batch, weights of every
// stored type. What one of the two gets wrong, the other does not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BaseQuantization } from '../../addon/index'
import {
  bfloat16,
  count,
  float32,
  writeSafetensors,
  type Tensor,
  type Tensors
} from '../fixtures/safetensors'
import { withSession } from '../golden-runner/engine'
import { configOf, llamaLogits, nllSum, type LlamaSizes } from './llama-in-numbers'

const shapes = (s: LlamaSizes): readonly (readonly [string, readonly number[]])[] => [
  ['model.embed_tokens', [s.vocab, s.hidden]],
  ['model.norm', [s.hidden]],
  ['lm_head', [s.vocab, s.hidden]],
  ...Array.from({ length: s.layers }, (_, i): (readonly [string, readonly number[]])[] => [
    [`model.layers.${i}.input_layernorm`, [s.hidden]],
    [`model.layers.${i}.post_attention_layernorm`, [s.hidden]],
    [`model.layers.${i}.self_attn.q_proj`, [s.heads * s.headDim, s.hidden]],
    [`model.layers.${i}.self_attn.k_proj`, [s.kvHeads * s.headDim, s.hidden]],
    [`model.layers.${i}.self_attn.v_proj`, [s.kvHeads * s.headDim, s.hidden]],
    [`model.layers.${i}.self_attn.o_proj`, [s.hidden, s.heads * s.headDim]],
    [`model.layers.${i}.mlp.gate_proj`, [s.intermediate, s.hidden]],
    [`model.layers.${i}.mlp.up_proj`, [s.intermediate, s.hidden]],
    [`model.layers.${i}.mlp.down_proj`, [s.hidden, s.intermediate]]
  ]).flat()
]

/** Noise of a seed; norms about 1. */
function weightsOf(sizes: LlamaSizes, seed: number, dtype: 'F32' | 'BF16'): Tensors {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
  const make = dtype === 'F32' ? float32 : bfloat16
  return new Map<string, Tensor>(
    shapes(sizes).map(([name, shape]) => {
      const about = name.includes('norm') ? 1 : 0
      return [
        `${name}.weight`,
        make(
          Array.from({ length: count(shape) }, () => about + 0.5 * next()),
          shape
        )
      ]
    })
  )
}

const sizes: fc.Arbitrary<LlamaSizes> = fc
  .record({
    hidden: fc.integer({ min: 1, max: 24 }),
    intermediate: fc.integer({ min: 1, max: 30 }),
    layers: fc.integer({ min: 1, max: 3 }),
    kvHeads: fc.integer({ min: 1, max: 3 }),
    group: fc.integer({ min: 1, max: 3 }),
    half: fc.integer({ min: 1, max: 9 }),
    vocab: fc.integer({ min: 2, max: 40 }),
    theta: fc.constantFrom(100, 10_000, 500_000),
    epsilon: fc.constantFrom(1e-5, 1e-6)
  })
  .map(({ group, half, ...rest }) => ({ ...rest, heads: rest.kvHeads * group, headDim: 2 * half }))

const texts = fc.array(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }), {
  minLength: 1,
  maxLength: 3
})

const stored: readonly { dtype: 'F32' | 'BF16'; base: BaseQuantization }[] = [
  { dtype: 'F32', base: 'none' },
  { dtype: 'F32', base: 'f32' },
  { dtype: 'BF16', base: 'none' },
  { dtype: 'BF16', base: 'bf16' }
]

test.each(stored)(
  'logits and losses are those of plain numbers: $dtype, opened as $base',
  async ({ dtype, base }) => {
    await fc.assert(
      fc.asyncProperty(sizes, texts, fc.nat(1e6), async (given, drawn, seed) => {
        const dir = mkdtempSync(join(tmpdir(), 'neiro-numbers-'))
        try {
          const tensors = weightsOf(given, seed, dtype)
          writeFileSync(join(dir, 'config.json'), JSON.stringify(configOf(given)))
          writeSafetensors(join(dir, 'model.safetensors'), tensors)
          const batch = drawn.map((text) => text.map((id) => id % given.vocab))
          const labels = batch.map((text) => text.map((id, i) => (i % 3 === 1 ? -100 : id)))
          const expected = await Promise.all(batch.map((text) => llamaLogits(tensors, given, text)))
          await withSession(
            { modelDir: dir, baseQuantization: base, maxTokensPerMicroBatch: 60, threads: 2 },
            async (session) => {
              const input = {
                tokens: Int32Array.from(batch.flat()),
                labels: Int32Array.from(labels.flat()),
                lengths: Int32Array.from(batch, (text) => text.length)
              }
              const logits = await session.logits(input, { adapter: false })
              const wanted = expected.flat(2)
              expect(logits.length).toBe(wanted.length)
              const top = Math.max(1, ...wanted.map(Math.abs))
              wanted.forEach((value, i) =>
                expect(Math.abs((logits[i] ?? NaN) - value) / top, `logit ${i}`).toBeLessThan(2e-5)
              )
              const { examples } = await session.evaluate(input, { adapter: false })
              examples.forEach((example, i) => {
                const sum = nllSum(expected[i] ?? [], labels[i] ?? [])
                expect(example.learntTokens).toBe((labels[i] ?? []).slice(1).filter((x) => x >= 0).length)
                expect(Math.abs(example.nllSum - sum)).toBeLessThan(1e-4 * Math.max(1, sum))
              })
            }
          )
        } finally {
          rmSync(dir, { recursive: true, force: true })
        }
      }),
      { numRuns: 25, seed: 9 }
    )
  },
  120_000
)
