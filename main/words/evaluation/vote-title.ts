// What a blind vote comes to, in a line: one wording for the window, the command line and the report. Pure.
import type { Language } from '../../contract/language'
import { fewestVotes, type TallyResult } from '../../contract/votes'
import { evaluationWordsOn } from '.'

export function voteTitle(
  { standing, wins, losses }: Pick<TallyResult, 'standing' | 'wins' | 'losses'>,
  language: Language,
  /** what the tuned one is held against; null: the model that somebody chose */
  base: string | null = null
): string {
  const { votes } = evaluationWordsOn(base, language)
  return {
    'not-enough': votes.notEnough(String(wins + losses), String(fewestVotes)),
    tuned: votes.preferred,
    base: votes.preferredBase,
    even: votes.even2
  }[standing]
}
