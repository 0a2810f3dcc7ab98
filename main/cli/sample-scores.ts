// Tone and facts of answers to the built-in sample's questions, for the table of scores and the marks beside
// each answer. Data of the user's own has no such patterns.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { scoreAnswers, type AnswerScores, type ExpectedAnswer } from '../services/evaluation/scores'
import type { SideBySide } from '../services/evaluation/side-by-side'
import { facts, parseTone, tone } from '../services/evaluation/tone'
import { readSample } from '../services/recipes/built-in-sample'
import type { Context } from './context'

export interface SampleScores {
  readonly base: AnswerScores
  readonly tuned: AnswerScores
  /** e.g. "tone ✓ facts ✗" */
  readonly marks: (answer: string, index: number) => string
}

/** Null as soon as one question is none of the sample's. */
export async function sampleScores(context: Context, result: SideBySide): Promise<SampleScores | null> {
  const { sampleDir } = context.places
  const rows = new Map((await readSample(sampleDir).catch(() => [])).map((row) => [row.question, row]))
  const expected: readonly ExpectedAnswer[] = result.questions
    .map((question) => rows.get(question))
    .filter((row) => row !== undefined)
  if (expected.length === 0 || expected.length < result.questions.length) return null
  const file = join(sampleDir, 'tone.json')
  const patterns = parseTone(await readFile(file, 'utf8'), file)
  const { out, words } = context
  const mark = (good: boolean): string => (good ? out.style('✓', 'green') : out.style('✗', 'red'))
  return {
    base: scoreAnswers(result.base.answers, expected, patterns),
    tuned: scoreAnswers(result.tuned?.answers ?? [], expected, patterns),
    marks: (answer, at) => {
      const row = expected[at]
      if (!row) return ''
      return words.demo.marks(mark(tone(answer, row.language, patterns)), mark(facts(answer, row.facts)))
    }
  }
}
