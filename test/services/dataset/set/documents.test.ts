// Parts of a document are on one side of the split; of a large one, stretches are.
import { expect, test } from 'vitest'
import { withDocuments } from '../../../../main/services/dataset/set/documents'
import { drawHeldOut } from '../../../../main/services/dataset/set/split'

/** Documents of so many parts, all of them different. */
function parts(...sizes: readonly number[]): { groupOf: Uint32Array; goingOn: Uint8Array } {
  const count = sizes.reduce((sum, size) => sum + size, 0)
  const goingOn = new Uint8Array(count).fill(1)
  let end = -1
  for (const size of sizes) goingOn[(end += size)] = 0
  return { groupOf: Uint32Array.from({ length: count }, (_, at) => at), goingOn }
}

test('a document is one group, numbered in the order in which they come', () => {
  const { groupOf, goingOn } = parts(...Array.from({ length: 30 }, () => 2))
  expect([...withDocuments(groupOf, goingOn)]).toEqual(
    Array.from({ length: 60 }, (_, at) => Math.floor(at / 2))
  )
})

test('of the only document, stretches are groups: there is something to hold out', () => {
  const { groupOf, goingOn } = parts(100)
  const groups = withDocuments(groupOf, goingOn)
  expect(Math.max(...groups)).toBe(19)
  expect([...groups]).toEqual(Array.from({ length: 100 }, (_, at) => Math.floor(at / 5)))
  const held = drawHeldOut(groups, 20, 0.1, 42)
  expect(held.reduce((sum, one) => sum + one, 0)).toBe(10)
  // what is held out lies together
  expect(held.filter((one, at) => one === 1 && held[at - 1] === 0).length).toBeLessThanOrEqual(2)
})

test('what stands in two documents word for word puts them together', () => {
  const { groupOf, goingOn } = parts(...Array.from({ length: 30 }, () => 2))
  groupOf[4] = groupOf[0] as number
  const groups = withDocuments(groupOf, goingOn)
  expect([groups[0], groups[1], groups[4], groups[5]]).toEqual([0, 0, 0, 0])
  expect(groups[2]).toBe(1)
})

test('without documents of several parts nothing changes', () => {
  const groupOf = Uint32Array.from([0, 1, 0, 2])
  expect(withDocuments(groupOf, new Uint8Array(4))).toBe(groupOf)
})

test('where every group is larger than what is wanted, one of the smallest is held out', () => {
  const groups = Uint32Array.from([0, 0, 0, 0, 0, 1, 1, 2, 2, 2])
  for (let seed = 0; seed < 20; seed++) {
    const held = drawHeldOut(groups, 3, 0.1, seed)
    expect([...held]).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 0])
  }
})
