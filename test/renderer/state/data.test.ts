// The data room: one project at a time, whatever arrives late; progress only while something is read.
import { beforeEach, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { DataFileView, DataView } from '../../../main/contract/window/data'
import { droppedFiles } from '../dropped-files'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import { aProject } from '../views'
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
  questions: 3,
  train: 2,
  heldOut: 1,
  synthetic: 0,
  refused: 0,
  kinds: { conversation: 0, text: 0, preference: 0, rated: 0, labelled: 0 },
  normalisations: [],
  fingerprint: files.map((one) => one.id).join(),
  changes: 3,
  removedCopies: { files: 0, bytes: 0 },
  lastChange: null,
  takenBack: null
})

let bridge: FakeBridge
let room: typeof DataRoom

beforeEach(async () => {
  bridge = fakeBridge({
    'data.get': () => view(file('broken', { error: { code: 'X', details: {} } }), file('good')),
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
const fail = (code: string): never => {
  throw new NeiroError(code)
}
const asked = (name: string): unknown[] =>
  bridge.asked.filter((one) => one.name === name).map((one) => one.args)

test('the first file that can be used is selected and previewed', async () => {
  await room.open('p')
  expect(room.selected?.id).toBe('good')
  expect(asked('data.preview')).toEqual([{ project: 'p', file: 'good', index: 0 }])
})

test('the first file that the goal learns from is selected before others that can be used', async () => {
  const { projects } = await import('../../../renderer/state/projects.svelte')
  const { place } = await import('../../../renderer/state/place.svelte')
  bridge.answers['projects.list'] = () => [aProject({ id: 'p', goal: 'prefer' })]
  bridge.answers['data.get'] = () =>
    view(file('faq', { shape: 'question-answer' }), file('choices', { shape: 'preference' }))
  await projects.refresh()
  place.go('data', { project: 'p' })
  await room.open('p')
  expect(room.selected?.id).toBe('choices')
  expect(asked('data.preview')).toEqual([{ project: 'p', file: 'choices', index: 0 }])
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

test('a change that fails leaves what is shown, says why and answers so', async () => {
  await room.open('p')
  const outcome = await room.removeFile('good')
  expect(outcome).toMatchObject({ ok: false, error: { code: 'UNKNOWN_CALL' } })
  expect(room.view?.files.length).toBe(2)
  expect(room.failure).toMatchObject({ code: 'UNKNOWN_CALL' })
})

test('an edit that fails is said by the dialog, not by the page', async () => {
  await room.open('p')
  bridge.answers['data.editExample'] = () => fail('EMPTY_QUESTION')
  expect(await room.edit(0, { question: '' })).toMatchObject({ ok: false, error: { code: 'EMPTY_QUESTION' } })
  expect(room.failure).toBeNull()
})

describe('undo', () => {
  const change = { entry: 7, kind: 'remove', files: ['good.csv'] } as const

  test('names what it takes back, by number and project, whatever is open by then', async () => {
    await room.open('p')
    bridge.answers['data.removeFile'] = () => ({ ...view(file('broken')), lastChange: change })
    const removed = await room.removeFile('good')
    expect(removed).toEqual({ ok: true, change: { ...change, project: 'p' } })
    expect(room.lastChange).toEqual({ ...change, project: 'p' })

    await room.open('other')
    bridge.answers['data.undo'] = () => view(file('good'), file('back'))
    if (!removed.ok || !removed.change) throw new Error('the change is told')
    expect((await room.undo(removed.change)).ok).toBe(true)
    expect(asked('data.undo')).toEqual([{ project: 'p', entry: 7 }])
    // another project is open: its files are what is shown
    expect(room.view?.fingerprint).toBe('broken,good')
  })

  test('refused, it answers so and changes nothing', async () => {
    await room.open('p')
    bridge.answers['data.undo'] = () => fail('NOT_THE_LAST_CHANGE')
    const outcome = await room.undo({ ...change, project: 'p' })
    expect(outcome).toMatchObject({ ok: false, error: { code: 'NOT_THE_LAST_CHANGE' } })
    expect(room.view?.fingerprint).toBe('broken,good')
    const { takeBack } = await import('../../../renderer/state/take-back')
    const { troubles } = await import('../../../renderer/state/troubles.svelte')
    await takeBack({ ...change, project: 'p' })
    expect(troubles.list).toMatchObject([{ error: { code: 'NOT_THE_LAST_CHANGE' } }])
  })
})

describe('opening', () => {
  test('is said until the answer is there', async () => {
    const slow = later<DataView>()
    bridge.answers['data.get'] = () => slow.promise
    const opening = room.open('p')
    expect([room.loading, room.canStop]).toEqual([true, false])
    slow.resolve(view(file('good')))
    await opening
    expect([room.loading, room.busy]).toEqual([false, false])
  })

  test('that fails leaves no files to be taken for none, and can be tried again', async () => {
    const works = bridge.answers['data.get']
    bridge.answers['data.get'] = () => fail('DATA_LOG_BROKEN')
    await room.open('p')
    expect([room.view, room.loading]).toEqual([null, false])
    expect(room.failure).toMatchObject({ code: 'DATA_LOG_BROKEN' })
    bridge.answers['data.get'] = works
    await room.reopen()
    expect(room.view?.files).toHaveLength(2)
    expect(room.failure).toBeNull()
  })

  test('only adding and reading anew can be stopped', async () => {
    await room.open('p')
    const slow = later<DataView>()
    bridge.answers['data.setOverrides'] = () => slow.promise
    const reading = room.setOverrides('good', { delimiter: ';' })
    expect(room.canStop).toBe(true)
    slow.resolve(view(file('good')))
    await reading
    expect(room.canStop).toBe(false)
    expect(asked('data.setOverrides')).toEqual([
      { project: 'p', file: 'good', overrides: { delimiter: ';' } }
    ])
  })
})

describe('pages of rows', () => {
  test('of a list that has become shorter, the last one is shown', async () => {
    await room.open('p')
    bridge.answers['data.source'] = ({ offset }) => ({
      ...{ total: 101, columns: ['a'] },
      rows: offset > 100 ? [] : [{ row: offset }]
    })
    await room.showSource(150)
    expect(room.source).toMatchObject({ offset: 100, total: 101, rows: [{ row: 100 }] })
    bridge.answers['data.source'] = () => ({ total: 0, columns: ['a'], rows: [] })
    await room.showSource(150)
    expect(room.source).toMatchObject({ offset: 0, total: 0 })
  })

  test('as read are those of the selected file', async () => {
    await room.open('p')
    bridge.answers['data.source'] = () => ({ total: 1, columns: ['a'], rows: [] })
    await room.showSource(0)
    expect(asked('data.source')).toEqual([{ project: 'p', file: 'good', offset: 0, limit: 50 }])
    expect(room.source).toMatchObject({ columns: ['a'], offset: 0 })
  })

  test('a late answer to an older question is not shown', async () => {
    await room.open('p')
    const slow = later<unknown>()
    bridge.answers['data.source'] = ({ offset }) =>
      offset === 0 ? slow.promise : { total: 60, columns: [], rows: [] }
    const first = room.showSource(0)
    await room.showSource(50)
    slow.resolve({ total: 9, columns: [], rows: [] })
    await first
    expect(room.source?.total).toBe(60)
  })
})

test('lengths are counted until the newest answer is there', async () => {
  await room.open('p')
  const slow = later<unknown>()
  bridge.answers['data.histogram'] = () => slow.promise
  const counting = room.showHistogram(512)
  expect(room.counting).toBe(true)
  slow.resolve({ bins: [], longest: 3 })
  await counting
  expect([room.counting, room.histogram?.longest]).toEqual([false, 3])
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

test('what another window has changed is shown, once, and the preview stays where it is', async () => {
  await room.open('p')
  await room.showPreview(2)
  bridge.answers['data.get'] = () => ({ ...view(file('good'), file('theirs')), changes: 4 })
  bridge.tell('data.changed', { project: 'other', changes: 9 })
  bridge.tell('data.changed', { project: 'p', changes: 4 })
  await expect.poll(() => room.view?.files.length).toBe(2)
  await expect.poll(() => room.busy).toBe(false)
  expect(room.preview?.index).toBe(2)
  bridge.tell('data.changed', { project: 'p', changes: 4 })
  expect(asked('data.get')).toHaveLength(2)
})

test('what this window changes itself is not asked for again, told before it is answered or long after', async () => {
  await room.open('p')
  const slow = later<DataView>()
  bridge.answers['data.removeFile'] = () => slow.promise
  const removing = room.removeFile('good')
  bridge.tell('data.changed', { project: 'p', changes: 4 })
  slow.resolve({ ...view(file('left')), changes: 4 })
  await removing
  bridge.answers['data.removeFile'] = () => ({ ...view(), changes: 5 })
  await room.removeFile('left')
  bridge.tell('data.changed', { project: 'p', changes: 4 })
  expect(room.busy).toBe(false)
  expect(asked('data.get')).toHaveLength(1)
})

test('what went wrong stays in sight when another window changes something', async () => {
  await room.open('p')
  bridge.answers['data.setOverrides'] = () => fail('NO_SUCH_ROW')
  await room.setOverrides('good', { encoding: 'utf-16le' })
  bridge.answers['data.get'] = () => ({ ...view(file('theirs')), changes: 4 })
  bridge.tell('data.changed', { project: 'p', changes: 4 })
  await expect.poll(() => room.view?.files.map(({ id }) => id)).toEqual(['theirs'])
  expect(room.failure).toMatchObject({ code: 'NO_SUCH_ROW' })
})
