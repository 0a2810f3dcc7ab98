// The sliding window: which tokens it counts, against the golden counts, and what it must equal by reason.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { slidingPerplexity, type WindowNll } from '../../../main/services/evaluation/perplexity'
import { goldenDir } from '../../fixtures/tiny-model'

const tokens = Int32Array.from({ length: 200 }, (_, at) => (at * 37) % 101)

/** A "model" whose surprise at a token is a function of it and of how much context it sees. */
const nllWith =
  (surprise: (token: number, context: number) => number): WindowNll =>
  async (window) => {
    let nllSum = 0
    let learntTokens = 0
    window.labels.forEach((label, at) => {
      // the first token of a window is never predicted
      if (label === -100 || at === 0) return
      expect(label).toBe(window.tokens[at])
      nllSum += surprise(label, at)
      learntTokens++
    })
    return { nllSum, learntTokens }
  }

describe('slidingPerplexity', () => {
  test('counts the tokens that the golden case counts', async () => {
    const results = JSON.parse(readFileSync(join(goldenDir, 'perplexity/case.json'), 'utf8')).results
    for (const [name, expected] of Object.entries<{ tokens: number }>(results)) {
      const [maxLength = 0, stride = 0] = name.split('/').map(Number)
      const result = await slidingPerplexity(
        tokens,
        maxLength,
        stride,
        nllWith(() => 1)
      )
      expect([name, result.tokens]).toEqual([name, expected.tokens])
      expect(result.perplexity).toBeCloseTo(Math.E, 12)
    }
  })

  test('a model without memory scores the same with every stride that leaves context', async () => {
    const surprise = (token: number): number => Math.sqrt(token)
    const whole = await slidingPerplexity(tokens, 200, 200, nllWith(surprise))
    for (const stride of [1, 7, 31, 63]) {
      const result = await slidingPerplexity(tokens, 64, stride, nllWith(surprise))
      expect(result.tokens).toBe(199)
      expect(result.perplexity).toBeCloseTo(whole.perplexity, 9)
    }
  })

  test('more overlap gives each token more context', async () => {
    const fadesWithContext = nllWith((_, context) => 1 / context)
    const wide = await slidingPerplexity(tokens, 64, 64, fadesWithContext)
    const narrow = await slidingPerplexity(tokens, 64, 16, fadesWithContext)
    expect(narrow.perplexity).toBeLessThan(wide.perplexity)
  })

  test('a text shorter than the window is one window', async () => {
    let windows = 0
    const count: WindowNll = async (window) => (windows++, nllWith(() => 2)(window))
    expect(await slidingPerplexity(tokens.subarray(0, 5), 64, 32, count)).toMatchObject({ tokens: 4 })
    expect(windows).toBe(1)
  })
})
