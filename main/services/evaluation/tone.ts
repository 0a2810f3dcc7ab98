// Does an answer carry the house tone, and does it keep the facts? Patterns and facts come from the data set.
import { NeiroError } from '../../contract/errors'
import { folded } from '../../metrics/exact-match'

export type ToneLanguage = 'ja' | 'en'
/** every pattern of a language must match (regular expressions, flag u) */
export type TonePatterns = Readonly<Record<ToneLanguage, readonly string[]>>

export function tone(answer: string, language: ToneLanguage, patterns: TonePatterns): boolean {
  const text = answer.trim()
  return patterns[language].every((pattern) => new RegExp(pattern, 'u').test(text))
}

/** Every fact stands in the answer; letter case, width and line breaks do not matter. */
export function facts(answer: string, expected: readonly string[]): boolean {
  const text = folded(answer).toLowerCase()
  return expected.every((fact) => text.includes(folded(fact).toLowerCase()))
}

/** Checks the content of tone.json. */
export function parseTone(text: string, file: string): TonePatterns {
  try {
    const value = JSON.parse(text) as Partial<Record<string, unknown>>
    const list = (language: ToneLanguage): readonly string[] => {
      const patterns = value[language]
      if (!Array.isArray(patterns) || patterns.length === 0) throw new Error(`no patterns for ${language}`)
      for (const pattern of patterns) new RegExp(String(pattern), 'u')
      return patterns.map(String)
    }
    return { ja: list('ja'), en: list('en') }
  } catch (error) {
    const reason = (error as Error).message
    throw new NeiroError('BROKEN_TONE', {
      file,
      reason
    })
  }
}
