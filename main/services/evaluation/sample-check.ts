// The built-in sample knows what a right answer holds: the house tone, and the facts of each question.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComparedPair } from '../../contract/window/results'
import { facts, parseTone, tone } from './tone'
import { readSample } from '../recipes/built-in-sample'

type Check = ComparedPair['sample']
/** null for a question that is none of the sample's */
export type SampleCheck = (pair: Pick<ComparedPair, 'question' | 'base' | 'tuned'>) => Check

export async function sampleCheck(sampleDir: string): Promise<SampleCheck> {
  const file = join(sampleDir, 'tone.json')
  const patterns = parseTone(await readFile(file, 'utf8'), file)
  const rows = new Map((await readSample(sampleDir)).map((row) => [row.question.trim(), row]))
  return ({ question, base, tuned }) => {
    const row = rows.get(question.trim())
    if (!row) return null
    return {
      baseTone: tone(base, row.language, patterns),
      tunedTone: tone(tuned, row.language, patterns),
      baseFacts: facts(base, row.facts),
      tunedFacts: facts(tuned, row.facts)
    }
  }
}
