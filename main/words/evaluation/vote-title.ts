// What a blind vote comes to, in a line: one wording for the window, the command line and the report. Pure.
import type { Language } from '../../contract/language'
import { fewestVotes, type TallyResult } from '../../contract/votes'
import { evaluationWords } from '.'

export function voteTitle(
  { standing, wins, losses }: Pick<TallyResult, 'standing' | 'wins' | 'losses'>,
  language: Language
): string {
  const { votes } = evaluationWords[language]
  return {
    'not-enough': votes.notEnough(String(wins + losses), String(fewestVotes)),
    tuned: votes.preferred,
    base: votes.preferredBase,
    even: votes.even2
  }[standing]
}
