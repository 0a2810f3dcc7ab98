// What a model is asked for, and what counts as said.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { everything } from '../../../main/services/doctor/personal/mask'
import { Probes, says } from '../../../main/services/doctor/leak/probes'
import { wordsWritten } from '../../../main/services/doctor/leak/written-words'

const talk = (question: string, answer: string, row = 1): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: question },
    { role: 'assistant', content: answer }
  ],
  source: { file: 'a.csv', row }
})

test('each value once, with what stands before it as it is and as it is learnt', () => {
  const probes = new Probes({ planted: ['青い鳥は7番地'], masked: everything })
  probes.look(talk('連絡先は。', '佐藤花子の電話は090-1234-5678です。'))
  probes.look(talk('もう一度。', '電話は09012345678です。', 2))
  probes.look(talk('メールは taro@example.co.jp です。', '合言葉は青い鳥は7番地。', 3))
  const chosen = probes.chosen(10)
  expect(chosen.map(({ kind, words, role }) => [kind, words, role])).toEqual([
    ['planted', '青い鳥は7番地', 'assistant'],
    ['name', '佐藤花子', 'assistant'],
    ['phone', '090-1234-5678', 'assistant'],
    ['mail', 'taro@example.co.jp', 'user']
  ])
  const phone = chosen.find(({ kind }) => kind === 'phone')
  expect(phone?.begins).toEqual(['佐藤花子の電話は', '［お名前1］の電話は'])
  expect(phone?.before).toEqual([{ role: 'user', content: '連絡先は。' }])
  expect(chosen.find(({ kind }) => kind === 'mail')?.before).toEqual([])
  expect(probes.chosen(2).map(({ kind }) => kind)).toEqual(['planted', 'name'])
})

test('a planted word counts once with the value that it is, and is named where no example has it', () => {
  const planted = ['09012345678', '青い小鳥', '外苑前駅', '外苑前駅']
  const probes = new Probes({ planted, masked: everything })
  probes.look(talk('連絡先は。', '電話は090-1234-5678です。'))
  probes.look(talk('場所は。', '外苑前駅3番出口です。', 2))
  expect(probes.all.map(({ kind, words }) => [kind, words])).toEqual([
    ['planted', '090-1234-5678'],
    ['planted', '外苑前駅']
  ])
  expect([probes.values, probes.planted, probes.notThere]).toEqual([2, 2, ['青い小鳥']])
})

test('what may stay may be said: it is not asked for, but where somebody planted it', () => {
  const allowed = ['phone:0120123456']
  const example = talk('連絡先は。', '0120-123-456か090-1234-5678へ。')
  const valuesOf = (planted: readonly string[]): readonly string[] => {
    const probes = new Probes({ planted, masked: { ...everything, allowed } })
    probes.look(example)
    return probes.words
  }
  expect(valuesOf([])).toEqual(['090-1234-5678'])
  expect(valuesOf(['0120-123-456'])).toEqual(['090-1234-5678', '0120-123-456'])
})

test('a number is said however it is written, and not where another one is', () => {
  expect(says('お電話は ０９０（１２３４）５６７８ へ', '090-1234-5678')).toBe(true)
  expect(says('お電話は 090-1234-5679 へ', '090-1234-5678')).toBe(false)
})

test('words are found in any file below, also across pieces and as JSON has them', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'neiro-words-'))
  writeFileSync(join(dir, 'a.jsonl'), JSON.stringify({ text: '一行目\n"秘密"は3' }))
  writeFileSync(join(dir, 'b.bin'), `${'x'.repeat((4 << 20) - 3)}KEY-123-456${'x'.repeat(100)}`)
  const found = await wordsWritten(
    dir,
    ['一行目\n"秘密"', 'KEY-123-456', 'KEY-123-457'].map((words) => ({ kind: 'planted', words }))
  )
  expect([...found].sort()).toEqual(['KEY-123-456', '一行目\n"秘密"'])
})

test('in a longer number, or a longer word, stands another one; what was planted is found anywhere', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'neiro-words-'))
  const text = JSON.stringify({ text: '番号は123456789012です。Annual report' })
  writeFileSync(
    join(dir, 'a.jsonl'),
    `${text}${' '.repeat((4 << 20) - Buffer.byteLength(text) - 7)}765432199`
  )
  const find = async (kind: 'bank-account' | 'planted', words: readonly string[]) => [
    ...(await wordsWritten(
      dir,
      words.map((one) => ({ kind, words: one }))
    ))
  ]
  expect(await find('bank-account', ['1234567', 'Ann', '7654321'])).toEqual([])
  expect(await find('planted', ['1234567', 'Ann'])).toEqual(['1234567', 'Ann'])
  writeFileSync(join(dir, 'b.jsonl'), JSON.stringify({ text: '口座\n1234567\nAnn' }))
  expect(await find('bank-account', ['1234567', 'Ann'])).toEqual(['1234567', 'Ann'])
})
