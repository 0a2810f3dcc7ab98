// What a blind vote comes to, in a line: one wording for its own page and for the headline above all pages. Pure.
import type { Language } from '../../main/contract/language'
import { fewestVotes, type TallyResult } from '../../main/contract/votes'
import { evaluationWords } from '../../main/words/evaluation'
import { count } from './format'

export function voteTitle({ standing, wins, losses }: TallyResult, language: Language): string {
  const { votes } = evaluationWords[language]
  return {
    'not-enough': votes.notEnough(count(wins + losses, language), count(fewestVotes, language)),
    tuned: votes.preferred,
    base: votes.preferredBase,
    even: votes.even2
  }[standing]
}
