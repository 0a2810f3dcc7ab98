// The open project: what is changed goes through main and comes back; a project that is gone leads home with a word.
import { beforeEach, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import { aProject } from '../views'
import type { place as Place } from '../../../renderer/state/place.svelte'
import type { projects as Projects } from '../../../renderer/state/projects.svelte'
import type { troubles as Troubles } from '../../../renderer/state/troubles.svelte'

const none = { useCase: null, tried: null, newFacts: null, volume: null }
let bridge: FakeBridge
let place: typeof Place
let projects: typeof Projects
let troubles: typeof Troubles

const failing = (code: string) => (): never => {
  throw new NeiroError(code)
}

beforeEach(async () => {
  bridge = fakeBridge({
    'projects.list': () => [aProject()],
    'projects.update': ({ id, answers, ...change }) =>
      aProject({ id, ...change, ...(answers && { answers: { ...none, ...answers } }) })
  })
  location.hash = '#goal?project=project'
  ;({ place } = await import('../../../renderer/state/place.svelte'))
  ;({ projects } = await import('../../../renderer/state/projects.svelte'))
  ;({ troubles } = await import('../../../renderer/state/troubles.svelte'))
  await projects.start()
})
const said = (): string[] => troubles.list.map(({ error }) => (error as NeiroError).code)

test('a step is shown at once and remembered', async () => {
  const slow = later<ReturnType<typeof aProject>>()
  bridge.answers['projects.update'] = () => slow.promise
  const going = projects.goTo('data')
  expect(place.page).toBe('data')
  slow.resolve(aProject({ step: 'data' }))
  await going
  expect(projects.current?.step).toBe('data')
})

test('a step that could not be remembered is shown all the same, and said', async () => {
  bridge.answers['projects.update'] = failing('DISK_FULL')
  await troubles.attempt(() => projects.goTo('data'))
  expect(place.page).toBe('data')
  expect(said()).toEqual(['DISK_FULL'])
})

test('a change of a project that is gone leads home, said once, and home no longer lists it', async () => {
  bridge.answers['projects.update'] = failing('PROJECT_GONE')
  await troubles.attempt(() => projects.update({ systemPrompt: 'x' }))
  expect([place.page, place.project]).toEqual(['home', null])
  expect(said()).toEqual(['PROJECT_GONE'])
  expect(projects.list).toEqual([])
})

test('whoever went elsewhere meanwhile is left there', async () => {
  const slow = later<never>()
  bridge.answers['projects.update'] = () => slow.promise.then(failing('PROJECT_GONE'))
  const updating = troubles.attempt(() => projects.update({ systemPrompt: 'x' }))
  place.go('goal', { project: 'other' })
  slow.resolve(undefined as never)
  await updating
  expect([place.page, place.project]).toEqual(['goal', 'other'])
})

test('an address of a project that the list lacks is asked for, and shown when it is there', async () => {
  bridge.answers['projects.get'] = ({ id }) => aProject({ id })
  place.go('goal', { project: 'new' })
  expect(projects.current).toBeNull()
  await projects.find()
  expect(projects.current?.id).toBe('new')
  expect(place.page).toBe('goal')
})

test.each([
  ['PROJECT_GONE', 'PROJECT_GONE'],
  ['PROJECT_BROKEN', 'PROJECT_BROKEN'],
  // an address that could never be one of a project
  ['BAD_ARGUMENTS', 'PROJECT_GONE']
])('an address that answers %s leads home, where %s is said', async (answered, shown) => {
  bridge.answers['projects.get'] = failing(answered)
  place.go('goal', { project: 'gone' })
  await projects.find()
  expect(place.page).toBe('home')
  expect(said()).toEqual([shown])
})

test('while the connection is lost nobody is sent home', async () => {
  bridge.answers['projects.get'] = failing('CONNECTION_LOST')
  place.go('goal', { project: 'unknown' })
  await projects.find()
  expect(place.page).toBe('goal')
})

test('answers of changes made fast may come in any order: the newest stays', async () => {
  const [first, second] = [later<ReturnType<typeof aProject>>(), later<ReturnType<typeof aProject>>()]
  const waiting = [first, second]
  bridge.answers['projects.update'] = () => waiting.shift()!.promise
  const one = projects.update({ answers: { useCase: 'reply' } })
  const two = projects.update({ answers: { tried: 'yes' } })
  second.resolve(aProject({ answers: { ...none, useCase: 'reply', tried: 'yes' } }))
  await two
  first.resolve(aProject({ answers: { ...none, useCase: 'reply' } }))
  await one
  expect(projects.current?.answers).toMatchObject({ useCase: 'reply', tried: 'yes' })
})

test('a list that was asked for before a change does not take it back; nor does an older list a newer one', async () => {
  const [slow, quick] = [later<ReturnType<typeof aProject>[]>(), later<ReturnType<typeof aProject>[]>()]
  const lists = [slow, quick]
  bridge.answers['projects.list'] = () => lists.shift()!.promise
  const early = projects.refresh()
  await projects.update({ systemPrompt: 'new' })
  const late = projects.refresh()
  quick.resolve([aProject({ systemPrompt: 'new' }), aProject({ id: 'second' })])
  await late
  slow.resolve([aProject()])
  await early
  expect(projects.list?.map(({ id }) => id)).toEqual(['project', 'second'])
  expect(projects.current?.systemPrompt).toBe('new')
})

test('a list on its way while a change is answered keeps the change', async () => {
  const slow = later<ReturnType<typeof aProject>[]>()
  bridge.answers['projects.list'] = () => slow.promise
  const early = projects.refresh()
  await projects.update({ systemPrompt: 'new' })
  slow.resolve([aProject(), aProject({ id: 'second' })])
  await early
  expect(projects.current?.systemPrompt).toBe('new')
  expect(projects.list).toHaveLength(2)
})

test('a project that was created while the list was asked for stays in it', async () => {
  const slow = later<ReturnType<typeof aProject>[]>()
  bridge.answers['projects.list'] = () => slow.promise
  const refreshing = projects.refresh()
  bridge.answers['projects.create'] = () => aProject({ id: 'new' })
  await projects.create({ name: 'n', company: '', sample: true })
  slow.resolve([aProject()])
  await refreshing
  expect(projects.list?.map(({ id }) => id)).toEqual(['new', 'project'])
})
