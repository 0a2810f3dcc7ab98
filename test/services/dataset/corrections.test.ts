// What was recognised wrongly is put right in the data room: delimiter, header row, sheets. Every correction is a
// line of the log, can be taken back to what was recognised, and the same log gives the same set.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { OverridesChange } from '../../../main/contract/records'
import { mergeOverrides } from '../../../main/services/dataset/log/merge-overrides'
import { xlsx } from '../../fixtures/write-xlsx'
import { writeData } from '../reading/write-file'
import { faq, learnt, room, type Room } from './project'

const set = (here: Room, overrides: OverridesChange) =>
  here.data.setOverrides({ dir: here.dir, file: 's1', overrides })
const texts = async (here: Room): Promise<string[]> => {
  const { rows } = await here.data.rows({ dir: here.dir, offset: 0, limit: 100, search: '' })
  return rows.map(({ row, question, answer }) => `${row} ${question} | ${answer}`)
}
const source = (here: Room, offset = 0, limit = 50) =>
  here.data.source({ dir: here.dir, file: 's1', offset, limit })

describe('a table of text', () => {
  test('a delimiter that only the user can know', async () => {
    const here = room()
    // either sign parts every line alike
    const view = await here.add(
      writeData('a.csv', '質問,分類|回答,担当\n送料は？,配送|五百円,田中\n返品は？,返品|できます,佐藤\n')
    )
    expect(view.files[0]).toMatchObject({
      delimiter: ',',
      certainty: { delimiter: { sure: 'fair', doubt: 'several-delimiters' } }
    })
    const right = await set(here, { delimiter: '|' })
    expect(right.files[0]).toMatchObject({
      ...{ delimiter: '|', headerRow: 1, error: null, overrides: { delimiter: '|' } },
      certainty: { delimiter: { sure: 'high', doubt: null } }
    })
    expect(await texts(here)).toEqual(['2 送料は？,配送 | 五百円,田中', '3 返品は？,返品 | できます,佐藤'])
    expect((await set(here, { delimiter: null })).files[0]?.overrides).toEqual({})
  })

  test('a header below titles, and the delimiter of its line', async () => {
    const here = room()
    const given = '応対記録\n\n2026年度, 社外秘\n質問;回答\nq1;a1, x\nq2;a2\n'
    await here.add(writeData('a.csv', given))
    const right = await set(here, { headerRows: { '': 4 } })
    expect(right.files[0]).toMatchObject({
      ...{ delimiter: ';', headerRow: 4, titles: ['応対記録', '2026年度, 社外秘'], examples: 2 },
      overrides: { headerRows: { '': 4 } }
    })
    expect(await texts(here)).toEqual(['5 q1 | a1, x', '6 q2 | a2'])
    await expect(set(here, { headerRows: { '': 99 } })).rejects.toMatchObject({
      code: 'NO_SUCH_ROW',
      details: { row: '99' }
    })
    expect(await texts(here)).toHaveLength(2)
  })

  test('a first row that is data and not names', async () => {
    const here = room()
    await here.add(writeData('a.csv', '質問,回答\nq1,a1\n'))
    const none = await set(here, { headerRows: { '': 0 } })
    expect(none.files[0]).toMatchObject({ headerRow: 0, columns: [{ name: '1' }, { name: '2' }] })
    await set(here, { mapping: { question: '1', answer: '2' } })
    // what looks like names of columns is no example there either: it is listed
    expect(await texts(here)).toEqual(['2 q1 | a1'])
    expect((await here.data.get({ dir: here.dir })).refused).toBe(1)
    const back = await set(here, { headerRows: { '': null } })
    expect(back.files[0]).toMatchObject({ headerRow: 1, overrides: {}, examples: 1 })
  })
})

