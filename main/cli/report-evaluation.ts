// An evaluation in lines for people and events: answers beside each other, the table of scores, and what may be said.
import type { Candidate } from '../contract/candidates'
import {
  fewestItems,
  decisiveScores,
  scoreNames,
  type EvaluationResult,
  type PreferenceResult,
  type Seen
} from '../contract/evaluation'
import type { OtherRun } from '../contract/window/training'
import type { EvaluatedSheet } from '../services/evaluation/evaluations'
import { namesOfRuns } from '../services/evaluation/names-of-runs'
import { sampleCheck } from '../services/evaluation/sample-check'
import {
  answeredOf,
  exactShare,
  lossOf,
  percent,
  sampleShares,
  textBy,
  type AnsweredItem,
  type Loss,
  type Share
} from '../services/evaluation/scores'
import { decidingInterval } from '../services/evaluation/verdict'
import { evaluationWordsOn } from '../words/evaluation'
import { candidateName } from '../words/evaluation/candidate-name'
import { preferenceNote } from '../words/evaluation/preference-note'
import { seenNote } from '../words/evaluation/seen-note'
import { serviceNotes } from '../words/evaluation/service-notes'
import { baseRunName } from '../words/run-name'
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

interface Names {
  /** the run that it is held against; null: the model that somebody chose */
  readonly base: string | null
  /** of other runs, by their ids */
  readonly runNames: ReadonlyMap<string, string>
}

const unmeasured: Loss = { loss: NaN, perplexity: NaN, learntTokens: 0, examples: 0 }

export async function reportEvaluation(
  context: Context,
  evaluated: EvaluatedSheet,
  o: {
    /** most answers that people are shown */
    readonly most?: number
    /** the user named the data: nobody has held it out */
    readonly named?: boolean
    /** the run that it is held against; absent: the model that somebody chose */
    readonly base?: OtherRun | undefined
    /** everything counted, for who wants it all */
    readonly result?: EvaluationResult
  } = {}
): Promise<void> {
  const { sheet, items, asked, refused, candidates } = evaluated
  const check = await sampleCheck(context.places.sampleDir)
  const ids = candidates.map(({ id }) => id)
  const base = baseRunName(o.base, context.language)
  const runNames = await namesOfRuns(candidates, (id) => context.parts.store.place(id), context.language)
  const names: Names = { base, runNames }
  const answered = answeredOf(sheet, items, { most: asked, candidates: ids })
  const marks = (one: AnsweredItem, text: string): string => {
    const checked = check(one.item, text)
    const mark = (good: boolean): string =>
      good ? context.out.style('✓', 'green') : context.out.style('✗', 'red')
    return checked ? `  ${context.words.demo.marks(mark(checked.tone), mark(checked.facts))}` : ''
  }
  answered.forEach((one, at) =>
    reportAnswer(context, one, candidates, at, at < (o.most ?? Infinity) ? marks : null, names)
  )
  const scores = candidates.map(({ id }): CandidateScores => ({
    ...(lossOf(sheet, items, id) ?? unmeasured),
    exact: exactShare(answered, id),
    ...sampleShares(answered, id, check)
  }))
  const by = (id: string): CandidateScores | null => scores[ids.indexOf(id)] ?? null
  const { out, words } = context
  out.event('scores', {
    base: by('base'),
    tuned: by('tuned'),
    refused,
    ...(o.result && { seen: o.result.seen })
  })
  reportScores(context, candidates, scores, !o.named, names)
  if (refused > 0) out.warning(words.eval.leftOut(refused))
  if (o.result && ids.includes('tuned')) reportSeen(context, o.result.seen)
  if (o.result?.preference) reportPreference(context, o.result.preference, base)
  if (o.result && o.result.items > 0) reportResult(context, o.result, names)
}

/** Of what was compared, what stands in what was learnt, too. */
export function reportSeen({ out, language }: Context, seen: Seen | null): void {
  const note = seenNote(seen, language)
  if (note !== '') out.warning(note)
}

/** `marks` null: an event only. */
function reportAnswer(
  { out, words, language }: Context,
  one: AnsweredItem,
  candidates: readonly Candidate[],
  at: number,
  marks: ((one: AnsweredItem, text: string) => string) | null,
  { base, runNames }: Names
): void {
  const { before = [], question = '', answer: expected = '' } = one.item.exchange ?? {}
  const others = candidates
    .filter(({ id }) => id !== 'base' && id !== 'tuned')
    .map(({ id, kind }) => ({ id, kind, text: textBy(one, id), sources: one.answers[id]?.sources ?? [] }))
  const tuned = one.answers['tuned']?.text ?? null
  out.event('answer', { before, question, expected, base: textBy(one, 'base'), tuned, others })
  if (!marks) return
  out.line()
  out.line(out.style(words.eval.question(at + 1, printable(question)), 'bold'))
  for (const { role, content } of before)
    out.line(
      out.style(`  ${words.eval.turns[role === 'user' ? 'user' : 'assistant']} ${printable(content)}`, 'dim')
    )
  const pane = (title: string, text: string): { title: string; text: string } => ({
    title: `${title}${marks(one, text)}`,
    text: printable(text)
  })
  const left = pane(base ?? words.eval.base, textBy(one, 'base'))
  const right =
    tuned === null ? { title: words.eval.expected, text: printable(expected) } : pane(words.eval.tuned, tuned)
  for (const line of sideBySide(left, right, out.columns)) out.line(line)
  for (const other of candidates.filter(({ id }) => id !== 'base' && id !== 'tuned')) {
    const answer = one.answers[other.id]
    out.line(
      `${candidateName(other, evaluationWordsOn(base, language), runNames)}: ${printable(answer?.text ?? '')}`
    )
    if (answer && answer.sources.length > 0)
      out.line(out.style(`  ${words.eval.sources(answer.sources.map(printable).join(', '))}`, 'dim'))
  }
}

