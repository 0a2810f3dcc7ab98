// A long text as questions and answers: by the marks before them (Q: A:), or as mails, each with what it answers, or by
// date and speaker. Says
// what is left over. Pure; whether to split is the user's choice.
import { textSplits, type TextSplit } from '../../../contract/records'
import { markOf } from '../docx/question-marks'
import type { Line } from '../lines'
import { datedPairs } from './dated-pairs'
import { headingPairs } from './heading-pairs'
import { mailPairs, type SplitText, type TextPair } from './mail-pairs'

export function splitText(lines: readonly Pick<Line, 'line' | 'number'>[], split: TextSplit): SplitText {
  switch (split) {
    case 'mails':
      return mailPairs(lines)
    case 'dates':
      return datedPairs(lines)
    case 'questions':
      return bothOf(lines)
  }
}

/** By marks, where both sides have them; else by headings. */
function bothOf(given: readonly Pick<Line, 'line' | 'number'>[]): SplitText {
  const lines = withCode(given)
  const marked = markedPairs(lines)
  const headed = headingPairs(lines)
  return headed.pairs.length > marked.pairs.length ? headed : marked
}

interface Written extends Pick<Line, 'line' | 'number'> {
  /** of a program, between ``` and ```: # and Q: are no marks there */
  readonly isCode?: boolean
}

function withCode(lines: readonly Written[]): readonly Written[] {
  const fences = lines.flatMap(({ line }, i) => (/^ {0,3}(?:```|~~~)/.test(line) ? [i] : []))
  if (fences.length === 0 || fences.length % 2 > 0) return lines
  let open = 0
  return lines.map((one, i) => {
    if (fences[open] === i) {
      open++
      return { ...one, isCode: true }
    }
    return open % 2 > 0 ? { ...one, isCode: true } : one
  })
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

/** ### Q1. …, **Q:** …, - **A**: … */
const withoutMarkdown = (line: string): string => {
  const bare = line.replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+(?=\*\*|__))/, '')
  const [, mark, rest = ''] = /^(?:\*\*|__)([^*_]{1,16}?)(?:\*\*|__)\s?(.*)$/.exec(bare) ?? []
  if (mark !== undefined) return `${mark}${/[.:：．]$/.test(mark) || rest.startsWith(':') ? '' : ' '}${rest}`
  return bare === line ? line : bare.replace(/^(?:\*\*|__)(.*)(?:\*\*|__)$/, '$1')
}

/** Q: … A: … and 返品は？ → はい in one line. */
function partsOf(one: Written): readonly Written[] {
  const { line, number, isCode } = one
  if (line.length > longestInline || isCode) return [one]
  const arrow = /[?？]\s?(?:→|⇒|=>|->)/.exec(line)
  if (arrow) {
    const at = arrow.index + 1
    return [
      { line: `Q: ${line.slice(0, at).replace(/^[\s・*-]{1,4}/, '')}`, number },
      { line: `A: ${line.slice(arrow.index + arrow[0].length).trim()}`, number }
    ]
  }
  const answer =
    /[\s?？](?=(?:A|Ａ|回答|答え)\d{0,4}\s?[:：])|.(?=[【［[](?:A|Ａ|回答|答え)\d{0,4}[】］\]])/.exec(line)
  if (!answer || answer.index === 0 || markOf(line)?.kind !== 'question') return [one]
  const at = answer.index + 1
  return [
    { line: line.slice(0, at), number },
    { line: line.slice(at), number }
  ]
}
const longestInline = 2000

/** ### Instruction: and ### Response: of Alpaca's texts; an input belongs to what is asked. */
function blockOf(line: string): { readonly kind: 'question' | 'answer'; readonly rest: string } | null {
  const letter =
    /^(?=[QqＱ][ \u3000]+[^\u0000-\u007f]|[AaＡ][ \u3000]+(?:\d+[^\u0000-\u007f]|[^\u0000-\u007f]))(.)[ \u3000]+(\S.*)$/.exec(
      line
    )
  if (letter) return { kind: /[QqＱ]/.test(letter[1] ?? '') ? 'question' : 'answer', rest: letter[2] ?? '' }
  const [, name = '', rest = ''] =
    /^(instruction|response|指示|応答|output|出力)\s?[:：](.*)$/i.exec(line) ?? []
  if (name === '') return null
  return { kind: /^(?:instruction|指示)$/i.test(name) ? 'question' : 'answer', rest: rest.trim() }
}

function markedPairs(lines: readonly Written[]): SplitText {
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
  for (const { line, number, isCode } of lines.flatMap(partsOf)) {
    const bare = withoutMarkdown(line)
    const mark = isCode ? null : (markOf(bare) ?? blockOf(bare))
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
