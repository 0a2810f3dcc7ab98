// An evaluation in lines for people and events: answers of base and tuned beside each other, and the table of scores.
import type { EvaluatedSheet } from '../services/evaluation/evaluations'
import { both } from '../services/evaluation/items'
import { sampleCheck } from '../services/evaluation/sample-check'
import {
  answeredOf,
  exactShare,
  lossOf,
  percent,
  sampleShares,
  type AnsweredItem,
  type Loss,
  type Share
} from '../services/evaluation/scores'
import type { Context } from './context'
import { decimal, percentage, printable } from './format'
import { sideBySide, table } from './table'

interface CandidateScores extends Loss {
  /** over the answered questions */
  readonly exact: Share
  /** the built-in sample only */
  readonly tone?: Share
  readonly facts?: Share
}

const unmeasured: Loss = { loss: NaN, perplexity: NaN, learntTokens: 0, examples: 0 }

export async function reportEvaluation(
  context: Context,
  evaluated: EvaluatedSheet,
  o: {
    /** most answers that people are shown */
    readonly most?: number
    /** of data that the user named: how many rows the run has learnt from, where that is known */
    readonly learnt?: number | null
  } = {}
): Promise<void> {
  const { sheet, items, asked, refused, candidates } = evaluated
  const check = await sampleCheck(context.places.sampleDir)
  const answered = answeredOf(sheet, items, { most: asked, candidates })
  const marks = (one: AnsweredItem, text: string): string => {
    const checked = check(one.item, text)
    const mark = (good: boolean): string =>
      good ? context.out.style('✓', 'green') : context.out.style('✗', 'red')
    return checked ? `  ${context.words.demo.marks(mark(checked.tone), mark(checked.facts))}` : ''
  }
  answered.forEach((one, at) => reportAnswer(context, one, at, at < (o.most ?? Infinity) ? marks : null))
  const [base = null, tuned = null] = both.map((candidate): CandidateScores | null =>
    candidates.includes(candidate)
      ? {
          ...(lossOf(sheet, items, candidate) ?? unmeasured),
          exact: exactShare(answered, candidate),
          ...sampleShares(answered, candidate, check)
        }
      : null
  )
  const { out, words } = context
  out.event('scores', { base, tuned, refused, learnt: o.learnt ?? null })
  if (!base) return
  reportScores(context, base, tuned, o.learnt === undefined)
  if (refused > 0) out.warning(words.eval.leftOut(refused))
  if (o.learnt) out.warning(words.eval.learnt(o.learnt, items.length))
}

/** `marks` null: an event only. */
function reportAnswer(
  { out, words }: Context,
  one: AnsweredItem,
  at: number,
  marks: ((one: AnsweredItem, text: string) => string) | null
): void {
  const { before = [], question = '', answer: expected = '' } = one.item.exchange ?? {}
  out.event('answer', { before, question, expected, base: one.base, tuned: one.tuned })
  if (!marks) return
  const base = printable(one.base)
  const tuned = one.tuned === null ? null : printable(one.tuned)
  out.line()
  out.line(out.style(words.eval.question(at + 1, printable(question)), 'bold'))
  for (const { role, content } of before)
    out.line(
      out.style(`  ${words.eval.turns[role === 'user' ? 'user' : 'assistant']} ${printable(content)}`, 'dim')
    )
  const left = { title: `${words.eval.base}${marks(one, base)}`, text: base }
  const right =
    tuned === null
      ? { title: words.eval.expected, text: printable(expected) }
      : { title: `${words.eval.tuned}${marks(one, tuned)}`, text: tuned }
  for (const line of sideBySide(left, right, out.columns)) out.line(line)
}

function reportScores(
  { out, words }: Context,
  base: CandidateScores,
  tuned: CandidateScores | null,
  heldOut: boolean
): void {
  const row = (name: string, of: (one: CandidateScores) => string): string[] => [
    name,
    of(base),
    ...(tuned ? [of(tuned)] : [])
  ]
  const share = (name: string, key: 'tone' | 'facts'): string[][] =>
    base[key] ? [row(name, (one) => percentage(percent(one[key] ?? { hits: 0, total: 0 })))] : []
  const rows = [
    ['', words.eval.base, ...(tuned ? [words.eval.tuned] : [])],
    ...share(words.eval.tone, 'tone'),
    ...share(words.eval.facts, 'facts'),
    row(words.eval.loss, ({ loss }) => decimal(loss)),
    row(words.eval.perplexity, ({ perplexity }) => decimal(perplexity)),
    ...(base.exact.total > 0 ? [row(words.eval.exact, ({ exact }) => `${exact.hits}/${exact.total}`)] : [])
  ]
  out.line()
  const title = heldOut ? words.eval.scoresTitle : words.eval.scoresOfNamed
  out.line(out.style(title(base.examples), 'bold'))
  for (const line of table(rows, ['left', 'right', 'right'])) out.line(`  ${line}`)
}