describe('an Excel file', () => {
  const pairs = (count: number, name: string): string[][] =>
    Array.from({ length: count }, (_, i) => [`${name}の質問${i}`, `${name}の回答${i}`])
  const book = (): string =>
    writeData(
      'faq.xlsx',
      xlsx([
        { name: '返品', rows: [['質問', '回答'], ...pairs(3, '返品')] },
        { name: '古い版', rows: [['部署', '担当'], ['質問', '回答'], ...pairs(2, '古い')] },
        {
          name: '価格',
          rows: [
            ['品名', '値段'],
            ['傘', '500'],
            ['靴', '900']
          ]
        }
      ])
    )

  test('sheets are left out and taken in again', async () => {
    const here = room()
    const all = await here.add(book())
    expect(all.files[0]?.sheets.map(({ name, use }) => `${name} ${use}`)).toEqual([
      '返品 used',
      '古い版 used',
      '価格 unusable'
    ])
    expect(all.files[0]?.sheets.at(-1)?.rows).toBe(2)
    const fewer = await set(here, { leftOutSheets: ['古い版', '価格'] })
    expect(fewer).toMatchObject({ examples: 3, refused: 0 })
    expect(fewer.files[0]?.sheets).toMatchObject([
      { name: '返品', rows: 3, use: 'used' },
      { name: '古い版', use: 'left-out' },
      { name: '価格', rows: 2, use: 'left-out' }
    ])
    await expect(set(here, { leftOutSheets: ['返品', '古い版', '価格'] })).rejects.toMatchObject({
      code: 'ALL_SHEETS_LEFT_OUT'
    })
    // what no other word hangs on stays: a mapping, and the sheets beside it
    const mapped = await set(here, { mapping: { question: '回答', answer: '質問' } })
    expect(mapped.files[0]?.overrides.leftOutSheets).toEqual(['価格', '古い版'])
    const again = await set(here, { leftOutSheets: [] })
    expect(again.files[0]?.overrides).toEqual({ mapping: { question: '回答', answer: '質問' } })
    expect((await here.undo()).fingerprint).toBe(mapped.fingerprint)
  })

  test('a sheet beside a usable one has no columns where it has no names', async () => {
    const here = room()
    const sums = [
      ['合計', 12],
      ['平均', 3.5]
    ]
    const pairs = [
      ['質問', '回答'],
      ['q1', 'a1です。'],
      ['q2', 'a2です。']
    ]
    const view = await here.add(
      writeData(
        'b.xlsx',
        xlsx([
          { name: '回答集', rows: pairs },
          { name: '集計', rows: sums }
        ])
      )
    )
    expect(view.files[0]?.columns.map(({ name }) => name)).toEqual(['質問', '回答'])
  })

  test('a column that is not to be used is not recognised again in any sheet', async () => {
    const here = room()
    await here.add(book())
    // as the mapper says it of the only answers that there are
    const none = await set(here, { mapping: { question: '質問' }, unused: ['回答'] })
    expect(none).toMatchObject({ examples: 0, files: [{ error: { code: 'NO_ANSWER_COLUMN' } }] })
    // the list of columns is still there to choose from
    expect(none.files[0]?.columns.map(({ name }) => name)).toContain('回答')
    const again = await set(here, { mapping: { question: '質問', answer: '回答' } })
    expect(again.files[0]?.overrides).toEqual({ mapping: { question: '質問', answer: '回答' } })
    expect(again.examples).toBeGreaterThan(0)
  })

  test('the header row is said sheet by sheet', async () => {
    const here = room()
    await here.add(book())
    const said = await set(here, { headerRows: { 返品: 2 } })
    expect(said.files[0]?.sheets.map(({ headerRow }) => headerRow)).toEqual([2, 2, 1])
    const both = await set(here, { headerRows: { 古い版: 1 } })
    expect(both.files[0]?.overrides).toEqual({ headerRows: { 古い版: 1, 返品: 2 } })
    const one = await set(here, { headerRows: { 返品: null } })
    expect(one.files[0]?.overrides).toEqual({ headerRows: { 古い版: 1 } })
    await expect(set(here, { headerRows: { 返品: 50 } })).rejects.toMatchObject({ code: 'NO_SUCH_ROW' })
  })
})

