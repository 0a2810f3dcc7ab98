// The data room: one project at a time, whatever arrives late; progress only while something is read.
import { beforeEach, expect, test } from 'vitest'
import type { DataFileView, DataView } from '../../../main/contract/window/data'
import { droppedFiles } from '../dropped-files'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { dataRoom as DataRoom } from '../../../renderer/state/data.svelte'

const file = (id: string, change: Partial<DataFileView> = {}): DataFileView =>
  ({
    id,
    file: `${id}.csv`,
    examples: 3,
    refused: 0,
    error: null,
    columns: [],
    mapping: {},
    ...change
  }) as DataFileView
const view = (...files: DataFileView[]): DataView => ({
  files,
  examples: files.reduce((sum, one) => sum + one.examples, 0),
  train: 2,
  heldOut: 1,
  refused: 0,
  normalisations: [],
  fingerprint: files.map((one) => one.id).join(),
  lastChange: null
})

let bridge: FakeBridge
let room: typeof DataRoom

beforeEach(async () => {
  bridge = fakeBridge({
    'data.get': () =>
      view(file('broken', { error: { message: '', hint: '', code: 'X', details: {} } }), file('good')),
    'data.preview': ({ file: of, index }) => ({
      index,
      count: 3,
      file: of,
      turns: [],
      pieces: [],
      tokens: 1,
      cut: 0
    })
  })
  ;({ dataRoom: room } = await import('../../../renderer/state/data.svelte'))
})
const asked = (name: string): unknown[] =>
  bridge.asked.filter((one) => one.name === name).map((one) => one.args)

test('the first file that can be used is selected and previewed', async () => {
  await room.open('p')
  expect(room.selected?.id).toBe('good')
  expect(asked('data.preview')).toEqual([{ project: 'p', file: 'good', index: 0 }])
})

test('dropped files go in as references, and the answer is what is shown', async () => {
  await room.open('p')
  bridge.answers['data.add'] = () => view(file('new'))
  await room.drop(droppedFiles('new.csv'))
  expect(asked('data.add')).toEqual([{ project: 'p', fileIds: ['ref-new.csv'] }])
  expect(room.view?.fingerprint).toBe('new')
})

test('progress is shown while a file is read, and not after', async () => {
  await room.open('p')
  const slow = later<DataView>()
  bridge.answers['data.add'] = () => slow.promise
  const adding = room.drop(droppedFiles('new.csv'))
  const reading = { project: 'p', file: 'new.csv', done: 5, total: 10 }
  await expect.poll(() => room.busy).toBe(true)
  bridge.tell('data.progress', { ...reading, project: 'other' })
  expect(room.reading).toBeNull()
  bridge.tell('data.progress', reading)
  expect(room.reading).toEqual(reading)
  slow.resolve(view(file('new')))
  await adding
  expect(room.reading).toBeNull()
  bridge.tell('data.progress', reading)
  expect(room.reading).toBeNull()
})

test('the data of a project that was left meanwhile is not shown', async () => {
  const slow = later<DataView>()
  bridge.answers['data.get'] = ({ project }) => (project === 'slow' ? slow.promise : view(file('fast')))
  const first = room.open('slow')
  await room.open('fast')
  slow.resolve(view(file('slow')))
  await first
  expect(room.view?.fingerprint).toBe('fast')
})

test('a change that fails leaves what is shown, and says why', async () => {
  await room.open('p')
  await room.undo()
  expect(room.view?.files.length).toBe(2)
  expect(room.failure).toMatchObject({ code: 'UNKNOWN_CALL' })
})

test('what was dropped into a project that was left meanwhile is added to none', async () => {
  await room.open('p')
  const slow = later<null>()
  const dropping = room.drop({ ...droppedFiles('late.csv'), inside: () => slow.promise })
  expect(room.busy).toBe(true)
  await room.open('other')
  slow.resolve(null)
  await dropping
  expect(asked('data.add')).toEqual([])
  expect(room.busy).toBe(false)
})
