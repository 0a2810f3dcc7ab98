// What blind votes come to, in lines and as an event.
import { voteQuestions, type Tally } from '../contract/votes'
import type { OtherRun } from '../contract/window/training'
import { evaluationWordsOn } from '../words/evaluation'
import { baseRunName } from '../words/run-name'
import { voteTitle } from '../words/evaluation/vote-title'
import type { Context } from './context'
import { percentage } from './format'
import { table } from './table'

export function reportVotes(
  tally: Tally,
  { out, words, language }: Pick<Context, 'out' | 'words' | 'language'>,
  /** the run that it is held against; absent: the model that somebody chose */
  other?: OtherRun | undefined
): void {
  out.event('votes', { ...tally })
  const base = baseRunName(other, language)
  const said = evaluationWordsOn(base, language)
  const { result } = tally
  if (!result) {
    if (tally.open > 0) out.line(words.eval.votesOpen(String(tally.open)))
    return
  }
  const decided = result.wins + result.losses
  const { votes } = said
  const share = (value: number): string => percentage(100 * value)
  out.line()
  out.line(out.style(voteTitle(result, language, base), 'bold'))
  out.line(votes.rate(String(result.wins), String(decided)))
  out.line(
    `${votes.winRate} ${share(result.rate.value)} (${said.intervalTerm} ${said.interval(share(result.rate.low), share(result.rate.high))})`
  )
  const rows = [
    ...voteQuestions.map((name) => [votes.questions[name].name, result.questions[name]] as const),
    [votes.overall, result] as const
  ]
  const head = ['', said.candidates.tuned, votes.same, said.candidates.base]
  const counts = rows.map(([name, { wins, ties, losses }]) => [name, ...[wins, ties, losses].map(String)])
  for (const line of table([head, ...counts], ['left', 'right', 'right', 'right'])) out.line(`  ${line}`)
  out.line(votes.overallRule)
  out.line(`${votes.ties(String(result.ties))} · ${votes.voters(String(result.voters))}`)
}
