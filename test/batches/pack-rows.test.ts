// Rows of examples: order and every example kept, within the limit where an example allows it.
import { expect, test } from 'vitest'
import { packRows } from '../../main/batches/pack-rows'

test('an example longer than the limit has a row of its own', () => {
  expect(packRows([0, 1, 2, 3], [5, 20, 5, 5], 10)).toEqual([[0], [1], [2, 3]])
  expect(packRows([0], [20], 10)).toEqual([[0]])
  expect(packRows([], [], 10)).toEqual([])
})

test('neighbours go together as long as they fit', () => {
  const lengths = [3, 5, 2, 9, 1, 1, 1, 12, 4]
  const rows = packRows(lengths.keys(), lengths, 8)
  expect(rows.flat()).toEqual([...lengths.keys()])
  expect(rows.map((row) => row.map((one) => lengths[one]))).toEqual([[3, 5], [2], [9], [1, 1, 1], [12], [4]])
})

test('what stands before each example takes room of the row', () => {
  expect(packRows([0, 1, 2, 3], [5, 5, 5, 5], 10, 0)).toEqual([
    [0, 1],
    [2, 3]
  ])
  expect(packRows([0, 1, 2, 3], [5, 5, 5, 5], 10, 1)).toEqual([[0], [1], [2], [3]])
  expect(packRows([0, 1, 2, 3], [5, 5, 5, 5], 13, 1)).toEqual([
    [0, 1],
    [2, 3]
  ])
})
