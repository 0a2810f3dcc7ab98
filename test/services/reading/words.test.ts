// Every code that data and text can answer with has its sentence and its way out in both languages.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { knownErrorCodes, wordsOf, wordsOfRefusal } from '../../../main/words'
import { dataWords } from '../../../main/words/data'
import { textWords } from '../../../main/words/text'

const services = resolve(import.meta.dirname, '../../../main/services')

/** Codes as they stand in the source: 'SOME_CODE' in capitals. */
function codesOf(folder: string): string[] {
  const sources = readdirSync(join(services, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(services, folder, file), 'utf8'))
  const codes = sources.flatMap((source) =>
    [...source.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map((match) => match[1] ?? '')
  )
  return [...new Set(codes)].sort()
}

const systemCodes = ['EACCES', 'EPERM', 'EISDIR', 'EIO', 'ENOENT']

test.each(['reading', 'dataset', 'tokens'])('%s', (folder) => {
  const codes = codesOf(folder).filter((code) => !systemCodes.includes(code))
  expect(codes.length).toBeGreaterThan(5)
  expect(codes.filter((code) => !knownErrorCodes.includes(code))).toEqual([])
})

test('sentences are sentences, and both languages name the same figures', () => {
  const figures = (text: string): string[] =>
    [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()
  for (const [code, { ja, en }] of Object.entries({ ...dataWords, ...textWords })) {
    expect(ja.message, code).toMatch(/[。）]$|\{\w+\}$/)
    expect(`${ja.message}${ja.hint}${en.message}${en.hint}`, code).not.toMatch(/[!！]/)
    const named = new Set([...figures(en.message), ...figures(en.hint)])
    expect(new Set([...figures(ja.message), ...figures(ja.hint)]), code).toEqual(named)
  }
})

test('a reason inside a sentence is said in words', () => {
  const error = {
    code: 'NO_USABLE_ROW',
    details: { file: 'a.json', rows: '3', reason: 'TOOL_CALL' }
  }
  expect(wordsOf(error, 'ja').message).toBe(
    'a.json に使える行がありません（いちばん多い理由：ツールや関数を呼び出す会話です）。'
  )
  expect(wordsOf(error, 'en').message).not.toContain('TOOL_CALL')
  expect(wordsOfRefusal({ reason: 'UNKNOWN_ROLE', details: { role: 'narrator' } }, 'en').message).toContain(
    'narrator'
  )
})

test('the parts that columns play are said in words, speakers as they are called', () => {
  const said = (role: string, language: 'ja' | 'en'): string =>
    wordsOf({ code: 'MAPPING_INCOMPLETE', details: { file: 'a.csv', role } }, language).message
  expect(said('answer', 'ja')).toBe('a.csv：「答え」の列が指定されていません。')
  expect(said('instruction, output', 'ja')).toContain('「指示・出力」')
  expect(said('answer', 'en')).toBe('a.csv: no column is given for answer.')
  const speaker = { reason: 'UNKNOWN_ROLE', details: { role: 'narrator' } }
  expect(wordsOfRefusal(speaker, 'ja').message).toContain('「narrator」')
})
