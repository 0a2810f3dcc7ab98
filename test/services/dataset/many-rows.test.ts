// The list of rows as somebody works through it: only what a finding is about, in another order, and many of them changed in one
// step, which is taken back in one, also by whoever opens the project anew.
import { expect, test } from 'vitest'
import type { ExampleRow, RowOrder, RowsChange } from '../../../main/contract/window/data'
import { CheckUps } from '../../../main/services/doctor/check-ups'
import { KeepingHere } from '../../../main/services/dataset/set/keeping-here'
import { rowsChange, type ChosenRows } from '../../../main/services/dataset/set/change-rows'
import { learnt, room, writeFile, type Room } from './project'

const rows = [
  ['う 送料はいくらですか。', '500円です。'],
  ['あ 在庫はありますか。', '店頭とオンラインの両方でお求めいただけます。'],
  ['い 名入れはできますか。', '<p>名入れを承っております。</p>'],
  ['え 電話は何番ですか。', '<b>担当の佐藤</b>までお電話ください。'],
  ['お 見本はありますか。', '見本を差し上げております。']
]

async function filled(): Promise<{ here: Room; ups: CheckUps }> {
  const here = room()
  const text = `質問,回答\n${rows.map((cells) => cells.join(',')).join('\n')}\n`
  await here.add(writeFile(here.dir, 'faq.csv', text))
  const ups = new CheckUps({
    data: Object.assign(here.data, { tooLongOf: async () => new Uint32Array(0) }),
    keeper: new KeepingHere(),
    goalOf: async () => 'tone',
    language: () => 'ja'
  })
  return { here, ups }
}

const page = async (
  { data, dir }: Room,
  more: {
    order?: RowOrder
    indices?: Uint32Array | undefined
    search?: string
    offset?: number
    limit?: number
  }
): Promise<{ total: number; rows: readonly ExampleRow[] }> =>
  data.rows({ dir, offset: 0, limit: 50, search: '', ...more })
const heads = (found: { rows: readonly ExampleRow[] }): string =>
  found.rows.map(({ question }) => question[0]).join('')

async function change({ data, dir }: Room, chosen: ChosenRows, what: RowsChange): Promise<void> {
  const { set } = await data.snapshotOf(dir)
  const entry = await rowsChange(set, chosen, what)
  await data.entered(dir, 'project-1', () => entry)
}

test('only what a finding is about, in every order, page by page', async () => {
  const { here, ups } = await filled()
  const among = await ups.rowsOf(here.dir, { kind: 'markup', keep: 'first' })
  expect(heads(await page(here, { indices: among }))).toBe('いえ')
  expect(heads(await page(here, { indices: among, search: '電話' }))).toBe('え')
  expect(heads(await page(here, { order: 'question' }))).toBe('あいうえお')
  expect(heads(await page(here, { order: 'shortest' }))).toBe('うお' + 'いあえ')
  expect(heads(await page(here, { order: 'longest' }))).toBe('あえい' + 'おう')
  const pages = [0, 2, 4].map((offset) => page(here, { order: 'question', offset, limit: 2 }))
  expect((await Promise.all(pages)).map(heads)).toEqual(['あい', 'うえ', 'お'])
  // what nothing was found in leaves none, and not all
  const none = await ups.rowsOf(here.dir, { kind: 'duplicates', keep: 'first' })
  expect((await page(here, { indices: none })).total).toBe(0)
})

test('many are left out, and words replaced, each in one step that is taken back and done again', async () => {
  const { here, ups } = await filled()
  const { data, dir } = here
  const all = async (): Promise<string> => {
    const { train, heldOut } = await learnt(here)
    return [...train, ...heldOut].join('\n')
  }
  const before = await data.get({ dir, project: 'project-1' })
  const { rows: shown } = await page(here, {})
  await change(
    here,
    { search: '', ticked: [shown[0]?.index ?? -1, shown[4]?.index ?? -1] },
    { how: 'leave-out' }
  )
  const left = await data.get({ dir, project: 'project-1' })
  expect([left.examples, left.lastChange?.kind]).toEqual([3, 'rows'])

  const among = await ups.rowsOf(dir, { kind: 'markup', keep: 'first' })
  await change(here, { search: '', among }, { how: 'replace', from: 'す', to: '$&' })
  // of those alone, letter by letter, and found by the new words
  expect(await all()).toContain('名入れを承っておりま$&。')
  expect(await all()).toContain('お求めいただけます。')
  expect((await page(here, { search: 'おりま$&' })).total).toBe(1)

  const last = (await data.get({ dir, project: 'project-1' })).lastChange
  await data.undo({ dir, entry: last?.entry ?? 0 })
  expect(await all()).toContain('名入れを承っております。')
  const undone = await data.undo({ dir, entry: left.lastChange?.entry ?? 0 })
  expect(undone.fingerprint).toBe(before.fingerprint)
  const anew = room({ dir })
  const again = await anew.data.redo({ dir, entry: undone.takenBack?.entry ?? 0 })
  expect([again.examples, again.fingerprint]).toEqual([3, left.fingerprint])
  // what people chose is no repair of the check-up
  expect((await ups.get({ dir, keep: 'first' })).repairs).toEqual([])
})

test('a text that would become empty stays, and rows that are gone are said', async () => {
  const { here } = await filled()
  await change(here, { search: '500円' }, { how: 'replace', from: '500円です。', to: '' })
  expect((await page(here, { search: '500円です' })).total).toBe(1)
  await expect(change(here, { search: '', ticked: [999] }, { how: 'leave-out' })).rejects.toMatchObject({
    code: 'EXAMPLE_GONE'
  })
})
