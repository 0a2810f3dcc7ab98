// A list of a million rows of which a few pages are at hand: what is seen is asked for once, a change renews it without an empty
// moment, and what comes late for another list is left.
import { beforeEach, expect, test } from 'vitest'
import type { ExampleRow } from '../../../main/contract/window/data'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { Listed, RowsList as List } from '../../../renderer/state/rows-list.svelte'

let bridge: FakeBridge
let list: List

const listed = (change: Partial<Listed> = {}): Listed => ({
  ...{ project: 'p1', search: '', order: 'file', fingerprint: 'a' },
  ...change
})
const rowsFrom = (offset: number, total: number): { total: number; rows: ExampleRow[] } => ({
  total,
  rows: Array.from(
    { length: Math.max(0, Math.min(50, total - offset)) },
    (_, i) => ({ index: offset + i }) as ExampleRow
  )
})
const settled = (): Promise<void> => new Promise((done) => setTimeout(done))
const offsets = (): number[] => bridge.asked.map(({ args }) => (args as { offset: number }).offset)

beforeEach(async () => {
  bridge = fakeBridge({ 'data.rows': ({ offset }) => rowsFrom(offset, 1_000_000) })
  const { RowsList } = await import('../../../renderer/state/rows-list.svelte')
  list = new RowsList()
})

test('what is seen is asked for, once', async () => {
  list.show(listed())
  list.show(listed())
  await settled()
  expect([list.total, list.at(3)?.index]).toEqual([1_000_000, 3])
  list.see(520_030, 520_060)
  list.see(520_030, 520_060)
  expect(list.at(520_030)).toBeUndefined()
  await settled()
  expect([list.at(520_030)?.index, list.at(520_059)?.index]).toEqual([520_030, 520_059])
  expect(offsets()).toEqual([0, 520_000, 520_050])
  list.see(520_030, 520_060)
  expect(offsets()).toHaveLength(3)
})

test('few pages are kept, the newest ones', async () => {
  list.show(listed())
  for (let page = 0; page < 100; page++) {
    list.see(50 * page, 50 * page + 1)
    await settled()
  }
  expect(list.at(99 * 50)?.index).toBe(4950)
  expect(list.at(5)).toBeUndefined()
  expect(list.some.length).toBeLessThanOrEqual(2000)
})

test('a changed set is shown anew where it is seen, and never empty in between', async () => {
  list.show(listed())
  await settled()
  list.see(0, 10)
  bridge.answers['data.rows'] = ({ offset }) => rowsFrom(offset, 40)
  list.show(listed({ fingerprint: 'b' }))
  expect([list.total, list.at(3)?.index]).toEqual([1_000_000, 3])
  list.see(0, 10)
  await settled()
  expect([list.total, list.at(39)?.index, list.at(40)]).toEqual([40, 39, undefined])
  expect(offsets()).toEqual([0, 0])
})

test('of another project nothing is shown, and what comes late is left', async () => {
  const slow = later<{ total: number; rows: ExampleRow[] }>()
  bridge.answers['data.rows'] = () => slow.promise
  list.show(listed())
  bridge.answers['data.rows'] = ({ offset }) => rowsFrom(offset, 7)
  list.show(listed({ project: 'p2' }))
  expect(list.total).toBeNull()
  await settled()
  slow.resolve(rowsFrom(0, 99))
  await settled()
  expect(list.total).toBe(7)
})

test('a failure is kept until something else is listed', async () => {
  bridge.answers['data.rows'] = () => {
    throw new Error('gone')
  }
  list.show(listed())
  await settled()
  expect(list.failure).not.toBeNull()
  list.show(listed({ search: 'x' }))
  expect(list.failure).toBeNull()
})