function reportScores(
  { out, words, language }: Context,
  candidates: readonly Candidate[],
  scores: readonly CandidateScores[],
  heldOut: boolean,
  { base, runNames }: Names
): void {
  const [first] = scores
  if (!first) return
  const row = (name: string, of: (one: CandidateScores) => string): string[] => [name, ...scores.map(of)]
  const share = (name: string, key: 'tone' | 'facts'): string[][] =>
    first[key] ? [row(name, (one) => percentage(percent(one[key] ?? { hits: 0, total: 0 })))] : []
  const said = evaluationWordsOn(base, language)
  const nameOf = (one: Candidate): string =>
    one.id === 'base'
      ? (base ?? words.eval.base)
      : one.id === 'tuned'
        ? words.eval.tuned
        : candidateName(one, said, runNames)
  const rows = [
    ['', ...candidates.map(nameOf)],
    ...share(words.eval.tone, 'tone'),
    ...share(words.eval.facts, 'facts'),
    row(words.eval.loss, ({ loss }) => (Number.isNaN(loss) ? '-' : decimal(loss))),
    row(words.eval.perplexity, ({ perplexity }) => (Number.isNaN(perplexity) ? '-' : decimal(perplexity))),
    ...(first.exact.total > 0 ? [row(words.eval.exact, ({ exact }) => `${exact.hits}/${exact.total}`)] : [])
  ]
  out.line()
  const title = heldOut ? words.eval.scoresTitle : words.eval.scoresOfNamed
  out.line(out.style(title(first.examples), 'bold'))
  for (const line of table(rows, ['left', ...scores.map(() => 'right' as const)])) out.line(`  ${line}`)
}

/** How the tuned model stands to what is preferred. */
function reportPreference(
  { out, words, language }: Context,
  result: PreferenceResult,
  base: string | null
): void {
  const said = words.eval.preference
  const share = (value: number): string => percentage(100 * value)
  const { accuracy, margin, rewardChosen, rewardRejected, likelier } = result
  const between = (low: number, high: number, as: (value: number) => string): string =>
    said.interval(as(low), as(high))
  const { low, high } = margin
  const rows = [
    [said.accuracy[result.of], share(accuracy.value), between(accuracy.low, accuracy.high, share)],
    [
      said.margin,
      decimal(margin.value),
      low === undefined || high === undefined ? '' : between(low, high, decimal)
    ],
    [said.rewards, `${decimal(rewardChosen)} / ${decimal(rewardRejected)}`, ''],
    ...(likelier ? [[said.likelier, `${share(likelier.before)} → ${share(likelier.after)}`, '']] : [])
  ]
  out.line()
  out.line(out.style(said.title[result.of](result.count, said.reference[result.reference](base)), 'bold'))
  for (const line of table(rows, ['left', 'right', 'left'])) out.line(`  ${line}`)
  const note = preferenceNote(result, language)
  if (note !== '') out.warning(note)
}

/** Scores of texts with their intervals, and the verdict with what it rests on. */
function reportResult({ out, language }: Context, result: EvaluationResult, { base, runNames }: Names): void {
  out.event('result', { ...result })
  const words = evaluationWordsOn(base, language)
  const columns = result.candidates.filter(({ candidate }) => candidate.id !== 'base')
  const texts = scoreNames.filter((name) => name !== 'loss' && name !== 'perplexity')
  const rows = texts.map((name) => [
    `${words.scores[name].name} (${words.scores[name].term})`,
    ...result.candidates.map(({ scores }) => (scores[name] ? decimal(scores[name].value) : '-')),
    ...columns.map(({ scores }) => {
      const over = scores[name]?.overBase
      return over ? words.interval(decimal(over.low), decimal(over.high)) : '-'
    })
  ])
  const names = result.candidates.map(({ candidate }) => candidateName(candidate, words, runNames))
  const differences = columns.map(
    ({ candidate }) =>
      `${candidateName(candidate, words, runNames)} − ${words.candidates.base} ${words.intervalTerm}`
  )
  out.line()
  for (const line of table(
    [['', ...names, ...differences], ...rows],
    ['left', ...names.map(() => 'right' as const), ...differences.map(() => 'right' as const)]
  ))
    out.line(`  ${line}`)
  const { verdict, general } = result
  for (const note of serviceNotes(result.candidates, language)) out.line(note)
  if (general) {
    out.line()
    out.line(words.general.counted(String(general.before), String(general.after), String(general.total)))
  }
  if (!verdict) return
  const said = words.verdict[verdict.code]
  out.line()
  out.line(out.style(said.title, 'bold'))
  out.line(said.lead(String(verdict.items), String(fewestItems)))
  const tuned = result.candidates.find(({ candidate }) => candidate.id === 'tuned')
  for (const name of decisiveScores) {
    const [standing, over] = [verdict.standings[name], tuned?.scores[name]?.overBase]
    if (!standing || !over) continue
    const { low, high } = decidingInterval(over)
    out.line(
      `  ${words.verdictBasis(words.scores[name].name, words.standings[standing], decimal(low), decimal(high))}`
    )
  }
}
