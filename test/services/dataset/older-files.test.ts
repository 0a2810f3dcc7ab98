// Files whose names say that they are older than others of the set are named; nothing is left out by itself.
import { expect, test } from 'vitest'
import { writeData } from '../reading/write-file'
import { faq, room } from './project'

const notesOf = async (...names: string[]): Promise<unknown[]> => {
  const view = await room().add(...names.map((name, i) => writeData(name, faq(3, 10 * i))))
  return view.files.flatMap(({ fields = [] }) => fields)
}

test.each([
  ['FAQ.csv', 'FAQ_旧.csv'],
  ['応対_v2.csv', '応対_v1.csv'],
  ['一覧.csv', '一覧 (1).csv']
])('%s beside %s', async (now, before) => {
  expect(await notesOf(now, before)).toEqual([{ kind: 'old-file', field: before, count: 3 }])
})

test('files of other things are none', async () => {
  expect(await notesOf('送料.csv', '返品.csv')).toEqual([])
  expect(await notesOf('FAQ_旧.csv')).toEqual([])
})
