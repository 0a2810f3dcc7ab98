// Placeholders: the same for the same value in question and answer, counted anew in each example, and nothing of what they
// stand for left.
import { expect, test } from 'vitest'
import type { Example } from '../../../../main/contract/records'
import { namesListed } from '../../../../main/services/doctor/personal/known-names'
import { everything, Masking } from '../../../../main/services/doctor/personal/mask'

const example = (question: string, answer: string): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: question },
    { role: 'assistant', content: answer }
  ],
  source: { file: 'f', row: 1 }
})
const masked = (given: Example, choice = everything): string[] => {
  const { example } = new Masking(choice).mask(given)
  return example.kind === 'conversation' ? example.messages.map(({ content }) => content) : []
}

test('one value has one placeholder in all texts of an example', () => {
  const given = example(
    '佐藤花子です。０９０-１２３４-５６７８か03-1234-5678へ',
    '佐藤様、090-1234-5678へお電話します。'
  )
  expect(masked(given)).toEqual([
    '［お名前1］です。［電話番号1］か［電話番号2］へ',
    '［お名前1］様、［電話番号1］へお電話します。'
  ])
})

test('what was found once is found wherever it stands in the example', () => {
  const given = example('口座番号は7654321です', '7654321を確かめます。')
  expect(masked(given)).toEqual(['口座番号は［口座番号1］です', '［口座番号1］を確かめます。'])
})

test('English texts have English placeholders; what is allowed stays; masking twice changes nothing', () => {
  const given = example('Call (415) 555-0123 or write to a@b.example', 'Dear Ms Sato, noted.')
  expect(masked(given)).toEqual(['Call [PHONE 1] or write to [MAIL 1]', 'Dear Ms [NAME 1], noted.'])
  expect(masked(given, { ...everything, allowed: ['mail:a@bexample'] })[0]).toBe(
    'Call [PHONE 1] or write to a@b.example'
  )
  const once = new Masking(everything).mask(given).example
  expect(new Masking(everything).mask(once).example).toBe(once)
})

test('numbers of the own house by an example of them', () => {
  const given = example('会員KM-2031-99999です', 'XKM-2031-99999ではありませんか')
  expect(masked(given, { ...everything, own: ['KM-2024-00123'] })).toEqual([
    '会員［管理番号1］です',
    'XKM-2031-99999ではありませんか'
  ])
})

test('a short name that is listed is masked wherever it stands as a word, and in no longer one', () => {
  const given = example(
    'From: 人事部 高橋 <a@b.example>\n\n井上様\n井上町の井上からです。\n井上\n',
    '高橋様\n井上拝\n人事部　高橋'
  )
  expect(masked(given)).toEqual([
    'From: 人事部 ［お名前1］ <［メール1］>\n\n［お名前2］様\n井上町の［お名前2］からです。\n［お名前2］\n',
    '［お名前1］様\n［お名前2］拝\n人事部　［お名前1］'
  ])
})

test('names that other examples list are masked too, but for towns and what may be any word', () => {
  const given = example('井上\n経路を変えました。', '承知しました。人事部高橋')
  expect(masked(given)).toEqual(['井上\n経路を変えました。', '承知しました。人事部高橋'])
  expect(masked(given, { ...everything, names: ['井上', '高橋'] })).toEqual([
    '［お名前1］\n経路を変えました。',
    '承知しました。人事部［お名前2］'
  ])
  expect(masked(given, { ...everything, names: ['井上', '高橋'], allowed: ['name:井上'] })[0]).toContain(
    '井上'
  )
  const key = (value: string) => ({ kind: 'name' as const, key: `name:${value}` })
  expect(namesListed(['井上', '千葉', '森', '未来'].map(key))).toEqual(['井上'])
})
