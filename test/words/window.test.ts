// Both dictionaries say the same things: no key without its twin, no empty words, no language in the other's place.
import { expect, test } from 'vitest'
import { en } from '../../main/words/window/en'
import { ja } from '../../main/words/window/ja'

/** Every text by its path; functions are asked with a figure for everything. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    // a text takes figures, or a table of them
    const given = new Proxy({}, { get: (_, key) => (key === Symbol.toPrimitive ? () => '7' : '7') })
    return [[path, String(value(...Array.from({ length: value.length }, () => given)))]]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, entry]) => texts(entry, `${path}.${key}`))
}

/** optional technical terms may be in one language only */
const paths = (dictionary: unknown): string[] =>
  texts(dictionary)
    .map(([path]) => path)
    .filter((path) => !path.endsWith('.term'))
    .sort()

test('what one language says, the other says too', () => {
  expect(paths(en)).toEqual(paths(ja))
})

test('English words hold no Japanese, and Japanese sentences hold some', () => {
  const kana = /[\u3040-\u30ff\u4e00-\u9fff]/
  expect(texts(en).filter(([, text]) => kana.test(text))).toEqual([])
  const latinOnly = texts(ja).filter(
    ([path, text]) => text.length > 20 && !kana.test(text) && !/term/i.test(path)
  )
  expect(latinOnly).toEqual([])
})

test('no sentence shouts, and none is empty where the other is not', () => {
  const other = new Map(texts(en))
  for (const [path, text] of texts(ja)) {
    expect(text, path).not.toMatch(/[!！]/)
    expect(other.get(path) ?? '', path).not.toMatch(/!/)
    if (!path.endsWith('.term')) expect(text === '', path).toBe(other.get(path) === '')
  }
})
