// The number of findings beside the tab is of the goal that is looked at: rows are other examples for another goal.
import { expect, test } from 'vitest'
import { fakeBridge, later } from '../fake-bridge'

const found = (n: number): unknown => ({ findings: Array.from({ length: n }, () => ({ repair: null })) })

test('what was found for the former goal is not counted while the check for the new one is on its way', async () => {
  const second = later<never>()
  let asked = 0
  fakeBridge({ 'checkUp.get': () => (++asked === 1 ? found(2) : second.promise) } as never)
  const { checkUpRoom } = await import('../../../renderer/state/check-up.svelte')
  await checkUpRoom.check('p', 'tone')
  expect(checkUpRoom.listedOf('p', 'tone')).toBe(2)
  expect(checkUpRoom.listedOf('p', 'prefer')).toBe(0)
  const checking = checkUpRoom.check('p', 'prefer')
  expect(checkUpRoom.listedOf('p', 'prefer')).toBe(0)
  second.resolve(found(1) as never)
  await checking
  expect(checkUpRoom.listedOf('p', 'prefer')).toBe(1)
  expect(checkUpRoom.listedOf('p', 'tone')).toBe(0)
})

test('of a set that has no examples any more, nothing is said, nor what a check on its way finds', async () => {
  const second = later<never>()
  let asked = 0
  fakeBridge({
    'checkUp.get': () => (++asked === 1 ? found(2) : second.promise),
    'checkUp.cancel': () => null
  } as never)
  const { checkUpRoom } = await import('../../../renderer/state/check-up.svelte')
  await checkUpRoom.check('q', 'tone')
  const checking = checkUpRoom.check('q', 'tone')
  await checkUpRoom.letGo()
  second.resolve(found(1) as never)
  await checking
  expect([checkUpRoom.view, checkUpRoom.checking, checkUpRoom.listedOf('q', 'tone')]).toEqual([
    null,
    false,
    0
  ])
})
