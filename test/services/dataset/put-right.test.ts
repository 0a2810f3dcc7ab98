// Refused rows that are put right, in place and by the list; and what is left of files that were removed or never
// read: copies are counted and emptied, undo says all that it takes back.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FileRefs } from '../../../main/services/files/file-refs'
import { readData } from '../../../main/services/dataset/read/read-paths'
import { xlsx } from '../../fixtures/write-xlsx'
import { newFolder, writeData } from '../reading/write-file'
import { said } from '../reading/reading'
import { faq, learnt, room, writeFile, type Room, splitAt } from './project'

const get = ({ data, dir }: Room) => data.get({ dir, project: 'project-1' })
const refused = async ({ data, dir }: Room) => (await data.refused({ dir, offset: 0, limit: 100 })).rows
const rows = async ({ data, dir }: Room) => (await data.rows({ dir, offset: 0, limit: 100, search: '' })).rows
const right = ({ data, dir }: Room, row: number, question: string, answer: string, more = {}) =>
  data.putRight({ dir, file: 's1', sheet: null, row, question, answer, ...more })

const given =
  '番号,質問,回答\n1,送料は？,五百円です。\n2,返品は？,\n3,,できます。\n4,修理は？,nan\n5,q,a,多い\n'

describe('a refused row is put right', () => {
  test('its question and answer stand there as far as they are in the file', async () => {
    const here = room()
    await here.add(writeData('faq.csv', given))
    const list = await refused(here)
    expect(list.map(({ source, reason, pair }) => [source.row, reason, pair])).toEqual([
      [3, 'EMPTY_ANSWER', { question: '返品は？', answer: '' }],
      [4, 'EMPTY_QUESTION', { question: '', answer: 'できます。' }],
      [5, 'WORD_FOR_NOTHING', { question: '修理は？', answer: 'nan' }],
      [6, 'TOO_MANY_CELLS', undefined]
    ])
    expect(list.every(({ mendable }) => mendable?.file === 's1' && mendable.kind === 'conversation')).toBe(
      true
    )
  })

  test('a file of which no row could be used is in the language that a row is put right in', async () => {
    const here = room()
    expect((await here.add(writeData('a.csv', '質問,回答\n1,\n,\n'))).files[0]).toMatchObject({
      language: 'other'
    })
    const view = await right(here, 2, '返品はできますか。', '承ります。')
    expect(view.files[0]).toMatchObject({ examples: 1, language: 'ja' })
    const after = await get(room({ dir: here.dir }))
    expect(after.files[0]?.language).toBe('ja')
  })

  test('it is an example then, can be changed, taken back, and is there after a new start', async () => {
    const here = room()
    const before = await here.add(writeData('faq.csv', given))
    const view = await right(here, 3, '返品は？', '承ります。')
    expect(view).toMatchObject({
      examples: 2,
      refused: 3,
      lastChange: { kind: 'put-right', files: ['faq.csv'] }
    })
    expect(view.files[0]).toMatchObject({ examples: 2, refused: 3 })
    expect(view.fingerprint).not.toBe(before.fingerprint)
    expect((await rows(here)).at(-1)).toMatchObject({
      row: 3,
      question: '返品は？',
      answer: '承ります。',
      edited: true
    })
    expect((await refused(here)).map(({ source }) => source.row)).toEqual([4, 5, 6])
    const after = room({ dir: here.dir })
    expect(await get(after)).toEqual(view)
    expect([...(await learnt(after)).train, ...(await learnt(after)).heldOut]).toContain(
      'u: 返品は？ | a: 承ります。'
    )

    const index = (await rows(after)).at(-1)?.index ?? -1
    await after.data.editExample({ dir: after.dir, index, answer: '三十日以内に承ります。' })
    expect((await rows(after)).at(-1)).toMatchObject({ answer: '三十日以内に承ります。' })
    // left out again, it is a row that is not read: it never disappears
    expect(await after.data.editExample({ dir: after.dir, index, removed: true })).toMatchObject({
      refused: 4
    })
    await after.undo()
    await after.undo()
    expect(await after.undo()).toMatchObject({ examples: 1, refused: 4, fingerprint: before.fingerprint })
  })

  test('also one that could not be taken apart, and the only rows of a file', async () => {
    const here = room()
    await here.add(writeData('faq.csv', '質問,回答\nq,\nr,\n'))
    expect((await get(here)).files[0]?.error?.code).toBe('NO_USABLE_ROW')
    const view = await right(here, 2, 'q', 'a')
    expect(view).toMatchObject({ examples: 1, refused: 1, files: [{ error: null, examples: 1 }] })
    const other = room()
    await other.add(writeData('faq.csv', given))
    expect(await right(other, 6, '質問', '回答')).toMatchObject({ examples: 2, refused: 3 })
  })

  test('of a sheet, of a text, and of a conversation in system’s company', async () => {
    const here = room()
    const sheet = (name: string, ...rows: string[][]) => ({ name, rows })
    const book = xlsx([
      sheet('一', ['質問', '回答'], ['q1', 'a1']),
      sheet('二', ['質問', '回答'], ['q2', ''], ['q3', 'a3'])
    ])
    await here.add(writeData('a.xlsx', book))
    await expect(right(here, 2, 'q2', 'a2')).rejects.toMatchObject({ code: 'ROW_NOT_REFUSED' })
    expect(await right(here, 2, 'q2', 'a2', { sheet: '二' })).toMatchObject({ examples: 3, refused: 0 })

    const texts = room()
    await texts.add(writeData('a.jsonl', '{"text":"一"}\n{"text":""}\n'))
    expect((await refused(texts))[0]?.mendable).toEqual({ file: 's1', kind: 'text' })
    await right(texts, 2, '', '二')
    expect((await rows(texts)).at(-1)).toMatchObject({ kind: 'text', answer: '二' })

    const spoken = room()
    await spoken.add(writeData('a.csv', 'system,question,answer\n丁寧に,q,a\n丁寧に,r,\n'))
    await right(spoken, 3, 'r', 'b')
    const { train, heldOut } = await splitAt(spoken)
    const mended = [...train, ...heldOut].find(({ source }) => source.row === 3)
    expect(mended).toMatchObject({
      messages: [{ role: 'system', content: '丁寧に' }, { content: 'r' }, { content: 'b' }]
    })
  })

  test('words that are not all there are refused with their reason; so is what is no refused row', async () => {
    const here = room()
    await here.add(writeData('faq.csv', given))
    const log = here.log()
    await expect(right(here, 3, '返品は？', '　')).rejects.toMatchObject({ code: 'EMPTY_ANSWER' })
    await expect(right(here, 4, '', 'できます。')).rejects.toMatchObject({ code: 'EMPTY_QUESTION' })
    for (const row of [2, 99])
      await expect(right(here, row, 'q', 'a')).rejects.toMatchObject({ code: 'ROW_NOT_REFUSED' })
    await expect(right(here, 3, 'q', 'a', { file: 's9' })).rejects.toMatchObject({ code: 'ROW_NOT_REFUSED' })
    expect(here.log()).toBe(log)
    await right(here, 3, 'q', 'a')
    await expect(right(here, 3, 'q', 'b')).rejects.toMatchObject({ code: 'ROW_NOT_REFUSED' })
  })

  test('another reading that makes an example of it keeps the words', async () => {
    const here = room()
    await here.add(writeData('faq.csv', '質問,回答,返信\nq,a,\nr,,b\n'))
    await right(here, 3, 'r', '直した')
    const mapping = { question: '質問', answer: '返信' }
    await here.data.setOverrides({ dir: here.dir, file: 's1', overrides: { mapping } })
    expect((await rows(here)).map(({ row, answer }) => [row, answer])).toEqual([[3, '直した']])
  })

  test('the saved list, filled in, is read as examples: nothing but the words of the user is new', async () => {
    const here = room()
    await here.add(writeData('faq.csv', '質問,回答\nq,a\n-5℃で使えますか,\n送料は？,nan\n'))
    const { text } = await here.data.refusedFile({ dir: here.dir })
    const file = join(newFolder(), 'refused.csv')
    writeFileSync(file, text)
    // as it was saved, its rows are what they were
    const list = room()
    expect(await list.add(file)).toMatchObject({ examples: 0, refused: 2 })
    writeFileSync(file, text.replace(`"'-5℃で使えますか","",`, `"'-5℃で使えますか","'-10℃まで使えます。",`))
    const { examples, report } = await readData([file])
    expect(examples.map(said)).toEqual(['u: -5℃で使えますか | a: -10℃まで使えます。'])
    expect(report.refused.map(({ reason }) => reason)).toEqual(['WORD_FOR_NOTHING'])
  })
})

