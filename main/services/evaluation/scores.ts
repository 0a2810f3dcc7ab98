// Counts over answers, pure: how many match, carry the tone, keep the facts.
import { exactMatch } from './exact-match'
import { facts, tone, type ToneLanguage, type TonePatterns } from './tone'

export interface Share {
  readonly hits: number
  readonly total: number
}

export interface ExpectedAnswer {
  readonly answer: string
  readonly language: ToneLanguage
  readonly facts: readonly string[]
}

export interface AnswerScores {
  readonly tone: Share
  readonly facts: Share
}

/** 0..100; nothing to count is 0 */
export const percent = (share: Share): number => (share.total === 0 ? 0 : (100 * share.hits) / share.total)

export function exactShare(answers: readonly string[], expected: readonly string[]): Share {
  return shareOf(answers, (answer, index) => exactMatch(answer, expected[index] ?? ''))
}

export function scoreAnswers(
  answers: readonly string[],
  expected: readonly ExpectedAnswer[],
  patterns: TonePatterns
): AnswerScores {
  return {
    tone: shareOf(answers, (answer, index) => tone(answer, expected[index]?.language ?? 'ja', patterns)),
    facts: shareOf(answers, (answer, index) => facts(answer, expected[index]?.facts ?? []))
  }
}

function shareOf(answers: readonly string[], hit: (answer: string, index: number) => boolean): Share {
  return { hits: answers.filter(hit).length, total: answers.length }
}
