// Whatever place it is: personal data leaves by a word of its own, said anew for each look.
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBridge, type FakeBridge } from '../fake-bridge'

let bridge: FakeBridge
beforeEach(() => {
  bridge = fakeBridge({
    'elsewhere.look': () => ({
      ...{
        run: 'r',
        to: { kind: 'ray', where: 'http://10.0.0.5:8265' },
        title: 't',
        said: ['all'],
        personal: 3
      }
    }),
    'elsewhere.agree': () => ({ id: 'r' })
  })
})

test('personal data does not leave for a cluster because everything else may', async () => {
  const { elsewhere } = await import('../../../renderer/state/elsewhere.svelte')
  const { training } = await import('../../../renderer/state/training.svelte')
  vi.spyOn(training, 'request', 'get').mockReturnValue({} as never)
  elsewhere.choose('ray')
  elsewhere.where.ray = 'http://10.0.0.5:8265'
  await elsewhere.look()
  expect([elsewhere.leaving?.personal, elsewhere.agreeable]).toEqual([3, false])
  elsewhere.unmasked = true
  expect(elsewhere.agreeable).toBe(true)
  await elsewhere.look()
  expect(elsewhere.agreeable).toBe(false)
  elsewhere.unmasked = true
  await elsewhere.agree()
  expect(bridge.asked.at(-1)).toEqual({ name: 'elsewhere.agree', args: { run: 'r', unmasked: true } })
})
