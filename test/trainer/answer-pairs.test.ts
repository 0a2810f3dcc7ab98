// How pairs and rated answers are laid for the engine.
import { expect, test } from 'vitest'
import { disliked, liked, otherAnswer, setOf } from '../../main/batches/example-set'
import { layPairs } from '../../main/batches/pair-batch'
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

test('verdicts are read from the marks; each question gets the answer of the next', () => {
  const set = setOf([
    { tokens: Int32Array.of(1, 2, 3), labels: Int32Array.of(liked, none, 3) },
    { tokens: Int32Array.of(4, 5, 6, 7), labels: Int32Array.of(disliked, 5, 6, 7) }
  ])
  const batch = kto.lay(set, [0, 1], {}) as ReturnType<typeof kto.lay> & { liked: boolean[] }
  expect(batch.liked).toEqual([true, false])
  expect([...batch.labels]).toEqual([none, none, 3, none, 5, 6, 7])
  const others = mismatched(batch)
  expect([...others.tokens]).toEqual([1, 2, 5, 6, 7, 4, 3])
  expect([...others.labels]).toEqual([none, none, 5, 6, 7, none, 3])
  expect([...others.lengths]).toEqual([5, 2])
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
