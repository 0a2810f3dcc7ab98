// A long text as questions and answers: by the marks before them (Q: A:), or as mails, each with what it answers, or by
// date and speaker. Says
// what is left over. Pure; whether to split is the user's choice.
import { textSplits, type TextSplit } from '../../../contract/records'
import { markOf } from '../docx/question-marks'
import type { Line } from '../lines'
import { datedPairs } from './dated-pairs'
import { mailPairs, type SplitText, type TextPair } from './mail-pairs'

export function splitText(lines: readonly Pick<Line, 'line' | 'number'>[], split: TextSplit): SplitText {
  switch (split) {
    case 'mails':
      return mailPairs(lines)
    case 'dates':
      return datedPairs(lines)
    case 'questions':
      return markedPairs(lines)
  }
}

/** How many pairs each way gives; ways that give none are left out. */
export function splitsOf(text: string): readonly { readonly kind: TextSplit; readonly pairs: number }[] {
  return waysOf(text.split(/\r\n|\n|\r/).map((line, i) => ({ line, number: i + 1 })))
}

export function waysOf(
  lines: readonly Pick<Line, 'line' | 'number'>[]
): readonly { readonly kind: TextSplit; readonly pairs: number }[] {
  return textSplits
    .map((kind) => ({ kind, pairs: splitText(lines, kind).pairs.length }))
    .filter(({ pairs }) => pairs >= 2)
}

function markedPairs(lines: readonly Pick<Line, 'line' | 'number'>[]): SplitText {
  const pairs: TextPair[] = []
  const rest: { row: number; text: string }[] = []
  let part: { kind: 'question' | 'answer' | 'rest'; row: number; texts: string[] } = {
    kind: 'rest',
    row: 1,
    texts: []
  }
  let question: { row: number; text: string } | null = null
  const close = (): void => {
    const text = part.texts.join('\n').trim()
    const here = { row: part.row, text }
    if (part.kind === 'answer' && question && text !== '') {
      pairs.push({ row: question.row, question: question.text, answer: text })
      question = null
    } else if (part.kind === 'question' && text !== '') {
      if (question) rest.push(question)
      question = here
    } else if (text !== '') rest.push(here)
  }
  for (const { line, number } of lines) {
    const mark = markOf(line)
    if (!mark) {
      if (part.texts.length === 0) part.row = number
      part.texts.push(line)
      continue
    }
    close()
    part = { kind: mark.kind, row: number, texts: mark.rest === '' ? [] : [mark.rest] }
    if (mark.rest === '') part.texts.push('')
  }
  close()
  if (question) rest.push(question)
  return { pairs, rest }
}
