// The one shuffle: all that goes in comes out, the seed decides, and every order is as likely as any other.
import { expect, test } from 'vitest'
import { randomFrom, shuffled } from '../../main/batches/shuffle'

test('holds each number once, in an order that the seeds alone decide', () => {
  for (const length of [0, 1, 2, 50]) {
    const order = shuffled(length, randomFrom(7, length))
    expect([...order].sort((a, b) => a - b)).toEqual([...Array(length).keys()])
    expect(shuffled(length, randomFrom(7, length))).toEqual(order)
  }
  expect(shuffled(50, randomFrom(1))).not.toEqual(shuffled(50, randomFrom(2)))
  expect(shuffled(50, randomFrom(1))).not.toEqual(shuffled(50, randomFrom(1, 0, 1)))
})

test('all orders of three are equally likely', () => {
  const seen = new Map<string, number>()
  for (let seed = 0; seed < 12_000; seed++) {
    const order = shuffled(3, randomFrom(seed)).join()
    seen.set(order, (seen.get(order) ?? 0) + 1)
  }
  expect(seen.size).toBe(6)
  // 2000 expected of each; five standard deviations are about 204
  for (const count of seen.values()) expect(Math.abs(count - 2000)).toBeLessThan(204)
})

test('a number that would favour the small ones is drawn again', () => {
  const drawing =
    (...numbers: number[]) =>
    () =>
      numbers.shift() as number
  // 2^32 is no multiple of 3: its last number would make 0 more likely than 1 and 2
  expect(shuffled(3, drawing(2 ** 32 - 1, 1, 0))).toEqual(shuffled(3, drawing(1, 0)))
})
