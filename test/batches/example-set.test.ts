// Batches lay examples end to end, in the order asked for, with the labels that belong to them.
import { expect, test } from 'vitest'
import { batchOf, setOf } from '../../main/batches/example-set'
import { randomExamples } from '../trainer/run-fixture'

test('a set gives each example, and how long it is', () => {
  const examples = randomExamples(4, 1)
  const set = setOf(examples)
  expect(set.lengths).toEqual(examples.map(({ tokens }) => tokens.length))
  examples.forEach((example, at) => expect(set.example(at)).toEqual(example))
  expect(setOf([]).lengths).toEqual([])
})

test('a batch takes the examples it is told, also one twice', () => {
  const examples = randomExamples(5, 3)
  const order = [3, 0, 3]
  const batch = batchOf(setOf(examples), order)
  expect([...batch.lengths]).toEqual(order.map((i) => examples[i]?.tokens.length))
  expect([...batch.tokens]).toEqual(order.flatMap((i) => [...(examples[i]?.tokens ?? [])]))
  expect([...batch.labels]).toEqual(order.flatMap((i) => [...(examples[i]?.labels ?? [])]))
})
