// Votes counted: who wins how often, how sure that is, and whether voters agree. Pure.
import {
  fewestVotes,
  voteQuestions,
  type Choices,
  type TallyResult,
  type VoteChoice,
  type VoteQuestion
} from '../../contract/votes'
import { wilson } from '../../metrics/intervals'

export type Side = 'base' | 'tuned'
type Winner = Side | 'same'

export interface Vote {
  readonly voter: string
  readonly item: number
  /** whose answer stood left */
  readonly left: Side
  readonly choices: Choices
}

export function tallyOf(votes: readonly Vote[]): TallyResult {
  const whole = votes.map((vote) => ({ ...vote, winner: winnerOf(vote) }))
  const { wins, losses, ties } = counted(whole.map(({ winner }) => winner))
  const decided = wins + losses
  const rate = { value: decided === 0 ? 0.5 : wins / decided, ...wilson(wins, decided) }
  return {
    votes: votes.length,
    voters: new Set(votes.map(({ voter }) => voter)).size,
    ...{ wins, losses, ties, rate },
    standing:
      decided < fewestVotes ? 'not-enough' : rate.low > 0.5 ? 'tuned' : rate.high < 0.5 ? 'base' : 'even',
    questions: Object.fromEntries(
      voteQuestions.map((question) => [
        question,
        counted(votes.map(({ left, choices }) => sideOf(choices[question], left)))
      ])
    ) as Record<VoteQuestion, { wins: number; losses: number; ties: number }>,
    agreement: agreementOf(whole)
  }
}

/** Who is ahead in more of the four questions. */
export function winnerOf({ left, choices }: Pick<Vote, 'left' | 'choices'>): Winner {
  const { wins, losses } = counted(voteQuestions.map((question) => sideOf(choices[question], left)))
  return wins === losses ? 'same' : wins > losses ? 'tuned' : 'base'
}

const sideOf = (choice: VoteChoice, left: Side): Winner =>
  choice === 'same' ? 'same' : (choice === 'left') === (left === 'tuned') ? 'tuned' : 'base'

function counted(winners: readonly Winner[]): { wins: number; losses: number; ties: number } {
  const of = (one: Winner): number => winners.filter((winner) => winner === one).length
  return { wins: of('tuned'), losses: of('base'), ties: of('same') }
}

function agreementOf(
  votes: readonly { voter: string; item: number; winner: Winner }[]
): TallyResult['agreement'] {
  let [same, pairs] = [0, 0]
  for (const [at, one] of votes.entries())
    for (const other of votes.slice(at + 1)) {
      if (other.item !== one.item || other.voter === one.voter) continue
      pairs++
      if (other.winner === one.winner) same++
    }
  return pairs === 0 ? null : { same, pairs }
}