describe('the log', () => {
  test('the same log gives the same set; a log of before reads as it did', async () => {
    const here = room()
    await here.add(writeData('a.csv', `題名\n${faq(30)}`))
    const said = await set(here, { headerRows: { '': 2 }, delimiter: ',' })
    const there = room({ dir: here.dir })
    expect(await there.data.get({ dir: here.dir })).toEqual(said)
    expect(await learnt(there)).toEqual(await learnt(here))

    const old = room()
    await old.add(writeData('a.csv', '本文,返信\nq,a\n'))
    const before = {
      kind: 'overrides',
      file: 's1',
      overrides: { mapping: { question: '返信', answer: '本文' } }
    }
    appendFileSync(
      join(old.dir, 'data/log.jsonl'),
      `${JSON.stringify({ n: 2, time: '2026-01-01T00:00:00Z', ...before })}\n`
    )
    expect(await texts(old)).toEqual(['2 a | q'])
  })

  test('only the last change is taken back; another one is refused and nothing happens', async () => {
    const here = room()
    const { lastChange } = await here.add(writeData('a.csv', faq(5)))
    const removed = await here.data.removeFile({ dir: here.dir, file: 's1' })
    expect(removed.lastChange).toEqual({ entry: 2, kind: 'remove', files: ['a.csv'] })
    const log = readFileSync(join(here.dir, 'data/log.jsonl'), 'utf8')
    const late = here.data.undo({ dir: here.dir, entry: lastChange?.entry ?? 0 })
    await expect(late).rejects.toMatchObject({ code: 'NOT_THE_LAST_CHANGE' })
    expect(here.log()).toBe(log)
    expect((await here.data.undo({ dir: here.dir, entry: 2 })).lastChange).toEqual(lastChange)
    await expect(here.data.undo({ dir: here.dir, entry: 2 })).rejects.toMatchObject({
      code: 'NOT_THE_LAST_CHANGE'
    })
  })

  test.each<[string, Parameters<typeof mergeOverrides>, ReturnType<typeof mergeOverrides>]>([
    ['nothing said is everything as recognised', [{ encoding: 'cp932', shape: 'text' }, {}], {}],
    ['null is as recognised again', [{ encoding: 'cp932' }, { encoding: null }], {}],
    [
      'another delimiter brings other columns',
      [{ encoding: 'cp932', shape: 'text', mapping: { text: 'a' } }, { delimiter: ';' }],
      { encoding: 'cp932', delimiter: ';' }
    ],
    [
      'another shape asks for other parts',
      [{ delimiter: ';', mapping: { question: 'a' } }, { shape: 'text' }],
      { delimiter: ';', shape: 'text' }
    ],
    [
      'sheets are named once, in one order',
      [{ shape: 'text' }, { leftOutSheets: ['b', 'a', 'b'] }],
      { leftOutSheets: ['a', 'b'], shape: 'text' }
    ]
  ])('%s', (_, given, wanted) => {
    expect(mergeOverrides(...given)).toEqual(wanted)
  })
})

