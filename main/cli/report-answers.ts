// Answers of base and tuned beside each other, and the table of scores, in lines for people and events.
import type { SideBySide } from '../services/evaluation/side-by-side'
import { percent, type AnswerScores } from '../services/evaluation/scores'
import type { Context } from './context'
import { decimal, percentage, printable } from './format'
import { sideBySide, table } from './table'

/** Marks behind an answer's title, e.g. tone ✓ facts ✗. */
export type Marks = (answer: string, index: number) => string

export function reportAnswers(
  { out, words }: Context,
  result: SideBySide,
  o: { readonly marks?: Marks; readonly most?: number } = {}
): void {
  const { base, tuned, questions, expected } = result
  questions.forEach((question, at) => {
    const baseAnswer = printable(base.answers[at] ?? '')
    const tunedAnswer = tuned ? printable(tuned.answers[at] ?? '') : null
    out.event('answer', { question, expected: expected[at], base: baseAnswer, tuned: tunedAnswer })
    if (at >= (o.most ?? Infinity)) return
    const marked = (title: string, answer: string): string =>
      `${title}${o.marks ? `  ${o.marks(answer, at)}` : ''}`
    out.line()
    out.line(out.style(words.eval.question(at + 1, printable(question)), 'bold'))
    const left = { title: marked(words.eval.base, baseAnswer), text: baseAnswer }
    const right =
      tunedAnswer === null
        ? { title: words.eval.expected, text: printable(expected[at] ?? '') }
        : { title: marked(words.eval.tuned, tunedAnswer), text: tunedAnswer }
    for (const line of sideBySide(left, right, out.columns)) out.line(line)
  })
}

export function reportScores(
  { out, words }: Context,
  result: SideBySide,
  scores: { readonly base: AnswerScores; readonly tuned: AnswerScores } | null
): void {
  const { base, tuned, refused } = result
  out.event('scores', {
    base: { ...base.loss, exact: base.exact, ...scores?.base },
    tuned: tuned && { ...tuned.loss, exact: tuned.exact, ...scores?.tuned },
    refused
  })
  const both = (name: string, of: (which: typeof base) => string): string[] => [
    name,
    of(base),
    ...(tuned ? [of(tuned)] : [])
  ]
  const shares = (name: string, key: keyof AnswerScores): string[][] => {
    if (!scores) return []
    const cells = [scores.base, ...(tuned ? [scores.tuned] : [])].map((one) => percentage(percent(one[key])))
    return [[name, ...cells]]
  }
  const rows = [
    ['', words.eval.base, ...(tuned ? [words.eval.tuned] : [])],
    ...shares(words.eval.tone, 'tone'),
    ...shares(words.eval.facts, 'facts'),
    both(words.eval.loss, (one) => decimal(one.loss.loss)),
    both(words.eval.perplexity, (one) => decimal(one.loss.perplexity)),
    ...(base.exact.total > 0 ? [both(words.eval.exact, (one) => `${one.exact.hits}/${one.exact.total}`)] : [])
  ]
  out.line()
  out.line(out.style(words.eval.scoresTitle(base.loss.examples), 'bold'))
  for (const line of table(rows, ['left', 'right', 'right'])) out.line(`  ${line}`)
  if (refused > 0) out.warning(words.eval.leftOut(refused))
}
