// Choosing: the system's dialog where there is one, else the window's own browser of folders.
import { expect, test } from 'vitest'
import type { FileRef, FolderListing } from '../../../main/contract/window/app'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { chooser as Chooser } from '../../../renderer/state/chooser.svelte'

const ref = (id: string, folder = true): FileRef => ({ id, name: id, size: 0, folder, shownPath: `/${id}` })
const listing = (id: string): FolderListing => ({
  here: ref(id),
  parent: null,
  entries: [],
  more: 0,
  fits: true,
  places: []
})

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

test('a place that is typed and the wish for hidden folders go along', async () => {
  const { bridge, chooser } = await start('page')
  void chooser.choose('export-folder')
  await expect.poll(() => chooser.listing?.here.id).toBe('home')
  await chooser.goTo('/mnt/d')
  await chooser.showHidden(true)
  const kind = 'export-folder'
  expect(bridge.asked.filter(({ name }) => name === 'files.browse').map(({ args }) => args)).toEqual([
    { id: null, kind, hidden: false },
    { id: null, path: '/mnt/d', kind, hidden: false },
    { id: 'home', kind, hidden: true }
  ])
})

test('a new folder is gone into; one that cannot be made says why and leaves the list', async () => {
  const { bridge, chooser } = await start('page')
  void chooser.choose('export-folder')
  await expect.poll(() => chooser.listing?.here.id).toBe('home')
  bridge.answers['files.makeFolder'] = ({ id, name }) => ref(`${id}-${name}`)
  await chooser.makeFolder('new')
  expect(chooser.listing?.here.id).toBe('home-new')
  delete bridge.answers['files.makeFolder']
  await chooser.makeFolder('other')
  expect(chooser.failure).toMatchObject({ code: 'UNKNOWN_CALL' })
  expect(chooser.listing?.here.id).toBe('home-new')
})

test('a slow folder says that it is listed, and does not come over a newer one', async () => {
  const { bridge, chooser } = await start('page')
  void chooser.choose('data-files')
  await expect.poll(() => chooser.listing?.here.id).toBe('home')
  const slow = later<FolderListing>()
  bridge.answers['files.browse'] = ({ id }) => (id === 'net' ? slow.promise : listing(id ?? 'home'))
  const going = chooser.visit(ref('net'))
  expect(chooser.slow).toBe(false)
  await expect.poll(() => chooser.slow).toBe(true)
  await chooser.visit(ref('near'))
  expect(chooser.slow).toBe(false)
  slow.resolve(listing('net'))
  await going
  expect(chooser.listing?.here.id).toBe('near')
})