describe('rows as read', () => {
  test('all columns, the file’s own row numbers, and what could not be taken apart', async () => {
    const here = room()
    await here.add(writeData('a.csv', '番号,質問,回答\n1,q1,a1\n\n2,q2,\n3,q3,a3,多い\n4,q4,a4\n'))
    expect(await source(here)).toEqual({
      total: 4,
      columns: ['番号', '質問', '回答'],
      rows: [
        { sheet: null, row: 2, cells: ['1', 'q1', 'a1'], problem: null },
        { sheet: null, row: 4, cells: ['2', 'q2', ''], problem: null },
        { sheet: null, row: 5, cells: ['3 | q3 | a3 | 多い'], problem: expect.any(String) },
        { sheet: null, row: 6, cells: ['4', 'q4', 'a4'], problem: null }
      ]
    })
    const page = await source(here, 1, 2)
    expect([page.total, page.rows.map(({ row }) => row)]).toEqual([4, [4, 5]])
    expect(await source(here, 9, 2)).toMatchObject({ total: 4, rows: [] })
  })

  test('of every sheet that is read, also one without questions', async () => {
    const here = room()
    const sheet = (name: string, ...rows: string[][]) => ({ name, rows })
    const given = [
      sheet('一', ['質問', '回答'], ['q', 'a']),
      sheet('二', ['品名', '値段'], ['傘', '500']),
      sheet('三', ['質問', '回答'], ['q3', 'a3'])
    ]
    await here.add(writeData('a.xlsx', xlsx(given)))
    await set(here, { leftOutSheets: ['三'] })
    expect(await source(here)).toMatchObject({
      total: 2,
      columns: ['質問', '回答', '品名', '値段'],
      rows: [
        { sheet: '一', row: 2, cells: ['q', 'a', '', ''] },
        { sheet: '二', row: 2, cells: ['', '', '傘', '500'] }
      ]
    })
  })

  test('of a file of which nothing can be used, the first ones', async () => {
    const here = room()
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},x`).join('\n')
    await here.add(writeData('a.csv', `番号,部署\n${rows}\n`))
    const page = await source(here, 10, 2)
    expect(page).toMatchObject({ total: 1000, rows: [{ row: 12 }, { row: 13 }] })
    await expect(here.data.source({ dir: here.dir, file: 's9', offset: 0, limit: 1 })).rejects.toMatchObject({
      code: 'DATA_FILE_GONE'
    })
  })
})

test('of a file of choices the preferred answers alone are learnt, where the user makes them the answers', async () => {
  const here = room()
  const lines = Array.from({ length: 4 }, (_, i) =>
    JSON.stringify({ prompt: `質問${i}`, chosen: `良い回答${i}`, rejected: `悪い回答${i}` })
  )
  expect((await here.add(writeData('prefs.jsonl', lines.join('\n')))).kinds.preference).toBe(4)
  const { files, kinds, refused } = await set(here, { mapping: { question: 'prompt', answer: 'chosen' } })
  expect(files[0]).toMatchObject({ error: null, examples: 4 })
  expect([kinds.conversation, kinds.preference, refused]).toEqual([4, 0, 0])
  const { train, heldOut } = await learnt(here)
  expect([...train, ...heldOut].join('\n')).not.toContain('悪い回答')
})

test.each([
  ['rated.jsonl', 'label', (i: number) => i % 2 === 0],
  ['thumbs.csv', '評価', (i: number) => (i % 2 === 0 ? '良い' : '悪い')]
])(
  'of the rated answers of %s the liked ones alone are learnt, where the user does not use the verdict',
  async (name, verdict, of) => {
    const here = room()
    const rows = Array.from({ length: 6 }, (_, i) => ({
      prompt: `質問${i}`,
      completion: `${i % 2 === 0 ? '丁寧' : '乱暴'}な回答${i}`,
      [verdict]: of(i)
    }))
    const text = name.endsWith('csv')
      ? [['prompt', 'completion', verdict], ...rows.map((row) => Object.values(row))].join('\n')
      : rows.map((row) => JSON.stringify(row)).join('\n')
    expect((await here.add(writeData(name, text))).kinds.rated).toBe(6)
    const { files, kinds, refused } = await set(here, {
      mapping: { question: 'prompt', answer: 'completion' },
      unused: [verdict]
    })
    expect(files[0]).toMatchObject({ error: null, examples: 3 })
    expect([kinds.conversation, kinds.rated, refused]).toEqual([3, 0, 3])
    const { train, heldOut } = await learnt(here)
    expect([...train, ...heldOut].join('\n')).not.toContain('乱暴')
  }
)

describe('words that somebody gave to a row', () => {
  const book =
    '質問,回答,番号\nギフト包装はできますか。,できます。,1\n送料はいくらですか。,五百円です。,2\n返品はできますか。,できます。,1\n'
  const pairs = { question: '質問', answer: '回答' }
  const sorted = { text: '質問', label: '番号' }

  test('are for what it was read as: an answer is neither a label nor a text where columns have other roles', async () => {
    const here = room()
    await here.add(writeData('faq.csv', book))
    await set(here, { mapping: pairs })
    await here.data.editExample({ dir: here.dir, index: 1, answer: '全国一律で五百円です。' })
    expect((await texts(here))[1]).toBe('3 送料はいくらですか。 | 全国一律で五百円です。')

    await set(here, { mapping: sorted, shape: 'text-label' })
    expect((await texts(here))[1]).toBe('3 送料はいくらですか。 | 2')
    await here.data.editExample({ dir: here.dir, index: 1, answer: '3' })
    expect((await texts(here))[1]).toBe('3 送料はいくらですか。 | 3')
    await set(here, { mapping: { text: '質問' }, shape: 'text' })
    expect((await texts(here))[1]).not.toContain('五百円')

    // each comes back with what it was given to
    await set(here, { mapping: pairs, shape: null })
    expect((await texts(here))[1]).toBe('3 送料はいくらですか。 | 全国一律で五百円です。')
    await set(here, { mapping: sorted, shape: 'text-label' })
    expect((await texts(here))[1]).toBe('3 送料はいくらですか。 | 3')
  })

  test('of an older log hold whatever the row is read as', async () => {
    const here = room()
    await here.add(writeData('faq.csv', book))
    const entry = {
      n: 2,
      time: '2026-01-01T00:00:00Z',
      kind: 'edit',
      file: 's1',
      row: 3,
      answer: '全国一律です。'
    }
    appendFileSync(join(here.dir, 'data/log.jsonl'), `${JSON.stringify(entry)}\n`)
    const again = room({ dir: here.dir })
    expect((await texts(again))[1]).toBe('3 送料はいくらですか。 | 全国一律です。')
  })
})
