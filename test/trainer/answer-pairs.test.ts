// How pairs and rated answers are laid for the engine.
import { expect, test } from 'vitest'
import type { Batch } from '../../addon/index'
import { disliked, liked, otherAnswer, setOf } from '../../main/batches/example-set'
import { layPairs } from '../../main/batches/pair-batch'
import { defaultSettings } from '../../main/contract/settings'
import { PairFigures } from '../../main/trainer/methods/answer-pairs'
import { kto, mismatched } from '../../main/trainer/methods/kto'

const none = -100

test('preferred answers of all pairs come first, the mark is for us alone', () => {
  const set = setOf([
    { tokens: Int32Array.of(1, 2, 3, 1, 4), labels: Int32Array.of(none, none, 3, otherAnswer, 4) },
    { tokens: Int32Array.of(5, 6, 5, 7, 8), labels: Int32Array.of(none, 6, otherAnswer, 7, 8) }
  ])
  const batch = layPairs(set, [1, 0])
  expect([...batch.lengths]).toEqual([2, 3, 3, 2])
  expect([...batch.tokens]).toEqual([5, 6, 1, 2, 3, 5, 7, 8, 1, 4])
  expect([...batch.labels]).toEqual([none, 6, none, none, 3, none, 7, 8, none, 4])
})

test('verdicts are read from the marks; each question gets the answer of the one before, as TRL turns them', () => {
  const set = setOf([
    { tokens: Int32Array.of(1, 2, 3), labels: Int32Array.of(liked, none, 3) },
    { tokens: Int32Array.of(4, 5, 6, 7), labels: Int32Array.of(disliked, 5, 6, 7) },
    { tokens: Int32Array.of(8, 9), labels: Int32Array.of(liked, 9) }
  ])
  const batch = kto.lay(set, [0, 1, 2], {}) as ReturnType<typeof kto.lay> & { liked: boolean[] }
  expect(batch.liked).toEqual([true, false, true])
  expect([...batch.labels]).toEqual([none, none, 3, none, 5, 6, 7, none, 9])
  const others = mismatched(batch)
  expect([...others.tokens]).toEqual([1, 2, 9, 4, 3, 8, 5, 6, 7])
  expect([...others.labels]).toEqual([none, none, 9, none, 3, none, 5, 6, 7])
  expect([...others.lengths]).toEqual([3, 2, 4])
})

test('what is held out has as many neighbours as an update, whatever there is room for', async () => {
  const one = { tokens: Int32Array.of(1, 2, 3), labels: Int32Array.of(liked, none, 3) }
  const rows: number[] = []
  const session = {
    logProbabilities: async ({ tokens, lengths }: Batch) => {
      rows.push(lengths.length)
      return new Float32Array(tokens.length)
    }
  } as unknown as Parameters<typeof kto.evaluate>[0]
  const told = (maxTokensPerMicroBatch: number) =>
    ({
      job: { open: { maxTokensPerMicroBatch }, settings: { ...defaultSettings, batchSize: 2 } },
      givenUp: () => false
    }) as unknown as Parameters<typeof kto.evaluate>[2]
  await kto.evaluate(session, setOf([one, one, one, one, one]), told(1000))
  // what it was and what it is, of each answer and of its neighbour's; one alone has no neighbour
  expect(rows).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 1, 1])
  rows.length = 0
  await kto.evaluate(session, setOf([one, one]), told(3))
  expect(rows).toEqual([1, 1, 1, 1])
})

test('before anything was learnt the two of a pair are equal: half of them, as by chance, and not none', () => {
  const figures = new PairFigures()
  figures.add(0.69, { chosen: 0, rejected: 0 })
  expect(figures.means().rewardAccuracy).toBe(0.5)
  figures.add(0.1, { chosen: 2, rejected: 1 })
  figures.add(0.9, { chosen: 1, rejected: 2 })
  expect(figures.means().rewardAccuracy).toBe(0.5)
  figures.add(0.1, { chosen: 2, rejected: 1 })
  expect(figures.means().rewardAccuracy).toBe(0.625)
})
