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
  // beside a file that gave nothing it is the only one
  const view = await room().add(writeData('窓口控え.csv', faq(3, 0)), writeData('空.csv', ''))
  expect(view.files.flatMap(({ fields = [] }) => fields)).toEqual([])
})

test.each([
  ['train.csv', 'test.csv'],
  ['mails.csv', 'mails_valid.csv'],
  ['FAQ.csv', 'FAQ_検証用.csv'],
  ['faq-00000-of-00002.csv', 'dev-00001.csv']
])('%s beside %s, which was kept for checking', async (learnt, checked) => {
  expect(await notesOf(learnt, checked)).toEqual([{ kind: 'checking-file', field: checked, count: 3 }])
})

test('what is only for checking, or has such a word in its name, is none', async () => {
  expect(await notesOf('test.csv')).toEqual([])
  expect(await notesOf('latest.csv', 'テスト問題.csv', 'developer.csv')).toEqual([])
})
