// Every code that the engine throws has its sentence and its way out in both languages.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { knownErrorCodes, wordsOf } from '../../main/words'

const root = resolve(import.meta.dirname, '../../addon')

/** Words in capitals that are no codes. */
const others = ['CAUSAL_LM', 'F8_E4M3', 'F8_E5M2']

/** Codes as they stand in the sources: Error("CODE", ... or by way of a helper. */
function codes(): Map<string, string> {
  const found = new Map<string, string>()
  for (const folder of ['engine', 'binding'])
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
      if (/\.(cpp|h)$/.test(name))
        for (const [, code] of readFileSync(join(root, folder, name), 'utf8').matchAll(
          /"([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)"/g
        ))
          if (code && !code.startsWith('NEIRO_') && !others.includes(code))
            found.set(code, `${folder}/${name}`)
  return found
}

describe('words of the engine', () => {
  const all = codes()
  test('codes were found', () => expect(all.size).toBeGreaterThan(20))
  for (const [code, file] of all)
    test(`${code} (${file})`, () => {
      const data = { code, details: {} }
      for (const language of ['ja', 'en'] as const) {
        const { message, hint } = wordsOf(data, language)
        expect(knownErrorCodes).toContain(code)
        expect(hint).not.toBe('')
        expect(/[ぁ-ん]/.test(message)).toBe(language === 'ja')
      }
    })
})
