// The data room's calls on real folders: what is added, chosen and edited holds, survives a new start, and can be
// taken back; one bad file leaves the others be.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { xlsx } from '../../fixtures/write-xlsx'
import { newFolder, writeData } from '../reading/write-file'
import { faq, learnt, newProject, room, splitAt, writeFile, type Room } from './project'

const get = ({ data, dir }: Room) => data.get({ dir, project: 'project-1' })
const rows = ({ data, dir }: Room, search = '') => data.rows({ dir, offset: 0, limit: 1000, search })

describe('adding', () => {
  test('files become copies, rows and counts; the originals are not touched', async () => {
    const here = room()
    const path = writeData('faq.csv', faq(20), 'cp932')
    const before = readFileSync(path)
    const view = await here.add(path)
    expect(view).toMatchObject({ examples: 20, train: 18, heldOut: 2, refused: 0 })
    expect(view.files).toMatchObject([
      {
        ...{ id: 's1', file: 'faq.csv', format: 'csv', encoding: 'cp932', shape: 'question-answer' },
        ...{ examples: 20, refused: 0, error: null, language: 'ja' },
        columns: [
          { name: '質問', sample: '質問1番はどうしますか' },
          { name: '回答', sample: '回答1番です。' }
        ]
      }
    ])
    expect(view.lastChange).toEqual({ entry: 1, kind: 'add', files: ['faq.csv'] })
    expect(readFileSync(join(here.dir, 'data/sources/s1/faq.csv')).equals(before)).toBe(true)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('several files and folders at once; what cannot be read is a row of its own', async () => {
    const here = room()
    const folder = newFolder()
    writeFile(folder, 'deep/er/a.csv', faq(3))
    writeFile(folder, 'b.jsonl', '{"question":"q","answer":"a"}\n{"question":"q","answer":""}\n')
    writeFile(folder, 'photo.png', 'x')
    writeFile(folder, 'broken.json', '[{"question":')
    const view = await here.add(
      folder,
      writeData(
        'protected.xlsx',
        readFileSync(resolve(import.meta.dirname, '../../fixtures/office/protected.xlsx'))
      ),
      writeData('song.mp3', 'x'),
      writeData('good.csv', faq(4, 50))
    )
    expect(view.files.map(({ file, examples, error }) => [file, examples, error?.code ?? null])).toEqual([
      ['b.jsonl', 1, null],
      ['broken.json', 0, 'BROKEN_JSON_FILE'],
      [join('deep', 'er', 'a.csv'), 3, null],
      ['protected.xlsx', 0, 'PASSWORD_PROTECTED'],
      ['song.mp3', 0, 'OTHER_KIND'],
      ['good.csv', 4, null]
    ])
    expect(view.files[3]?.error).toEqual({
      code: 'PASSWORD_PROTECTED',
      details: { file: 'protected.xlsx', program: 'Excel' }
    })
    const { rows } = await here.data.refused({ dir: here.dir, offset: 0, limit: 10 })
    expect(rows.map(({ source, sentence }) => [source.file, source.row, sentence])).toEqual([
      ['b.jsonl', 2, '回答がありません。'],
      ['photo.png', 0, '読めない種類のファイルです。']
    ])
    expect(view.refused).toBe(2)
  })

  test('the same file again is said, not counted twice; a path that is gone is said too', async () => {
    const here = room()
    const path = writeData('faq.csv', faq(5))
    const gone = writeData('gone.csv', faq(1))
    const fileIds = await here.ids(path, gone, writeData('copy.csv', faq(5)))
    rmSync(gone)
    const view = await here.data.add({ dir: here.dir, fileIds })
    expect(view.examples).toBe(5)
    expect(view.files.map(({ error }) => error?.code)).toEqual([undefined, 'DATA_NOT_FOUND', 'ALREADY_ADDED'])
    const again = await here.add(path)
    expect(again.files.at(-1)).toMatchObject({ id: 'p4', error: { code: 'ALREADY_ADDED' } })
    expect(again.examples).toBe(5)
  })

  test('a file that was taken out and added again has its rows', async () => {
    const here = room()
    const path = writeData('faq.csv', faq(5))
    const [added] = (await here.add(path)).files
    await here.data.removeFile({ dir: here.dir, file: added?.id ?? '' })
    const again = await here.add(path)
    expect(again.examples).toBe(5)
    expect(again.files).toMatchObject([{ examples: 5 }])
    expect(again.files[0]?.id).not.toBe(added?.id)
  })

  test('a workbook is one file with its sheets', async () => {
    const view = await room().add(
      writeData(
        'faq.xlsx',
        xlsx([
          {
            name: '返品',
            rows: [['返品のQA'], [], ['質問', '回答', '備考'], ['q1', 'a1', 'x'], ['q2', 'a2']]
          },
          {
            name: '配送',
            rows: [
              ['Question', 'Answer'],
              ['q3', 'a3'],
              ['q4', '']
            ]
          },
          {
            name: '下書き',
            rows: [
              ['質問', '回答'],
              ['q', 'a']
            ],
            state: 'hidden'
          }
        ])
      )
    )
    expect(view.files).toMatchObject([
      {
        ...{ headerRow: 3, titles: ['返品のQA'], encoding: '' },
        ...{ rows: 4, examples: 3, refused: 2 },
        mapping: { 質問: 'question', 回答: 'answer', Question: 'question', Answer: 'answer' },
        sheets: [
          { name: '返品', rows: 2, headerRow: 3, use: 'used' },
          { name: '配送', rows: 2, headerRow: 1, use: 'used' },
          { name: '下書き', rows: null, headerRow: 0, use: 'hidden' }
        ]
      }
    ])
    expect(view.files[0]?.columns.map(({ name }) => name)).toEqual([
      '質問',
      '回答',
      '備考',
      'Question',
      'Answer'
    ])
  })

  test('nothing at all is an error, and so are too many', async () => {
    await expect(room().add(newFolder())).rejects.toMatchObject({ code: 'NO_DATA' })
    const folder = newFolder()
    for (let i = 0; i < 2001; i++) writeFileSync(join(folder, `${i}.csv`), '')
    const here = room()
    await expect(here.add(folder)).rejects.toMatchObject({ code: 'TOO_MANY_FILES' })
    expect((await get(here)).files).toEqual([])
  })

  test('progress is told now and then, by name', async () => {
    const here = room()
    await here.add(writeData('a.csv', faq(30_000)), writeData('b.csv', faq(10, 40_000)))
    expect(here.progress.map(({ file }) => file)).toEqual(expect.arrayContaining(['a.csv', 'b.csv']))
    expect(here.progress.length).toBeLessThan(60)
    expect(here.progress.every(({ project, total }) => project === 'project-1' && total === 2)).toBe(true)
  })

  test('cancelled between rows, the set is what it was', async () => {
    const stop: { now?: () => unknown } = {}
    const here = room({ onProgress: ({ file }) => file === 'long.csv' && stop.now?.() })
    await here.add(writeData('faq.csv', faq(10)))
    const before = here.log()
    stop.now = () => here.data.cancel({ dir: here.dir })
    const view = await here.add(writeData('also.csv', faq(3, 100)), writeData('long.csv', faq(50_000, 1000)))
    expect(view).toEqual(await get(here))
    expect(view.files.map(({ file }) => file)).toEqual(['faq.csv'])
    expect(here.log()).toBe(before)
    expect(readdirSync(join(here.dir, 'data/sources'))).toEqual(['s1'])
    stop.now = undefined
    expect((await here.add(writeData('long.csv', faq(50, 1000)))).examples).toBe(60)
  })

  test('what a crash left behind is no part of the set and in nobody’s way', async () => {
    const here = room()
    await here.add(writeData('faq.csv', faq(10)))
    mkdirSync(join(here.dir, 'data/sources/.adding.tmp-999999999-0123abcd/2'), { recursive: true })
    mkdirSync(join(here.dir, 'data/sources/s2'))
    writeFileSync(join(here.dir, 'data/sources/s2/half.csv'), '質問,回')
    const view = await here.add(writeData('next.csv', faq(5, 100)))
    expect(view.files.map(({ file }) => file)).toEqual(['faq.csv', 'next.csv'])
    expect(readdirSync(join(here.dir, 'data/sources')).sort()).toEqual(['s1', 's2'])
    expect(readdirSync(join(here.dir, 'data/sources/s2'))).toEqual(['next.csv'])
  })
})

describe('choices and edits', () => {
  test('a row is edited and left out, by its place in the file; undo takes one step back at a time', async () => {
    const here = room()
    const added = await here.add(writeData('faq.csv', faq(10)))
    const [first, second] = (await rows(here)).rows
    const one = await here.data.editExample({ dir: here.dir, index: first!.index, answer: '直した回答' })
    expect(one.lastChange).toEqual({ entry: 2, kind: 'edit', files: ['faq.csv'] })
    const two = await here.data.editExample({ dir: here.dir, index: second!.index, removed: true })
    expect(two).toMatchObject({ examples: 9, lastChange: { entry: 3, kind: 'leave-out' } })
    const now = (await rows(here)).rows
    expect(now[0]).toMatchObject({ index: 0, row: 2, answer: '直した回答', edited: true })
    expect(now[1]).toMatchObject({ index: 2, row: 4, edited: false })
    expect([...(await learnt(here)).train, ...(await learnt(here)).heldOut]).toContain(
      'u: 質問1番はどうしますか | a: 直した回答'
    )
    expect(await here.undo()).toEqual({ ...one, changes: 4, takenBack: { ...two.lastChange, entry: 4 } })
    expect(await room({ dir: here.dir }).undo()).toEqual({
      ...added,
      changes: 5,
      takenBack: { ...one.lastChange, entry: 5 }
    })
  })

  test('the same changes undone one by one lead back through the same sets', async () => {
    const here = room()
    const steps: (() => Promise<{ fingerprint: string; examples: number }>)[] = [
      () => here.add(writeData('faq.csv', faq(10))),
      () => here.data.editExample({ dir: here.dir, index: 3, question: '別の質問', answer: '別の回答' }),
      () => here.data.setNormalisation({ dir: here.dir, kind: 'full-width-ascii', applied: true }),
      () => here.add(writeData('more.csv', faq(5, 100))),
      () =>
        here.data.setOverrides({
          dir: here.dir,
          file: 's2',
          overrides: { mapping: { question: '回答', answer: '質問' } }
        }),
      () => here.data.editExample({ dir: here.dir, index: 4, removed: true }),
      () => here.data.removeFile({ dir: here.dir, file: 's1' })
    ]
    const states = [await get(here)]
    for (const step of steps) {
      await step()
      states.push(await get(here))
    }
    expect(new Set(states.map(({ fingerprint }) => fingerprint)).size).toBe(states.length)
    for (const wanted of states.slice(0, -1).reverse()) {
      const { changes } = await get(here)
      const undone = await here.undo()
      // what was taken back is not in the set; its copy is there until it is emptied
      const { removedCopies, takenBack } = undone
      expect(undone).toEqual({ ...wanted, changes: changes + 1, removedCopies, takenBack })
    }
    expect((await get(here)).files).toEqual([])
    await expect(here.undo()).rejects.toMatchObject({ code: 'NOT_THE_LAST_CHANGE' })
    expect(here.log().trim().split('\n')).toHaveLength(2 * steps.length)
  })

  test('edits outlive another reading of the file; a choice that changes nothing is not written down', async () => {
    const here = room()
    await here.add(writeData('faq.csv', '質問,回答,別の回答\nq1,a1,b1\nq2,a2,b2\nq3,a3,b3\n'))
    await here.data.editExample({ dir: here.dir, index: 1, question: 'Q2' })
    await here.data.setOverrides({
      dir: here.dir,
      file: 's1',
      overrides: { mapping: { question: '質問', answer: '別の回答' } }
    })
    const shown = (await rows(here)).rows.map(({ question, answer, edited }) => [question, answer, edited])
    expect(shown).toEqual([
      ['q1', 'b1', false],
      ['Q2', 'b2', true],
      ['q3', 'b3', false]
    ])
    const log = here.log()
    await here.data.setOverrides({
      dir: here.dir,
      file: 's1',
      overrides: { mapping: { question: '質問', answer: '別の回答' } }
    })
    await here.data.editExample({ dir: here.dir, index: 1, question: 'Q2', answer: 'b2' })
    await here.data.setNormalisation({ dir: here.dir, kind: 'nfkc', applied: false })
    expect(here.log()).toBe(log)
  })

  test('half a mapping leaves the columns to go on with; an encoding that does not fit changes nothing', async () => {
    const here = room()
    await here.add(
      writeData('faq.csv', '本文,返信\n送料はいくらですか,五百円です\n返品できますか,はい\n', 'cp932')
    )
    const set = (overrides: Parameters<typeof here.data.setOverrides>[0]['overrides']) =>
      here.data.setOverrides({ dir: here.dir, file: 's1', overrides })
    const half = await set({ mapping: { answer: '本文' } })
    expect(half.files[0]).toMatchObject({
      error: { code: 'MAPPING_INCOMPLETE' },
      mapping: { 本文: 'answer' },
      columns: [{ name: '本文' }, { name: '返信' }]
    })
    const whole = await set({ mapping: { answer: '本文', question: '返信' } })
    expect(whole.files[0]).toMatchObject({ error: null, examples: 2, encoding: 'cp932' })
    await expect(set({ encoding: 'utf-8' })).rejects.toMatchObject({ code: 'WRONG_ENCODING' })
    await expect(set({ encoding: 'klingon' })).rejects.toMatchObject({ code: 'UNKNOWN_ENCODING' })
    expect(await get(here)).toEqual({ ...whole })
    expect((await set({})).files[0]?.mapping).toEqual({ 本文: 'question', 返信: 'answer' })
  })

  test('nothing that is learnt may be emptied; what is gone cannot be changed', async () => {
    const here = room()
    const { dir } = here
    await here.add(writeData('faq.csv', faq(3)), writeData('a.txt', '本文です'))
    await expect(here.data.editExample({ dir, index: 0, answer: ' ' })).rejects.toMatchObject({
      code: 'EMPTY_ANSWER'
    })
    await expect(here.data.editExample({ dir, index: 0, question: '' })).rejects.toMatchObject({
      code: 'EMPTY_QUESTION'
    })
    await expect(here.data.editExample({ dir, index: 99, answer: 'x' })).rejects.toMatchObject({
      code: 'EXAMPLE_GONE'
    })
    await expect(here.data.removeFile({ dir, file: 's9' })).rejects.toMatchObject({ code: 'DATA_FILE_GONE' })
    await expect(here.data.setOverrides({ dir, file: 's9', overrides: {} })).rejects.toMatchObject({
      code: 'DATA_FILE_GONE'
    })
    await here.data.editExample({ dir, index: 3, question: '', answer: '直した本文' })
    expect((await rows(here, '直した')).rows).toMatchObject([
      { question: '', answer: '直した本文', edited: true }
    ])
  })

  test('normalisations are counted, applied only when chosen, and taken back', async () => {
    const here = room()
    const view = await here.add(
      writeData(
        'faq.csv',
        '質問,回答\nｱﾝｹｰﾄは１２月？,はい。　\n株㈱は①番,ﾊﾟｽﾜｰﾄﾞです\n普通の質問,普通の回答\n'
      )
    )
    const counts = view.normalisations.map(({ kind, places, applied }) => [kind, places, applied])
    expect(counts).toEqual([
      ['half-width-kana', 2, false],
      ['full-width-ascii', 1, false],
      ['nfkc', 2, false],
      ['trailing-space', 0, false]
    ])
    expect(view.normalisations[0]?.example).toEqual({
      before: 'ｱﾝｹｰﾄは１２月？',
      after: 'アンケートは１２月？'
    })
    await here.data.setNormalisation({ dir: here.dir, kind: 'half-width-kana', applied: true })
    const both = await here.data.setNormalisation({ dir: here.dir, kind: 'full-width-ascii', applied: true })
    expect(both.normalisations.map(({ places, applied }) => [places, applied])).toEqual([
      [2, true],
      [1, true],
      [2, false],
      [0, false]
    ])
    expect((await rows(here)).rows.map(({ question, answer }) => [question, answer])).toEqual([
      ['アンケートは12月？', 'はい。'],
      ['株㈱は①番', 'パスワードです'],
      ['普通の質問', '普通の回答']
    ])
    await here.undo()
    expect((await rows(here)).rows[0]?.question).toBe('アンケートは１２月？')
  })
})

describe('the same sources and log give the same set', () => {
  test('after a new start, and after the project was copied elsewhere', async () => {
    const here = room()
    await here.add(writeData('faq.csv', faq(30)), writeData('b.csv', faq(8, 100), 'euc-jp'))
    await here.data.editExample({ dir: here.dir, index: 5, answer: 'x' })
    const copied = newProject()
    cpSync(join(here.dir, 'data'), join(copied, 'data'), { recursive: true })
    const view = await get(here)
    for (const other of [room({ dir: here.dir }), room({ dir: copied })]) {
      expect(await get(other)).toEqual(view)
      expect(await learnt(other)).toEqual(await learnt(here))
      expect(await other.data.fingerprintOf(other.dir)).toBe(view.fingerprint)
    }
  })

  test('a copy that was changed by hand is named, not learnt', async () => {
    const here = room()
    await here.add(writeData('faq.csv', faq(5)), writeData('b.csv', faq(5, 50)))
    writeFileSync(join(here.dir, 'data/sources/s1/faq.csv'), faq(6))
    const view = await get(room({ dir: here.dir }))
    expect(view.files.map(({ error }) => error?.code)).toEqual(['SOURCE_CHANGED', undefined])
    expect(view.examples).toBe(5)
  })

  test('two rooms at work on one folder see each other’s changes', async () => {
    const here = room()
    await here.add(writeData('faq.csv', faq(5)))
    const there = room({ dir: here.dir })
    await there.data.editExample({ dir: here.dir, index: 0, removed: true })
    expect((await get(here)).examples).toBe(4)
    expect((await here.undo()).examples).toBe(5)
  })

  test('an empty project has nothing, and says so without reading', async () => {
    const here = room()
    expect(await get(here)).toMatchObject({ files: [], examples: 0, lastChange: null })
    expect(await here.data.hasData(here.dir)).toBe(false)
    expect(await here.data.countOf(here.dir)).toBeNull()
    await expect(splitAt(here)).rejects.toMatchObject({ code: 'NO_DATA' })
    expect(existsSync(join(here.dir, 'data'))).toBe(false)
    await here.add(writeData('faq.csv', faq(1)))
    expect(await here.data.countOf(here.dir)).toBe(1)
    expect(await get(here)).toMatchObject({ examples: 1, train: 1, heldOut: 0 })
    await expect(splitAt(here)).rejects.toMatchObject({ code: 'TOO_FEW_EXAMPLES' })
  })
})
