// Put away and lost: kept in step with what comes and goes, brought back, and found again elsewhere.
import { expect, test } from 'vitest'
import type { LostProject, PutAway } from '../../../main/contract/window/projects'
import { fakeBridge, type FakeBridge } from '../fake-bridge'
import { aProject } from '../views'
import type { projects as Projects } from '../../../renderer/state/projects.svelte'
import type { putAway as Things } from '../../../renderer/state/put-away.svelte'

const away = (undo: string): PutAway => ({ undo, name: undo, about: '/x', removedAt: '', daysLeft: 3 })
const lost: LostProject = {
  id: 'lost',
  name: '外',
  shownPath: '/usb/外',
  own: false,
  error: { code: 'PROJECT_AWAY', details: { folder: '外' } }
}

async function start(): Promise<{ bridge: FakeBridge; things: typeof Things; projects: typeof Projects }> {
  const bridge = fakeBridge({
    'app.info': () => ({ dialogs: 'native', settings: { language: 'ja', theme: 'system', threads: 0 } }),
    'projects.list': () => [],
    'projects.bin': () => [away('p')],
    'runs.bin': () => [away('r')],
    'projects.lost': () => [lost]
  })
  await (await import('../../../renderer/state/app.svelte')).app.start()
  const things = (await import('../../../renderer/state/put-away.svelte')).putAway
  await things.start()
  return { bridge, things, projects: (await import('../../../renderer/state/projects.svelte')).projects }
}

test('is asked for once, and again when projects come or go', async () => {
  const { bridge, things } = await start()
  expect([things.projects, things.runs, things.lost]).toEqual([[away('p')], [away('r')], [lost]])
  bridge.answers['projects.bin'] = () => []
  bridge.tell('projects.changed', null)
  await expect.poll(() => things.projects).toEqual([])
})

test('a project comes back to the list, or among those that cannot be read', async () => {
  const { bridge, things, projects } = await start()
  bridge.answers['projects.restore'] = () => aProject({ id: 'back' })
  await things.restoreProject('p')
  expect(projects.list?.map(({ id }) => id)).toEqual(['back'])
  bridge.answers['projects.restore'] = () => null
  await things.restoreProject('p')
  expect(projects.list).toEqual([])
})

test('a lost one is forgotten, or found where it lies now', async () => {
  const { bridge, things, projects } = await start()
  bridge.answers['projects.forget'] = () => ({ undo: 'u' })
  expect(await things.forget('lost')).toEqual({ undo: 'u' })
  expect(things.lost).toEqual([])

  bridge.answers['files.choose'] = () => [{ id: 'f', name: '外', size: 0, folder: true, shownPath: '/new' }]
  bridge.answers['projects.relocate'] = () => aProject({ id: 'found' })
  bridge.answers['projects.lost'] = () => []
  await things.relocate('lost')
  expect(bridge.asked).toContainEqual({ name: 'projects.relocate', args: { id: 'lost', fileId: 'f' } })
  expect(projects.list?.map(({ id }) => id)).toEqual(['found'])

  bridge.answers['files.choose'] = () => []
  await things.relocate('lost')
  expect(bridge.asked.filter(({ name }) => name === 'projects.relocate')).toHaveLength(1)
})
