// What an evaluation comes to: scores with their intervals, the traits of a tone, facts, what was forgotten, and the
// verdict that follows from them. All of it is computed from the items; nothing here is stored.
import type { Candidate } from './candidates'

export type Better = 'more' | 'less'

/** In the order of the table. */
export const scoreRows = {
  loss: { better: 'less', unit: 'plain' },
  perplexity: { better: 'less', unit: 'plain' },
  chrf: { better: 'more', unit: 'points' },
  'chrf++': { better: 'more', unit: 'points' },
  bleu: { better: 'more', unit: 'points' },
  rouge1: { better: 'more', unit: 'plain' },
  rouge2: { better: 'more', unit: 'plain' },
  rougeL: { better: 'more', unit: 'plain' },
  exact: { better: 'more', unit: 'share' },
  f1: { better: 'more', unit: 'plain' },
  tone: { better: 'more', unit: 'share' },
  facts: { better: 'more', unit: 'share' }
} as const satisfies Readonly<
  Record<string, { readonly better: Better; readonly unit: 'plain' | 'points' | 'share' }>
>
export type ScoreName = keyof typeof scoreRows
export const scoreNames = Object.keys(scoreRows) as readonly ScoreName[]

/** what the verdict goes by; the others are for those who know them */
export const decisiveScores = ['chrf', 'tone', 'facts'] as const satisfies readonly ScoreName[]
export type DecisiveScore = (typeof decisiveScores)[number]

/** 95 % */
export interface Interval {
  readonly low: number
  readonly high: number
}
export interface Difference extends Interval {
  readonly difference: number
  /** of a score that decides: so wide that all that decide hold at once with 95 % */
  readonly together?: Interval
}

export interface Score extends Interval {
  readonly value: number
  /** that it is over: asked ones, or for losses those that are measured */
  readonly items: number
  /** less the base's, over the items that both have; null: of the base itself, or where there are none */
  readonly overBase: Difference | null
  /** the run's own less this one's; null: of the run's own, or where there are none */
  readonly tunedOver: Difference | null
}

export const traitNames = [
  'level',
  'greeting',
  'signOff',
  'length',
  'endings',
  'terms',
  'writing',
  'forbidden'
] as const
export type TraitName = (typeof traitNames)[number]

/** answers that have it, of those about which it says something */
export interface Share {
  readonly hits: number
  readonly total: number
}
export type TraitShares = Readonly<Record<TraitName, Share>>

/** letters: nine of ten answers lie from low to high */
export interface Lengths {
  readonly low: number
  readonly median: number
  readonly high: number
}

/** letters of answers, in steps of the same width; the last step is open */
export interface LengthSteps {
  readonly width: number
  readonly counts: readonly number[]
}

export interface FactCounts {
  readonly kept: number
  readonly missing: number
  readonly invented: number
}

export interface CandidateResult {
  readonly candidate: Candidate
  readonly answered: number
  /** of them, those that a service would not answer: counted as empty; absent: none */
  readonly refused?: number
  readonly scores: Readonly<Partial<Record<ScoreName, Score>>>
  readonly facts: FactCounts
  readonly traits: TraitShares
  readonly lengths: Lengths
  readonly lengthSteps: LengthSteps
  /** mean of an answer; null where it was not measured */
  readonly secondsPerAnswer: number | null
  /** sets of questions where it used a word that is forbidden, the first ones */
  readonly forbiddenUsed: readonly string[]
  /** words of the house that the reference uses and the answer lacks, the most frequent first */
  readonly termsMissed: readonly string[]
}

export const generalKinds = ['arithmetic', 'knowledge', 'instructions', 'refusal', 'language'] as const
export type GeneralKind = (typeof generalKinds)[number]

export interface GeneralDrop {
  readonly kind: GeneralKind
  readonly question: string
  readonly before: string
  readonly after: string
  /** right before and wrong after; else the loss grew */
  readonly lost: boolean
  /** loss of the right answer after, less before; null: not measured */
  readonly loss: number | null
}

/** General questions before and after training. */
export interface GeneralResult {
  readonly total: number
  readonly before: number
  readonly after: number
  /** share after less share before */
  readonly difference: Difference
  readonly kinds: readonly { readonly kind: GeneralKind; readonly before: Share; readonly after: Share }[]
  /** loss of the right answers and of general texts */
  readonly lossBefore: number | null
  readonly lossAfter: number | null
  /** answered otherwise than before: right before and wrong after, or else where the loss grew most; at most three */
  readonly drops: readonly GeneralDrop[]
}

