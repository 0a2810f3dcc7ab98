// Every error and every notice of runs has its sentence and its way out in both languages.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wordsOf, wordsOfNotice } from '../../main/words'
import { runNoticeWords, runWords } from '../../main/words/runs'

const main = resolve(import.meta.dirname, '../../main')
const sources = [
  ...['trainer', 'services/runs'].flatMap((folder) =>
    readdirSync(join(main, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name))
  ),
  'trainer-host.ts',
  'files/run-lock.ts',
  'files/file-errors.ts'
].map((file) => readFileSync(join(main, file), 'utf8'))

/** Codes of new NeiroError('CODE', ... and of notice('CODE', ... as they stand in the sources. */
const found = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')))
]
const errors = found(/(?:NeiroError\(|died\()\s*'([A-Z_]+)'/g)
const notices = [
  ...found(/notice\('([A-Z_]+)'/g),
  ...found(/: '(PAUSED|STOPPED|INTERRUPTED)'/g),
  ...['DIVERGENCE', 'OVERFITTING', 'NOTHING_LEARNT']
]

test('the sources were read', () => {
  expect(errors).toEqual(expect.arrayContaining(['RUN_BUSY', 'DISK_FULL', 'TRAINER_DIED', 'NOT_FINITE']))
  expect(notices).toEqual(expect.arrayContaining(['RESUMED', 'CHECKPOINT_TORN', 'EARLY_STOP', 'NOT_FINITE']))
})

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  test.each(errors)('error %s', (code) => {
    const words = wordsOf({ code, details: {} }, language)
    expect(words.message).not.toBe('')
    expect(words.hint).not.toBe('')
  })

  test.each(notices)('notice %s', (code) => {
    const words = wordsOfNotice({ code, details: {} }, language)
    expect(words.message).not.toBe(code)
    expect(words.hint).not.toBe('')
  })
})

const places = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

test.each(Object.entries({ ...runWords, ...runNoticeWords }))(
  '%s says the same figures in both languages',
  (_, words) => {
    expect(places(words.ja.message + words.ja.hint)).toEqual(places(words.en.message + words.en.hint))
    for (const { message, hint } of [words.ja, words.en]) expect(message + hint).not.toMatch(/[!！]/)
  }
)
