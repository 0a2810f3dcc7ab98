// The built-in sample knows what a right answer holds: the house tone, and the facts of each question. Of its own rows
// only: somebody else who asks for opening hours has hours of their own.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSample } from '../recipes/built-in-sample'
import type { Item } from './items'
import { facts, parseTone, tone } from './tone'

export interface CheckedAnswer {
  readonly tone: boolean
  readonly facts: boolean
}

/** null for an item that is none of the sample's: asked and answered as it stands there */
export type SampleCheck = (item: Pick<Item, 'exchange'>, answer: string) => CheckedAnswer | null

export async function sampleCheck(sampleDir: string): Promise<SampleCheck> {
  const file = join(sampleDir, 'tone.json')
  const patterns = parseTone(await readFile(file, 'utf8'), file)
  const rows = new Map((await readSample(sampleDir)).map((row) => [row.question.trim(), row]))
  return ({ exchange }, answer) => {
    const row = exchange?.before.length === 0 ? rows.get(exchange.question.trim()) : undefined
    return row && row.answer.trim() === exchange?.answer.trim()
      ? { tone: tone(answer, row.language, patterns), facts: facts(answer, row.facts) }
      : null
  }
}
