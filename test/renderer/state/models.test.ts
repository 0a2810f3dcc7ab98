// The models of this machine: what cannot be measured says so, a drop needs a window that knows places, and what was
// taken off the list comes back.
import { expect, test } from 'vitest'
import type { ModelCard, TrainingPlan } from '../../../main/contract/window/training'
import { aPlan } from '../views'
import { droppedFiles } from '../dropped-files'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { models as Models } from '../../../renderer/state/models.svelte'

const card = (id: string, error: ModelCard['error'] = null): ModelCard =>
  ({ id, name: id, error }) as ModelCard

async function start(dialogs: 'native' | 'page'): Promise<{ bridge: FakeBridge; models: typeof Models }> {
  const bridge = fakeBridge({
    'app.info': () => ({ dialogs, settings: { language: 'ja', theme: 'system', threads: 0 } }),
    'models.list': () => [card('starter'), card('broken', { code: 'X', details: {} }), card('own')],
    'models.add': ({ fileId }) => card(fileId),
    'models.remove': () => null,
    'models.restore': () => null
  })
  const { app } = await import('../../../renderer/state/app.svelte')
  await app.start()
  return { bridge, models: (await import('../../../renderer/state/models.svelte')).models }
}
const asked = (bridge: FakeBridge, name: string): unknown[] =>
  bridge.asked.filter((one) => one.name === name).map((one) => one.args)

test('one that cannot be measured says so, and the next is measured', async () => {
  const { bridge, models } = await start('native')
  await models.refresh()
  bridge.answers['models.plan'] = ({ id }) => {
    if (id === 'own') return aPlan()
    throw Object.assign(new Error(), { toData: () => ({ code: 'NO_EXAMPLES_YET', details: {} }) })
  }
  await models.measure('p')
  expect(models.planFailure('starter')).toMatchObject({ code: 'NO_EXAMPLES_YET' })
  expect([models.plan('starter'), models.plan('own')]).toEqual([null, aPlan()])
  expect(asked(bridge, 'models.plan')).not.toContainEqual({ id: 'broken', project: 'p' })
  bridge.answers['models.plan'] = () => aPlan()
  await models.measure('p')
  expect([models.planFailure('starter'), models.plan('starter')]).toEqual([null, aPlan()])
})

test('the figures of a project that was left meanwhile are not shown', async () => {
  const { bridge, models } = await start('native')
  await models.refresh()
  const slow = later<TrainingPlan>()
  bridge.answers['models.plan'] = ({ project }) => (project === 'slow' ? slow.promise : aPlan({ steps: 7 }))
  const first = models.measure('slow')
  await models.measure('fast')
  slow.resolve(aPlan({ steps: 1 }))
  await first
  expect(models.plan('starter')?.steps).toBe(7)
})

test('a dropped folder is added where the window knows its place', async () => {
  const { bridge, models } = await start('native')
  bridge.answers['models.add'] = ({ fileId }) => {
    if (fileId === 'ref-bad')
      throw Object.assign(new Error(), { toData: () => ({ code: 'NO_CONFIG', details: {} }) })
    return card(fileId)
  }
  expect(await models.drop(droppedFiles('bad', 'good'))).toBe('ref-good')
  expect(models.list).toHaveLength(3)
  expect(models.failure).toMatchObject({ code: 'NO_CONFIG' })
})

test('in a browser it is said how else a folder comes in', async () => {
  const { bridge, models } = await start('page')
  expect(await models.drop(droppedFiles('model'))).toBeNull()
  expect(models.failure).toMatchObject({ code: 'MODEL_BY_CHOICE' })
  expect(asked(bridge, 'models.add')).toEqual([])
})

test('taking off answers whether it was done, and can be taken back', async () => {
  const { bridge, models } = await start('native')
  expect(await models.remove('own')).toBe(true)
  await models.restore('own')
  expect(asked(bridge, 'models.restore')).toEqual([{ id: 'own' }])
  bridge.answers['models.remove'] = () => {
    throw Object.assign(new Error(), { toData: () => ({ code: 'DISK_FULL', details: {} }) })
  }
  expect(await models.remove('own')).toBe(false)
  expect(models.failure).toMatchObject({ code: 'DISK_FULL' })
})

test('a folder that another window added appears, and is measured; the others are not measured again', async () => {
  const { bridge, models } = await start('native')
  await models.refresh()
  bridge.answers['models.plan'] = () => aPlan()
  await models.measure('p')
  bridge.answers['models.list'] = () => [card('starter'), card('theirs')]
  bridge.tell('models.changed', null)
  await expect.poll(() => models.plan('theirs')).toEqual(aPlan())
  expect(models.list?.map(({ id }) => id)).toEqual(['starter', 'theirs'])
  expect(asked(bridge, 'models.plan')).toEqual(
    ['starter', 'own', 'theirs'].map((id) => ({ id, project: 'p' }))
  )
})
