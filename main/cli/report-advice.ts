// Advice in lines: the ways from the cheapest on with what was measured of each, and what follows from it.
import type { Advice } from '../contract/advice'
import { evaluationWords } from '../words/evaluation'
import { candidateName } from '../words/evaluation/candidate-name'
import type { Context } from './context'
import { bytes, decimal, percentage, printable } from './format'
import { table } from './table'

export function reportAdvice(
  { out, language }: Context,
  advice: Advice,
  { fewestItems, enoughShare }: { readonly fewestItems: number; readonly enoughShare: number }
): void {
  const { result, memory, code } = advice
  out.event('advice', { ...advice })
  const words = evaluationWords[language]
  const share = (score: { value: number; low: number; high: number } | undefined): string =>
    score
      ? `${percentage(100 * score.value)} (${words.interval(percentage(100 * score.low), percentage(100 * score.high))})`
      : words.notApplicable
  const rows = result.candidates.map(({ candidate, scores, secondsPerAnswer }) => [
    candidateName(candidate, words),
    share(scores.tone),
    share(scores.facts),
    scores.chrf ? decimal(scores.chrf.value) : '-',
    secondsPerAnswer === null ? '-' : decimal(secondsPerAnswer),
    memory?.[candidate.id] === undefined ? '-' : bytes(memory[candidate.id] ?? 0)
  ])
  const heads = [
    '',
    `${words.scores.tone.name} ${words.intervalTerm}`,
    `${words.scores.facts.name} ${words.intervalTerm}`,
    words.scores.chrf.term,
    words.report.seconds,
    words.advice.memory
  ]
  out.line()
  for (const line of table([heads, ...rows], ['left', 'right', 'right', 'right', 'right', 'right']))
    out.line(`  ${line}`)
  for (const { candidate } of result.candidates)
    if (candidate.prompt !== undefined) {
      out.line()
      out.line(out.style(`${candidateName(candidate, words)}:`, 'dim'))
      for (const line of candidate.prompt.split('\n')) out.line(out.style(`  ${printable(line)}`, 'dim'))
    }
  const said = words.advice.codes[code]
  out.line()
  out.line(out.style(said.title, 'bold'))
  out.line(said.lead(String(result.items), String(fewestItems)))
  out.line(words.advice.rule(percentage(100 * enoughShare)))
}
