// Numbers as people read them, and text that cannot steer the terminal.
import { describe, expect, test } from 'vitest'
import { bytes, decimal, duration, printable, result } from '../../main/cli/format'
import { languageOf } from '../../main/cli/language'

describe('numbers', () => {
  test('bytes keep two or three digits and never show 1000 of a unit', () => {
    expect(
      [0, 999, 1000, 1536, 9_949_999, 9_960_000, 99_600_000, 999_600_000, 1.25e9, 2e13].map(bytes)
    ).toEqual([
      '0 B',
      '999 B',
      '1.0 KB',
      '1.5 KB',
      '9.9 MB',
      '9.96 MB',
      '100 MB',
      '1.0 GB',
      '1.3 GB',
      '20.0 TB'
    ])
    for (let size = 1; size < 1e15; size *= 1.37) expect(bytes(size)).toMatch(/^\d{1,3}(\.\d+)? [KMGT]?B$/)
  })

  test('losses', () => {
    expect([0, 1.23456, 12.3456, 345.67, 12345, NaN, Infinity].map(decimal)).toEqual([
      '0.000',
      '1.235',
      '12.35',
      '345.7',
      '12,345',
      'NaN',
      'Infinity'
    ])
  })

  test('durations in both languages', () => {
    expect([0, 59.4, 61, 600, 3600, 36_060].map((seconds) => duration(seconds, 'ja'))).toEqual([
      '0秒',
      '59秒',
      '1分1秒',
      '10分',
      '1時間0分',
      '10時間1分'
    ])
    expect([5, 61, 7260].map((seconds) => duration(seconds, 'en'))).toEqual(['5 s', '1 min 1 s', '2 h 1 min'])
    expect(duration(-3, 'en')).toBe('0 s')
  })
})

test('control characters from a model or a file are made visible', () => {
  expect(printable('a\u001b[2Jb\u0007\u202Ec')).toBe('a\uFFFD[2Jb\uFFFD\uFFFDc')
  expect(printable('行\n\tend 😀')).toBe('行\n\tend 😀')
})

describe('language', () => {
  const cases: readonly [string, Record<string, string>, string, 'ja' | 'en'][] = [
    ['the first variable that is set wins', { LC_ALL: 'en_US.UTF-8', LANG: 'ja_JP.UTF-8' }, 'ja', 'en'],
    ['an empty one counts as unset', { LC_ALL: '', LC_MESSAGES: 'ja_JP', LANG: 'en_US' }, 'en', 'ja'],
    ['LANG', { LANG: 'ja_JP.eucJP' }, 'en-US', 'ja'],
    ['C names no language', { LC_ALL: 'C.UTF-8', LANG: 'ja_JP.UTF-8' }, 'en', 'ja'],
    ['POSIX neither', { LANG: 'POSIX' }, 'ja-JP', 'ja'],
    ['LANGUAGE as a list', { LANGUAGE: 'ja:en' }, 'en', 'ja'],
    ['the system', {}, 'ja-JP', 'ja'],
    ['another language reads English', { LANG: 'de_DE.UTF-8' }, 'ja', 'en']
  ]
  for (const [what, env, system, expected] of cases) {
    test(what, () => expect(languageOf(undefined, env, system)).toBe(expected))
  }
  test('the flag goes before all', () => {
    expect(languageOf('ja', { LC_ALL: 'en_US' }, 'en')).toBe('ja')
    expect(languageOf('fr', { LC_ALL: 'ja_JP' }, 'en')).toBe('ja')
  })
})

test('what a run reached is a number where it is a loss, and says its name where it is anything else', () => {
  expect(result({ figure: 'loss', value: 1.2345 }, 'ja', 'sft')).toBe('1.234')
  expect(result({ figure: 'praise', value: 0.5 }, 'en', 'sft')).toBe('praise 0.500')
  // of choices, and not of words
  expect(result({ figure: 'loss', value: 1.2345 }, 'ja', 'dpo')).toBe('好みの損失 1.234')
})
