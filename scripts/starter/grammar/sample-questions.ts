// The questions of the sample data, which the grammar must never teach: the demo would prove nothing else.
import { readFileSync } from 'node:fs'
import { sampleFile } from '../places'

const bare = (question: string): string => question.replace(/[\s。？?.!]/gu, '').toLowerCase()

const questions = new Set(
  readFileSync(sampleFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => bare((JSON.parse(line) as { question: string }).question))
)

/** Whether the sample asks this, punctuation and case aside. */
export function inSample(question: string): boolean {
  return questions.has(bare(question))
}