describe('copies', () => {
  const copies = ({ dir }: Room): string[] => readdirSync(join(dir, 'data/sources')).sort()

  test('of removed files are kept for undo, counted, and emptied at one word', async () => {
    const here = room()
    const [a, b] = [faq(5), faq(6, 50)]
    await here.add(writeData('a.csv', a))
    await here.add(writeData('b.csv', b))
    await here.data.removeFile({ dir: here.dir, file: 's1' })
    expect((await get(here)).removedCopies).toEqual({ files: 1, bytes: Buffer.byteLength(a) })
    expect((await here.undo()).removedCopies).toEqual({ files: 0, bytes: 0 })
    const view = await here.data.removeFile({ dir: here.dir, file: 's1' })
    const emptied = await here.data.emptyCopies({ dir: here.dir })
    expect(emptied).toEqual({ ...view, changes: 6, removedCopies: { files: 0, bytes: 0 }, lastChange: null })
    expect(copies(here)).toEqual(['s2'])
    await expect(here.data.undo({ dir: here.dir, entry: view.lastChange?.entry ?? 0 })).rejects.toMatchObject(
      {
        code: 'NOT_THE_LAST_CHANGE'
      }
    )
    // what comes after can be taken back; numbers are not given again
    await here.add(writeData('c.csv', faq(3, 90)))
    expect((await get(here)).files.map(({ id }) => id)).toEqual(['s2', 's3'])
    const back = await here.undo()
    expect(back).toMatchObject({ examples: 6, removedCopies: { files: 1 }, lastChange: null })
    expect(await get(room({ dir: here.dir }))).toEqual(back)
    const log = here.log()
    await here.data.emptyCopies({ dir: here.dir })
    await here.data.emptyCopies({ dir: here.dir })
    expect(here.log().split('\n').length).toBe(log.split('\n').length + 1)
  })

  test('an emptying that was killed after its word is known is finished by the next one', async () => {
    const here = room()
    await here.add(writeData('a.csv', faq(5)), writeData('b.csv', faq(5, 40)))
    await here.data.removeFile({ dir: here.dir, file: 's1' })
    writeFile(here.dir, 'data/log.jsonl', `${here.log()}{"n":3,"time":"","kind":"empty","files":["s1"]}\n`)
    const again = room({ dir: here.dir })
    expect(await get(again)).toMatchObject({ removedCopies: { files: 1 }, lastChange: null })
    await again.data.emptyCopies({ dir: here.dir })
    expect(copies(here)).toEqual(['s2'])
  })

  test('a book with a password leaves none, nor does its upload', async () => {
    const here = room()
    const folder = newFolder()
    const book = readFileSync(resolve(import.meta.dirname, '../../fixtures/office/protected.xlsx'))
    const path = writeFile(folder, 'batch/給与.xlsx', book.toString('latin1'))
    writeFileSync(path, book)
    const ref = await here.files.addUpload(path)
    const view = await here.data.add({ dir: here.dir, fileIds: [ref.id] })
    expect(view.files).toMatchObject([{ file: '給与.xlsx', error: { code: 'PASSWORD_PROTECTED' } }])
    expect(copies(here)).toEqual([])
    expect(existsSync(path)).toBe(false)
    expect(readdirSync(folder)).toEqual([])
    // its line in the list outlives a new start, and can be taken away
    const after = await get(room({ dir: here.dir }))
    expect(after.files[0]?.error?.code).toBe('PASSWORD_PROTECTED')
  })

  test('a file of the user’s is never taken for an upload', async () => {
    const files = new FileRefs()
    const path = writeData('a.csv', faq(2))
    const ref = await files.add(path)
    await files.letGo([ref.id, 'unknown'])
    expect(existsSync(path)).toBe(true)
  })
})

test('undo names every file that it takes back', async () => {
  const here = room()
  const folder = newFolder()
  writeFile(folder, 'a.csv', faq(3))
  writeFile(folder, 'b.csv', faq(3, 20))
  const view = await here.add(folder, writeData('song.mp3', 'x'))
  expect(view.lastChange).toEqual({ entry: 1, kind: 'add', files: ['a.csv', 'b.csv', 'song.mp3'] })
})
