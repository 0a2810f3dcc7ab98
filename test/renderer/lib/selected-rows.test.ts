// What is ticked stays ticked, of all rows too.
import { expect, test } from 'vitest'
import { allRows, isSelected, noRows, selectedCount, ticked } from '../../../renderer/lib/selected-rows'

test('some by themselves', () => {
  const some = ticked(ticked(noRows, 7, true), 9, true)
  expect([7, 8, 9].map((index) => isSelected(some, index))).toEqual([true, false, true])
  expect(selectedCount(some, 1000)).toBe(2)
  expect(ticked(some, 7, false)).toEqual({ all: false, indices: [9] })
  expect(ticked(some, 9, true).indices).toEqual([7, 9])
})

test('all but some', () => {
  const most = ticked(allRows, 7, false)
  expect([7, 8].map((index) => isSelected(most, index))).toEqual([false, true])
  expect(selectedCount(most, 1000)).toBe(999)
  expect(ticked(most, 7, true)).toEqual(allRows)
})
