// The golden cases once more with products in BF16, within what PyTorch's own BF16 products lose. Where the processor
// has no instruction for them, factors are rounded and the same is proven. In a process of its own: the runner reads
// NEIRO_COMPUTE once.
import { dirname, relative, resolve } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { wrongInBf16 } from './golden-runner/beyond'
import { findCases, onTheHost } from './golden-runner/cases'
import { compute, withSession } from './golden-runner/engine'
import { runCase, whyNotYet } from './golden-runner/run-case'

vi.hoisted(() => {
  process.env['NEIRO_COMPUTE'] = 'bf16'
})

const folders = ['golden', 'golden-2'].map((name) => resolve(import.meta.dirname, name))

describe('golden cases with products in BF16', () => {
  test('it is BF16 that is multiplied: a logit differs from F32, by little', async () => {
    expect(compute).toBe('bf16')
    const modelDir = resolve(import.meta.dirname, 'golden/models/llama')
    const tokens = Int32Array.from([1, 5, 9, 13, 17, 21, 25, 29])
    const logits = (of: 'f32' | 'bf16'): Promise<Float32Array> =>
      withSession({ modelDir, compute: of }, (session) =>
        session.logits({ tokens, lengths: Int32Array.from([8]) }, { adapter: false })
      )
    const [exact, rounded] = [await logits('f32'), await logits('bf16')]
    const largest = exact.reduce((top, x) => Math.max(top, Math.abs(x)), 0)
    const apart = exact.reduce((top, x, i) => Math.max(top, Math.abs(x - (rounded[i] ?? NaN))), 0)
    expect(apart / largest).toBeGreaterThan(1e-5)
    expect(apart / largest).toBeLessThan(3e-2)
  })

  const cases = folders
    .flatMap(findCases)
    .filter((item) => whyNotYet(item) === undefined && !onTheHost.includes(item.kind))
  test('they are more than a few', () => expect(cases.length).toBeGreaterThan(10))
  for (const item of cases)
    test(relative(import.meta.dirname, item.dir), async () => {
      expect(wrongInBf16(await runCase(item, dirname(item.dir)))).toBeNull()
    })
})
