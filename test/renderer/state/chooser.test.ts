// Choosing: the system's dialog where there is one, else the window's own browser of folders.
import { expect, test } from 'vitest'
import type { FileRef, FolderListing } from '../../../main/contract/window/app'
import { fakeBridge, type FakeBridge } from '../fake-bridge'
import type { chooser as Chooser } from '../../../renderer/state/chooser.svelte'

const ref = (id: string, folder = true): FileRef => ({ id, name: id, size: 0, folder, shownPath: `/${id}` })
const listing = (id: string): FolderListing => ({ here: ref(id), parent: null, entries: [] })

async function start(dialogs: 'native' | 'page'): Promise<{
  bridge: FakeBridge
  chooser: typeof Chooser
}> {
  const bridge = fakeBridge({
    'app.info': () => ({ dialogs, settings: { language: 'ja', theme: 'system', threads: 0 } }),
    'files.choose': () => [ref('chosen', false)],
    'files.browse': ({ id }) => listing(id ?? 'home')
  })
  const { app } = await import('../../../renderer/state/app.svelte')
  await app.start()
  return { bridge, chooser: (await import('../../../renderer/state/chooser.svelte')).chooser }
}

test('with native dialogs the system is asked and the page opens nothing', async () => {
  const { chooser } = await start('native')
  expect(await chooser.choose('data-files')).toEqual([ref('chosen', false)])
  expect(chooser.kind).toBeNull()
})

test('without, the page browses from the start folder, and the answer closes it', async () => {
  const { chooser } = await start('page')
  const answer = chooser.choose('model-folder')
  await chooser.visit(ref('models'))
  expect(chooser.listing?.here.id).toBe('models')
  chooser.finish([ref('models')])
  expect(await answer).toEqual([ref('models')])
  expect([chooser.kind, chooser.listing]).toEqual([null, null])
})

test('asking for something else lets go of what was asked before', async () => {
  const { chooser } = await start('page')
  const first = chooser.choose('data-files')
  const second = chooser.choose('data-folder')
  expect(await first).toEqual([])
  chooser.finish([])
  expect(await second).toEqual([])
})
