// An example as the check-up looks at it: its texts, taken apart once.
import type { CheckedPlace } from '../../contract/check-up'
import type { Example } from '../../contract/records'
import { kindOf } from '../dataset/kinds'

export interface CheckedExample {
  readonly index: number
  readonly example: Example
  readonly heldOut: boolean
}

export interface CheckedRow extends CheckedExample {
  /** place in the order of the set */
  readonly at: number
  readonly question: string
  readonly answer: string
  readonly texts: readonly string[]
  /** of a choice, the reply that is not preferred */
  readonly other: string | null
}

export function rowOf({ index, example, heldOut }: CheckedExample, at: number): CheckedRow {
  const kind = kindOf(example)
  const { question, answer, other = null } = kind.pair(example)
  return { index, example, heldOut, at, question, answer, other, texts: kind.texts(example) }
}

const longest = 400

export function placeOf({ index, example, heldOut, question, answer }: CheckedRow): CheckedPlace {
  const { file, sheet = null, row } = example.source
  return {
    index,
    file,
    sheet,
    row,
    heldOut,
    question: question.slice(0, longest),
    answer: answer.slice(0, longest)
  }
}

/** An address or a placeholder is not cut in the middle. */
function endOfWord(text: string, from: number): number {
  const open = text.lastIndexOf('［', from - 1)
  const closed = open < 0 ? -1 : text.indexOf('］', open)
  if (closed >= from && closed - open < 20) return closed + 1
  const inWord = /[\w@.+-]/
  let to = from
  while (to < from + 40 && inWord.test(text[to - 1] ?? '') && inWord.test(text[to] ?? '')) to++
  return to
}

/** A place in a text with a little of what stands around it. */
export function excerptOf(text: string, [start, end]: readonly [number, number], becomes: string | null) {
  const clean = (part: string): string => part.replace(/\p{Surrogate}/gu, '').replace(/\n/g, '⏎')
  return {
    before: clean(text.slice(Math.max(0, start - 14), start)),
    words: clean(text.slice(start, Math.min(end, start + 80))),
    after: clean(text.slice(end, endOfWord(text, end + 20))),
    becomes
  }
}
