// A dropped folder: all of it is walked, only data is taken, and what cannot be read leaves the rest be.
import { describe, expect, test } from 'vitest'
import { droppedOf, walk } from '../../../renderer/lib/dropped'
import { folderEntry } from '../dropped-files'

describe('walking', () => {
  test('takes data with the way to it, in the order of names, and counts the rest', async () => {
    const found = await walk(
      folderEntry('返信', {
        '9.csv': '9',
        '2026': { 'b.XLSX': 'b', 'photo.jpg': '', deep: { 'a.md': 'a' } },
        '.git': { 'config.txt': '' },
        '~$9.xlsx': '',
        'a.csv': '',
        'b.csv': '',
        'setup.exe': ''
      })
    )
    expect(found.files.map(({ path }) => path)).toEqual([
      '返信/2026/b.XLSX',
      '返信/2026/deep/a.md',
      '返信/9.csv',
      '返信/a.csv',
      '返信/b.csv'
    ])
    expect(await found.files[2]?.file.text()).toBe('9')
    expect([found.leftOut, found.failed.length]).toEqual([2, 0])
  })

  test('a file in it that cannot be read is named, the others are taken', async () => {
    const found = await walk(folderEntry('f', { 'bad.csv': null, 'good.csv': 'x' }))
    expect(found.files.map(({ path }) => path)).toEqual(['f/good.csv'])
    expect(found.failed).toMatchObject([{ code: 'DROP_NOT_READABLE', details: { file: 'bad.csv' } }])
  })

  test('one without data says so', async () => {
    await expect(walk(folderEntry('写真', { 'a.jpg': '', deep: {} }))).rejects.toMatchObject({
      code: 'NOTHING_IN_FOLDER',
      details: { folder: '写真' }
    })
  })

  test('one with more files than anybody means is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`${i}.csv`, '']))
    await expect(walk(folderEntry('all', many))).rejects.toMatchObject({ code: 'TOO_MANY_FILES' })
  })
})

describe('a drop', () => {
  const transfer = (...items: unknown[]): DataTransfer => ({ items }) as unknown as DataTransfer
  const item = (name: string, entry: unknown, file: File | null = new File([], name)): unknown => ({
    kind: 'file',
    webkitGetAsEntry: () => entry,
    getAsFile: () => file
  })

  test('tells folders from files, also where the browser gives no file for a folder', async () => {
    const dropped = droppedOf(
      transfer(
        item('a.csv', null),
        item('x', folderEntry('x', { '1.csv': '' }), null),
        { kind: 'string' },
        item('b.csv', { isDirectory: false, name: 'b.csv' })
      )
    )
    expect(dropped.files.map(({ name }) => name)).toEqual(['a.csv', 'x', 'b.csv'])
    const inside = await Promise.all(dropped.files.map((file) => dropped.inside(file)))
    expect(inside.map((found) => found?.files.map(({ path }) => path) ?? null)).toEqual([
      null,
      ['x/1.csv'],
      null
    ])
  })

  test('of text is nothing', () => {
    expect(droppedOf(transfer({ kind: 'string' })).files).toEqual([])
    expect(droppedOf(null).files).toEqual([])
  })
})
