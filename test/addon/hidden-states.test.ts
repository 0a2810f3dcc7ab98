// The states after the last layer and the final norm, of every family that reads both ways and of one that writes,
// against the numbers of Transformers 5 (AutoModel, F32): test/fixtures/last-hidden-states.json.
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isEncoder } from '../../main/services/models/families'
import { pooled } from '../../main/trainer/pooling'
import { vectorsOfTransformers as known } from '../fixtures/last-hidden-states'
import { refusal } from '../fixtures/sessions'
import { withSession } from '../golden-runner/engine'

const texts = {
  tokens: Int32Array.from(known.texts.flat()),
  lengths: Int32Array.from(known.texts, ({ length }) => length)
}
const openedAs = (family: string): object =>
  isEncoder(family) ? { score: { labels: 1, problem: 'regression' } } : {}

describe.each(Object.entries(known.models))('%s', (family, { dir, texts: expected }) => {
  const modelDir = resolve(import.meta.dirname, '..', dir)

  test('gives the states of Transformers, texts read together', async () => {
    await withSession({ modelDir, compute: 'f32', ...openedAs(family) }, async (session) => {
      const { hiddenSize } = await session.info()
      const states = await session.hiddenStates(texts, { adapter: false })
      expect(states).toHaveLength(texts.tokens.length * hiddenSize)
      for (const pooling of ['mean', 'cls'] as const) {
        const vectors = pooled(states, texts.lengths, pooling)
        expected.forEach((one, at) => {
          const vector = vectors.subarray(at * hiddenSize, (at + 1) * hiddenSize)
          expect(Math.hypot(...vector)).toBeCloseTo(one[pooling].length, 4)
          one[pooling].first.forEach((value, i) => expect(vector[i]).toBeCloseTo(value, 4))
        })
      }
    })
  })
})

test('more positions than there are is refused, and so is a token that is none', async () => {
  const modelDir = resolve(import.meta.dirname, '..', known.models.bert.dir)
  await withSession({ modelDir }, async (session) => {
    const read = (tokens: readonly number[]): Promise<unknown> =>
      refusal(() =>
        session.hiddenStates(
          { tokens: Int32Array.from(tokens), lengths: Int32Array.of(tokens.length) },
          { adapter: false }
        )
      )
    expect(await read(Array.from({ length: 65 }, () => 9))).toMatchObject({
      code: 'EXAMPLE_TOO_LONG',
      details: { tokens: '65', limit: '64' }
    })
    expect(await read([3, 320])).toMatchObject({ code: 'BAD_TOKEN' })
  })
})
