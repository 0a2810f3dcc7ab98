// How a sentence is filled: reasons that are codes, the parts that columns play, memory in the units of people.
import { expect, test } from 'vitest'
import { wordsOf, wordsOfNotice } from '../../main/words/errors'
import { errors as english } from '../../main/words/errors/en'
import { errors as japanese } from '../../main/words/errors/ja'

test('a reason inside a sentence is said in words', () => {
  const error = { code: 'NO_USABLE_ROW', details: { file: 'a.json', rows: '3', reason: 'TOOL_CALL' } }
  expect(wordsOf(error, 'ja').message).toBe(
    'a.json に使える行がありません（いちばん多い理由：ツールや関数を呼び出す会話です）。'
  )
  expect(wordsOf(error, 'en').message).not.toContain('TOOL_CALL')
})

test('the parts that columns play are said in words, speakers as they are called', () => {
  const said = (role: string, language: 'ja' | 'en'): string =>
    wordsOf({ code: 'MAPPING_INCOMPLETE', details: { file: 'a.csv', role } }, language).message
  expect(said('answer', 'ja')).toBe('a.csv：「回答」にする列が選ばれていません。')
  expect(said('instruction, output', 'ja')).toContain('「指示・回答」')
  expect(said('answer', 'en')).toBe('a.csv: no column is chosen for “answer”.')
  const speaker = { code: 'UNKNOWN_ROLE', details: { role: 'narrator' } }
  expect(wordsOf(speaker, 'ja').message).toContain('「narrator」')
  expect(wordsOf(speaker, 'en').message).toContain('narrator')
})

test('memory is said in the units of people', () => {
  const error = { code: 'OUT_OF_MEMORY', details: { needed: '1623548416', available: '900000000' } }
  expect(wordsOf(error, 'ja').message).toBe(
    'メモリが足りません（必要 1.5\u00a0GB、空き 859\u00a0MB）。何も失われていません。'
  )
})

test('a code of another version of Neiro is named as it is, in both kinds of words', () => {
  for (const language of ['ja', 'en'] as const) {
    const unknown = { code: 'FROM_TOMORROW', details: { file: 'a' } }
    expect(wordsOf(unknown, language).message).toContain('FROM_TOMORROW')
    expect(wordsOfNotice(unknown, language)).toEqual(wordsOf(unknown, language))
  }
})

test('a number of things is said with its thousands, a name that is one stays', () => {
  const said = (code: string, details: Record<string, string>): string =>
    wordsOf({ code, details }, 'ja').message
  expect(said('NOTHING_TO_LEARN', { rows: '12000', reason: 'EMPTY_ANSWER' })).toContain('12,000 行')
  expect(said('PORT_IN_USE', { port: '8400' })).toContain('8400')
  expect(wordsOfNotice({ code: 'RESUMED', details: { step: '3000' } }, 'en').message).toBe(
    'Resumed from step 3,000.'
  )
})

test('a file of a well-known kind is named for what it is', () => {
  const error = { code: 'OTHER_KIND', details: { file: '写真.png', kind: 'image' } }
  expect(wordsOf(error, 'ja')).toEqual({
    message: '写真.png は画像のため読み取れません。',
    hint: 'Excel・CSV・Word・テキストを入れてください。'
  })
  expect(wordsOf(error, 'en').message).toBe('写真.png is an image, so it cannot be read.')
})

test('what a hint stands behind is a whole sentence, whatever it names', () => {
  const open = [...Object.entries(japanese), ...Object.entries(english)].filter(
    // a log stands on lines of its own
    ([, { message }]) => !/(?:[。！？.!?]|\{log\})$/.test(message)
  )
  expect(open).toEqual([])
})
