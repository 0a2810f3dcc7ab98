// What a toast offers to undo is its own change: the offer goes when the same set was changed again.
import { beforeEach, expect, test } from 'vitest'
import type { DataView } from '../../../main/contract/window/data'
import { fakeBridge, type FakeBridge } from '../fake-bridge'

const view = (entry: number | null): DataView => ({
  files: [],
  examples: 0,
  questions: 0,
  train: 0,
  heldOut: 0,
  synthetic: 0,
  refused: 0,
  kinds: { conversation: 0, text: 0, preference: 0, rated: 0, labelled: 0 },
  normalisations: [],
  fingerprint: String(entry),
  changes: entry ?? 0,
  removedCopies: { files: 0, bytes: 0 },
  lastChange: entry === null ? null : { entry, kind: 'remove', files: ['faq.csv'] },
  takenBack: null
})

let bridge: FakeBridge
beforeEach(() => {
  bridge = fakeBridge({ 'data.get': () => view(null), 'data.removeFile': () => view(7) })
})

test('it goes with the next change of that set, and is not offered beside another project’s', async () => {
  const { dataRoom } = await import('../../../renderer/state/data.svelte')
  const { sayDone } = await import('../../../renderer/state/take-back')
  const { toasts } = await import('../../../renderer/state/toasts.svelte')
  const offered = (): string[] => toasts.list.map(({ text }) => text)
  await dataRoom.open('p')
  const removed = await dataRoom.removeFile('faq')
  if (!removed.ok) throw removed.error
  sayDone('removed', removed.change)
  expect(offered()).toEqual(['removed'])
  await dataRoom.open('other')
  expect(offered()).toEqual([])

  bridge.answers['data.get'] = () => view(7)
  await dataRoom.open('p')
  expect(offered()).toEqual(['removed'])
  bridge.answers['data.editExample'] = () => view(8)
  await dataRoom.edit(0, { answer: 'later' })
  expect(offered()).toEqual([])
  // what cannot be taken back is said all the same
  sayDone('done', null)
  expect(offered()).toEqual(['done'])
})
