// Words of the tasks' errors: both languages fill the same figures, and every code that the source throws has
// words somewhere.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { taskWords } from '../../main/words/tasks'
import { knownErrorCodes } from '../../main/words'

const main = resolve(import.meta.dirname, '../../main')
const mine = [
  'cli',
  'services/recipes',
  'services/models',
  'services/evaluation',
  'services/exports',
  'services/engine',
  'services/chat'
]
const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('words', () => {
  for (const [code, { ja, en }] of Object.entries(taskWords)) {
    test(`${code} says the same in both languages`, () => {
      const [inJa, inEn] = [ja, en].map((words) => new Set(placeholders(words.message + words.hint)))
      expect(inJa).toEqual(inEn)
      expect(ja.message).toMatch(/。$/)
      expect(ja.message + ja.hint).not.toMatch(/[！!]/)
      expect(en.message).toMatch(/\.$/)
      expect(en.hint).not.toMatch(/[ぁ-んァ-ン]/)
    })
  }

  test('every code thrown by these folders has words', () => {
    const files = mine.flatMap((folder) =>
      readdirSync(join(main, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(main, folder, name))
    )
    const thrown = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:NeiroError|UsageError)\(\s*'([A-Z_]+)'/g)].map(
        (match) => match[1] ?? ''
      )
    )
    expect(thrown.length).toBeGreaterThan(20)
    expect([...new Set(thrown)].filter((code) => !knownErrorCodes.includes(code))).toEqual([])
  })
})
