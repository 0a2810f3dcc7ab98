// What blind votes come to, in lines and as an event.
import { fewestVotes, type Tally } from '../contract/votes'
import { evaluationWords } from '../words/evaluation'
import type { Context } from './context'
import { percentage } from './format'

export function reportVotes(
  tally: Tally,
  { out, words, language }: Pick<Context, 'out' | 'words' | 'language'>
): void {
  out.event('votes', { ...tally })
  const said = evaluationWords[language]
  const { result } = tally
  if (!result) {
    if (tally.open > 0) out.line(words.eval.votesOpen(String(tally.open)))
    return
  }
  const decided = result.wins + result.losses
  const { votes } = said
  const title = {
    'not-enough': votes.notEnough(String(decided), String(fewestVotes)),
    tuned: votes.preferred,
    base: votes.preferredBase,
    even: votes.even2
  }[result.standing]
  const share = (value: number): string => percentage(100 * value)
  out.line()
  out.line(out.style(title, 'bold'))
  out.line(votes.rate(String(result.wins), String(decided)))
  out.line(
    `${votes.winRate} ${share(result.rate.value)} (${said.intervalTerm} ${said.interval(share(result.rate.low), share(result.rate.high))})`
  )
  out.line(`${votes.ties(String(result.ties))} · ${votes.voters(String(result.voters))}`)
}
