// Public questions with their answers (Alpaca's, of LLaMA-Factory), as lines to learn from and lines that are held out.
import { readFileSync } from 'node:fs'
import type { Lab } from './lab'

interface Row {
  readonly instruction: string
  readonly input: string
  readonly output: string
}

export interface Share {
  readonly learnt: number
  readonly heldOut: number
  /** of the longest answer */
  readonly characters: number
}

/** Two files of JSONL, those to learn from first. */
export function talksOf(lab: Lab, { learnt, heldOut, characters }: Share): readonly [string, string] {
  const talks = (
    JSON.parse(readFileSync(lab.shared('en-llamafactory', 'alpaca_en_demo.json'), 'utf8')) as Row[]
  )
    .filter(({ output }) => output.length > 20 && output.length < characters)
    .map(({ instruction, input, output }) => ({
      messages: [
        { role: 'user', content: input === '' ? instruction : `${instruction}\n${input}` },
        { role: 'assistant', content: output }
      ]
    }))
  return [
    lab.lines('train.jsonl', talks.slice(0, learnt)),
    lab.lines('held-out.jsonl', talks.slice(learnt, learnt + heldOut))
  ]
}
