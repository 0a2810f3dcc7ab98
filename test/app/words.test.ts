// Every code that the window's side can answer with has its sentence and its way out in both languages.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { knownErrorCodes, wordsOf } from '../../main/words'
import { runNames, windowWords } from '../../main/words/window'

const main = resolve(import.meta.dirname, '../../main')
const places = [
  ...['app', 'ipc', 'serve', 'services/files', 'services/projects', 'services/settings'],
  ...['services/runs', 'services/engine', 'services/exports', 'services/evaluation']
]
const sources = places
  .flatMap((place) =>
    readdirSync(join(main, place), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(main, place, name)
    )
  )
  .filter((file) => statSync(file).isFile())
  .map((file) => readFileSync(file, 'utf8'))
const codes = [
  ...new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/NeiroError\(\s*'([A-Z_]+)'/g)].map((match) => match[1] ?? '')
    )
  )
].sort()

test('the sources were read', () => {
  expect(codes).toEqual(
    expect.arrayContaining(['BAD_ARGUMENTS', 'PROJECT_GONE', 'ENGINE_DIED', 'UPLOAD_TOO_LARGE'])
  )
})

test('each code has words', () => {
  expect(codes.filter((code) => !knownErrorCodes.includes(code))).toEqual([])
})

describe.each(Object.entries(windowWords))('%s', (code, { ja, en }) => {
  const figures = (text: string): Set<string> =>
    new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))

  test('is said plainly, with the same figures', () => {
    expect(figures(ja.message + ja.hint)).toEqual(figures(en.message + en.hint))
    for (const text of [ja.message, ja.hint]) expect(text).toMatch(/。$/)
    for (const text of [en.message, en.hint]) expect(text).toMatch(/\.$/)
    expect(ja.message + ja.hint + en.message + en.hint).not.toMatch(/[!！]/)
    expect(wordsOf({ code, details: {} }, 'ja')).toEqual(ja)
  })
})

test('runs have names in both languages', () => {
  for (const names of Object.values(runNames))
    expect(Object.keys(names).sort()).toEqual(['balanced', 'custom', 'quality', 'quick'])
})

test('memory is said in the units of people', () => {
  const error = {
    code: 'OUT_OF_MEMORY',
    details: { needed: '1623548416', available: '900000000' }
  }
  expect(wordsOf(error, 'ja').message).toBe(
    'メモリが足りません（必要 1.5\u00a0GB、空き 859\u00a0MB）。何も失われていません。'
  )
})
