// Downloads in the window: nothing begins without a click and a yes, what main tells is shown, and what failed says why.
import { expect, test } from 'vitest'
import type { FetchView, LicenceView } from '../../../main/contract/window/models'
import { fakeBridge, type FakeBridge } from '../fake-bridge'
import type { fetches as Fetches } from '../../../renderer/state/fetches.svelte'

const view = (change: Partial<FetchView> = {}): FetchView => ({
  id: 'maker/model',
  revision: 'r',
  state: 'fetching',
  doneBytes: 1,
  totalBytes: 4,
  bytesPerSecond: null,
  secondsLeft: null,
  from: 'hub',
  error: null,
  retrySeconds: null,
  modelId: null,
  ...change
})
const licence = (change: Partial<LicenceView> = {}): LicenceView => ({
  key: 'mit',
  name: 'MIT',
  url: null,
  use: 'free',
  duties: [],
  agreedOn: null,
  ...change
})

async function start(): Promise<{ bridge: FakeBridge; fetches: typeof Fetches }> {
  const bridge = fakeBridge({ 'models.fetches': () => [], 'models.fetch': () => view() })
  const { fetches } = await import('../../../renderer/state/fetches.svelte')
  await fetches.start()
  return { bridge, fetches }
}
const asked = (bridge: FakeBridge): unknown[] =>
  bridge.asked.filter(({ name }) => name === 'models.fetch').map(({ args }) => args)

test('a free one begins at once, is told of while it comes, and is a model in the end', async () => {
  const { bridge, fetches } = await start()
  const arriving = fetches.fetch('maker/model', licence())
  await Promise.resolve()
  expect(fetches.asking).toBeNull()
  expect(asked(bridge)).toEqual([{ address: 'maker/model', agreed: null }])
  await new Promise((resume) => setTimeout(resume))
  bridge.tell(
    'fetch.changed',
    view({ state: 'waiting', error: { code: 'HUB_CUT', details: { host: 'hub' } } })
  )
  expect(fetches.active?.state).toBe('waiting')
  bridge.tell('fetch.changed', view({ state: 'done', modelId: 'm1' }))
  expect(await arriving).toBe('m1')
  expect(fetches.of('maker/model')).toBeNull()
  expect(fetches.active).toBeNull()
})

test('one under conditions waits for a yes; a no fetches nothing; what was agreed to is not asked again', async () => {
  const { bridge, fetches } = await start()
  const conditions = licence({ key: 'llama-3', duties: ['built-with-llama'] })
  const refused = fetches.fetch('maker/model', conditions)
  expect(fetches.asking?.id).toBe('maker/model')
  fetches.answer(false)
  expect(await refused).toBeNull()
  expect(asked(bridge)).toEqual([])
  void fetches.fetch('maker/model', conditions)
  fetches.answer(true)
  await new Promise((resume) => setTimeout(resume))
  expect(asked(bridge)).toEqual([{ address: 'maker/model', agreed: 'llama-3' }])
  void fetches.fetch('maker/model', { ...conditions, agreedOn: '2026-11-28' })
  expect(fetches.asking).toBeNull()
})

test('what failed says why until it is tried again', async () => {
  const { bridge, fetches } = await start()
  const arriving = fetches.fetch('maker/model', licence())
  await new Promise((resume) => setTimeout(resume))
  bridge.tell('fetch.changed', view({ state: 'failed', error: { code: 'FETCH_NO_SPACE', details: {} } }))
  expect(await arriving).toBeNull()
  expect(fetches.failure('maker/model')).toMatchObject({ code: 'FETCH_NO_SPACE' })
  bridge.tell('fetch.changed', view())
  expect(fetches.failure('maker/model')).toBeNull()
})