/** Of what is held out, what is measured and not asked: texts without a question, and what stands there a second time. */
export interface Unasked {
  readonly texts: number
  readonly again: number
}

/** Held-out examples that stand in what was learnt, too, word for word or nearly: what they score proves nothing. */
export interface Seen {
  /** held-out ones in all */
  readonly of: number
  readonly exact: number
  readonly near: number
  /** whose answer was learnt word for word as the answer to another question; absent: none */
  readonly answers?: number
}

/** with a greater share of them, nothing good is believed of the scores */
export const mostSeen = 0.1

/** few: not enough questions; seen: too many of them stand in what was learnt; worse, same, better: than the base; facts-lost: closer in tone but facts are lost;
 *  forgot: better, but general questions went wrong; ...-enough: the base with that is as good */
export const verdicts = [
  'few',
  'seen',
  'worse',
  'facts-lost',
  'forgot',
  'prompt-enough',
  'examples-enough',
  'retrieval-enough',
  'same',
  'better'
] as const
export type VerdictCode = (typeof verdicts)[number]

/** with fewer, one answer is more than a twentieth: no interval of so few is believed */
export const fewestItems = 20

export interface Verdict {
  readonly code: VerdictCode
  readonly items: number
  /** of fewer questions nothing is said */
  readonly fewest: number
  /** how the tuned one stands to the base in each */
  readonly standings: Readonly<Partial<Record<DecisiveScore, 'better' | 'worse' | 'unclear'>>>
  /** fewer of general questions right, beyond chance; null: not looked at */
  readonly forgot: boolean | null
}

/** A run beside others: its own answers, and on the questions that it shares with the first of them how they differ. */
export interface RunScores {
  readonly run: string
  /** questions that it has answered */
  readonly items: number
  readonly scores: Readonly<Partial<Record<ComparedScore, Interval & { readonly value: number }>>>
  /** words that its house never uses, as the tone is measured with them */
  readonly forbidden: readonly string[]
  /** less those of the first; null: the first itself, or none that both have answered */
  readonly over: {
    readonly items: number
    readonly scores: Readonly<Partial<Record<ComparedScore, Difference>>>
  } | null
  readonly trainExamples: number
  readonly heldOutExamples: number
  /** marks of what was learnt and of what was held out: the same examples have the same; null: not known */
  readonly trainPrint: string | null
  readonly heldOutPrint: string | null
}
export const comparedScores = [
  'loss',
  'chrf',
  'rougeL',
  'tone',
  'facts'
] as const satisfies readonly ScoreName[]
export type ComparedScore = (typeof comparedScores)[number]

/** Preferences of the held-out part: pairs of answers, or answers with a verdict. */
export interface PreferenceResult {
  readonly of: 'pairs' | 'answers'
  readonly count: number
  /** what the tuned model is held against: the base, or the run that it went on from */
  readonly reference: 'base' | 'start'
  /** share in which the preferred answer gained more than the other; of answers, in which a liked one gained */
  readonly accuracy: Interval & { readonly value: number }
  /** how much more the preferred ones gained, times beta; of single answers there is no interval */
  readonly margin: Partial<Interval> & { readonly value: number }
  readonly rewardChosen: number
  readonly rewardRejected: number
  /** share of pairs in which the preferred answer is the likelier by the token; null for answers */
  readonly likelier: { readonly before: number; readonly after: number } | null
}

export interface EvaluationResult {
  readonly run: string
  /** null: nobody knows what was learnt */
  readonly seen: Seen | null
  /** null: there are none, or nothing was measured */
  readonly preference: PreferenceResult | null
  /** asked and answered by every candidate */
  readonly items: number
  /** of what is held out, what was not asked */
  readonly unasked: Unasked
  readonly candidates: readonly CandidateResult[]
  /** of the user's own answers, beside which candidates are seen */
  readonly own: {
    readonly answers: number
    /** of their own answers to the questions that were asked */
    readonly traits: TraitShares
    readonly lengths: Lengths
    readonly lengthSteps: LengthSteps
    readonly greetings: readonly string[]
    readonly signOffs: readonly string[]
    /** an instruction that asks for what they have in common */
    readonly draft: string
    readonly terms: readonly string[]
    /** words that must not be used, as it was counted */
    readonly forbidden: readonly string[]
  }
  /** null: there is no tuned one, or nothing was answered */
  readonly verdict: Verdict | null
  /** null: not looked at yet */
  readonly general: GeneralResult | null
}
