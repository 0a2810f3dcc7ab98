// What was dropped, on its way: each bad part is named, the good ones arrive, and nothing is shown afterwards.
import { beforeEach, expect, test } from 'vitest'
import type { Dropped } from '../../../renderer/lib/dropped'
import type { HandOver } from '../../../renderer/state/hand-over.svelte'
import { droppedFiles } from '../dropped-files'
import { fakeBridge, later } from '../fake-bridge'

let handOver: HandOver
beforeEach(async () => {
  fakeBridge()
  handOver = new (await import('../../../renderer/state/hand-over.svelte')).HandOver()
})

const mixed = async (): Promise<Dropped> => {
  // the class that the state was loaded with
  const { NeiroError: Own } = await import('../../../main/contract/errors')
  return {
    ...droppedFiles('a.csv', '空', '返信'),
    inside: async (file) => {
      if (file.name === '空') throw new Own('NOTHING_IN_FOLDER', { folder: '空' })
      if (file.name !== '返信') return null
      return {
        files: [{ path: '返信/b.csv', file: new File([], 'b.csv') }],
        leftOut: 4,
        failed: [new Own('DROP_NOT_READABLE', { file: 'c.csv' })]
      }
    }
  }
}

test('one bad folder and one bad file leave the others be', async () => {
  const refs = await handOver.take(await mixed())
  expect(refs.map(({ id }) => id)).toEqual(['ref-a.csv', 'ref-b.csv'])
  expect(handOver.failed.map(({ code }) => code)).toEqual(['NOTHING_IN_FOLDER', 'DROP_NOT_READABLE'])
  expect(handOver.leftOut).toBe(4)
})

test('the next drop begins afresh', async () => {
  await handOver.take(await mixed())
  await handOver.take(droppedFiles('a.csv'))
  expect([handOver.failed, handOver.leftOut, handOver.sending]).toEqual([[], 0, null])
})

test('while a folder is looked through, it is named', async () => {
  const slow = later<null>()
  const taking = handOver.take({ ...droppedFiles('大'), inside: () => slow.promise })
  expect(handOver.sending).toEqual({ file: '大', done: 0, total: 0 })
  slow.resolve(null)
  await taking
  expect(handOver.sending).toBeNull()
})

test('what nobody foresaw is not swallowed', async () => {
  const dropped: Dropped = { ...droppedFiles('a'), inside: () => Promise.reject(new TypeError('bug')) }
  await expect(handOver.take(dropped)).rejects.toThrow('bug')
  expect(handOver.sending).toBeNull()
  expect(handOver.failed).toEqual([])
})
