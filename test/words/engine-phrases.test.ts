// No English of the engine stands in a Japanese sentence: every phrase of the C++ sources that a sentence takes in has
// its Japanese.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { wordsOf } from '../../main/words/errors'
import { inJapanese } from '../../main/words/errors/engine-phrases'

const engine = resolve(import.meta.dirname, '../../addon/engine')
/** calls whose last text becomes `reason` or `expected` */
const calls = /\b(?:fail|broken_header|broken_json|broken_index|bad_config|refuse_option|require_option)\(/g

/** Its texts, with 7 for each value that is put between them. */
function phrasesOf(source: string): string[] {
  return [...source.matchAll(calls)].flatMap((call) => {
    const [inside = ''] =
      /^(?:"(?:\\.|[^"\\])*"|[^;"])*/.exec(source.slice(call.index + call[0].length)) ?? []
    // the last argument: what follows the last comma outside of texts and brackets
    const bare = inside.replace(/"(?:\\.|[^"\\])*"/g, (text) => '_'.repeat(text.length))
    let [depth, from] = [0, 0]
    for (const [at, sign] of [...bare].entries()) {
      if (sign === '(' || sign === '{') depth++
      else if (sign === ')' || sign === '}') depth--
      else if (sign === ',' && depth === 0) from = at + 1
    }
    const parts = [...inside.slice(from).matchAll(/"((?:\\.|[^"\\])*)"|(\+\s*[a-z][^+"]*)(?=\+|\)?$)/gs)]
    if (!parts.some(([, text]) => text?.includes(' '))) return []
    const said = parts.map(([, text]) => (text === undefined ? '7' : text.replace(/\\(.)/g, '$1'))).join('')
    return [said.startsWith(' ') ? `7${said}` : said]
  })
}

test('every phrase that the engine puts into a sentence has its Japanese', () => {
  const found = readdirSync(engine, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.cpp'))
    .flatMap((name) => phrasesOf(readFileSync(join(engine, name), 'utf8')))
  expect(found.length).toBeGreaterThan(90)
  expect([...new Set(found.filter((phrase) => inJapanese(phrase) === null))]).toEqual([])
})

test('parts of a phrase are said in Japanese too, names and figures stay', () => {
  expect(inJapanese('a list in a list, byte 12')).toBe('12 バイト目：一覧の中に一覧があります')
  expect(inJapanese('a whole number from 1 to 4096')).toBe('1 から 4096 までの整数')
  expect(inJapanese('Ollama says no')).toBeNull()
  const error = {
    code: 'BAD_CONFIG',
    details: { field: 'vocab_size', value: 'nothing', expected: 'a whole number' }
  }
  expect(wordsOf(error, 'ja').message).toBe('モデルの設定の vocab_size が「なし」です（正しくは 整数）。')
  expect(wordsOf(error, 'en').message).toContain('expected a whole number')
})
