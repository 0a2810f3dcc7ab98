// Where we are lives in the address, so that reload and Back work; rubbish in it leads home.
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBridge } from '../fake-bridge'
import type { place as Place } from '../../../renderer/state/place.svelte'

const open = async (hash: string): Promise<typeof Place> => {
  fakeBridge()
  location.hash = hash
  return (await import('../../../renderer/state/place.svelte')).place
}
beforeEach(() => void fakeBridge())

test('an address opens its place', async () => {
  const place = await open('#train?project=p-1&run=r-2')
  expect([place.page, place.project, place.run]).toEqual(['train', 'p-1', 'r-2'])
})

test('a step without a project leads home', async () => expect((await open('#data')).page).toBe('home'))

test.each(['', '#', '#nonsense', '#constructor', '#train%00', '#<script>'])('%s leads home', async (hash) =>
  expect((await open(hash)).page).toBe('home')
)

test('going keeps project and run unless told otherwise, and is written to the address', async () => {
  const place = await open('#train?project=p&run=r')
  place.go('compare')
  expect(location.hash).toBe('#compare?project=p&run=r')
  place.go('train', { run: null })
  expect([place.page, place.project, place.run]).toEqual(['train', 'p', null])
  place.go('home', { project: null })
  expect(location.hash).toBe('#home')
})

test('what is shown is named in the address: the run and the part of the page, without a step back', async () => {
  const place = await open('#compare?project=p&view=chat')
  const replaceState = (_: unknown, __: string, hash: string): void => void (location.hash = hash)
  vi.stubGlobal('history', { state: null, replaceState })
  place.settle({ run: 'r', view: 'chat' })
  expect(location.hash).toBe('#compare?project=p&view=chat&run=r')
  // another run is chosen there: the part is named again
  place.go('compare', { run: 's' })
  place.settle({ run: 's', view: 'chat' })
  expect(location.hash).toBe('#compare?project=p&run=s&view=chat')
  place.settle({ run: 's', view: null })
  expect([place.view, location.hash]).toEqual([null, '#compare?project=p&run=s'])
})

test('the browser’s Back is followed', async () => {
  const place = await open('#data?project=p')
  location.hash = '#goal?project=p'
  expect(place.page).toBe('goal')
})

test('what took its time can tell whether the user has gone elsewhere meanwhile', async () => {
  const place = await open('#train?project=p&run=new')
  const isHere = place.mark()
  place.go('train', { run: 'r' })
  expect(isHere()).toBe(true)
  place.go('home', { project: null, run: null })
  expect(isHere()).toBe(false)
  place.go('train', { project: 'other' })
  expect(isHere()).toBe(false)
})
