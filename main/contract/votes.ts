// Blind votes on two answers: what a voter sees and says, and what the votes come to.
import type { Interval } from './evaluation'
import type { Message } from './records'

export const voteQuestions = ['terms', 'context', 'consistent', 'culture'] as const
export type VoteQuestion = (typeof voteQuestions)[number]
export const voteChoices = ['left', 'same', 'right'] as const
export type VoteChoice = (typeof voteChoices)[number]
export type Choices = Readonly<Record<VoteQuestion, VoteChoice>>

/** Two answers side by side; which is whose, nobody is told. */
export interface BallotItem {
  readonly index: number
  readonly before: readonly Message[]
  readonly question: string
  readonly left: string
  readonly right: string
}

export interface Ballot {
  readonly id: string
  readonly voter: string
  readonly done: number
  readonly total: number
  /** null: all is said */
  readonly item: BallotItem | null
  /** what was said of it before it was taken back; null: nothing yet */
  readonly before: Choices | null
}

export interface Tally {
  /** ballots that are filled in, and those that are begun and not */
  readonly filled: number
  readonly open: number
  /** those that are begun and not filled in: whose, and how far */
  readonly unfinished: readonly Pick<Ballot, 'id' | 'voter' | 'done' | 'total'>[]
  /** null while a ballot is open, or while there is none: whoever sees a result votes by it */
  readonly result: TallyResult | null
}

export interface TallyResult {
  readonly votes: number
  readonly voters: number
  readonly wins: number
  readonly losses: number
  readonly ties: number
  /** wins among the votes that are no tie; Wilson's 95 % */
  readonly rate: Interval & { readonly value: number }
  readonly standing: 'not-enough' | 'tuned' | 'base' | 'even'
  readonly questions: Readonly<
    Record<VoteQuestion, { readonly wins: number; readonly losses: number; readonly ties: number }>
  >
  /** of two voters on the same question; null where nobody shares one */
  readonly agreement: { readonly same: number; readonly pairs: number } | null
}

/** questions of a ballot: of the larger one enough for an interval, few enough for a coffee break; the smaller one takes
 *  three minutes, and several voters make up for it */
export const ballotSizes = [24, 10] as const
export type BallotSize = (typeof ballotSizes)[number]
/** fewest votes that are no tie and of which anything is said */
export const fewestVotes = 10
