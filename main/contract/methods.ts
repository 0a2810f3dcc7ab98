// One row per training method: what it learns from, what it trains, which figures it gives. How it does it is
// main/trainer/methods; its words are those of the setting `method`. Imports nothing but its neighbours.
import type { FigureName, Figures, figureRows } from './figures'
import type { Example } from './records'

/** A figure of which one way is better. */
type BestName = {
  [N in FigureName]: (typeof figureRows)[N]['better'] extends null ? never : N
}[FigureName]

export interface MethodRow {
  readonly examples: readonly Example['kind'][]
  /** adapter: a part beside the frozen base; model: every weight */
  readonly trains: 'adapter' | 'model'
  /** the model's head: it says tokens, or scores whole texts */
  readonly head: 'language' | 'score'
  /** it learns labels, too, by a head beside the language head */
  readonly sorts?: true
  /** what its head scores is how good a reply is: one number, and no labels */
  readonly rates?: true
  /** it learns from answers that it gives itself, by what rules think of them */
  readonly answers?: true
  /** a head beside says what is still to come of an answer, and it learns from its answers several times */
  readonly values?: true
  /** it is held against the model as that was before: without the adapter, or with the one that it goes on from */
  readonly reference?: true
  /** of each update, beside what the loop measures itself */
  readonly update: readonly FigureName[]
  /** of the held-out part */
  readonly evaluation: readonly FigureName[]
  /** the one of them that decides what is kept as the best, and when to stop */
  readonly best: BestName
}

const preferenceFigures = [
  'loss',
  'rewardMargin',
  'rewardAccuracy',
  'rewardChosen',
  'rewardRejected'
] as const
const preferenceUpdate = [...preferenceFigures, 'gradNorm'] as const
/** Of points that replies are given, and not of how likely they are. */
const pointFigures = ['loss', 'pointAccuracy', 'pointMargin', 'pointsChosen', 'pointsRejected'] as const
/** Of answers that a model gives itself. */
const policyFigures = ['reward', 'divergence', 'answerTokens'] as const
const policyRow = {
  examples: ['conversation'],
  trains: 'adapter',
  head: 'language',
  answers: true,
  reference: true,
  update: [...policyFigures, 'rewardSpread', 'policyLoss', 'gradNorm'],
  evaluation: policyFigures,
  best: 'reward'
} as const satisfies MethodRow
/** Those that are none of the problem (a mean error of labels) are left out. */
const ofScores = ['loss', 'accuracy', 'macroF1', 'microF1', 'weightedF1', 'meanError'] as const

export const methodRows = {
  sft: {
    examples: ['conversation', 'text'],
    trains: 'adapter',
    head: 'language',
    update: ['loss', 'gradNorm'],
    evaluation: ['loss'],
    best: 'loss'
  },
  full: {
    examples: ['conversation', 'text'],
    trains: 'model',
    head: 'language',
    update: ['loss', 'gradNorm'],
    evaluation: ['loss'],
    best: 'loss'
  },
  /** continued pretraining: documents are gone on with, and nobody asks */
  continued: {
    examples: ['text'],
    trains: 'adapter',
    head: 'language',
    update: ['loss', 'gradNorm'],
    evaluation: ['loss'],
    best: 'loss'
  },
  'continued-full': {
    examples: ['text'],
    trains: 'model',
    head: 'language',
    update: ['loss', 'gradNorm'],
    evaluation: ['loss'],
    best: 'loss'
  },
  /** direct preference optimisation and its kin: against the model as it was */
  dpo: {
    examples: ['preference'],
    trains: 'adapter',
    head: 'language',
    reference: true,
    update: [...preferenceUpdate],
    evaluation: [...preferenceFigures],
    best: 'loss'
  },
  /** likelihood and odds in one, without a reference */
  orpo: {
    examples: ['preference'],
    trains: 'adapter',
    head: 'language',
    update: [...preferenceUpdate],
    evaluation: [...preferenceFigures],
    best: 'loss'
  },
  /** contrastive preference optimisation, SimPO with it: without a reference */
  cpo: {
    examples: ['preference'],
    trains: 'adapter',
    head: 'language',
    update: [...preferenceUpdate],
    evaluation: [...preferenceFigures],
    best: 'loss'
  },
  /** single answers, liked or not */
  kto: {
    examples: ['rated'],
    trains: 'adapter',
    head: 'language',
    reference: true,
    update: [...preferenceUpdate],
    evaluation: [...preferenceFigures],
    best: 'loss'
  },
  /** a model that gives replies points: the preferred one of a pair more */
  reward: {
    examples: ['preference'],
    trains: 'adapter',
    head: 'score',
    rates: true,
    update: [...pointFigures, 'gradNorm'],
    evaluation: pointFigures,
    best: 'loss'
  },
  /** group relative policy optimisation: questions are answered several times, and what rules like is said more often */
  grpo: policyRow,
  /** the same with one ratio for a whole answer, each held against the others */
  rloo: policyRow,
  /** proximal policy optimisation: a head says what is still to come, and answers are learnt from several times */
  ppo: {
    ...policyRow,
    values: true,
    update: [...policyFigures, 'rewardSpread', 'policyLoss', 'valueLoss', 'clippedShare', 'gradNorm']
  },
  /** answers, and beside them texts that are sorted: one adapter, and a head for the labels */
  'multi-task': {
    examples: ['conversation', 'text', 'labelled'],
    trains: 'adapter',
    head: 'language',
    sorts: true,
    update: ['loss', 'gradNorm'],
    evaluation: ofScores,
    best: 'loss'
  },
  classification: {
    examples: ['labelled'],
    trains: 'adapter',
    head: 'score',
    update: ['loss', 'gradNorm'],
    evaluation: ofScores,
    best: 'loss'
  },
  'classification-full': {
    examples: ['labelled'],
    trains: 'model',
    head: 'score',
    update: ['loss', 'gradNorm'],
    evaluation: ofScores,
    best: 'loss'
  }
} as const satisfies Readonly<Record<string, MethodRow>>

export type MethodKey = keyof typeof methodRows

/** What it learns is gone on with as it is, without a template around it. */
export const continues = (method: MethodKey): boolean => method === 'continued' || method === 'continued-full'

/** Its head gives replies points. */
export const rates = (method: MethodKey): boolean => (methodRows[method] as MethodRow).rates === true

/** It learns from what it says itself. */
export const answersItself = (method: MethodKey): boolean =>
  (methodRows[method] as MethodRow).answers === true

/** A head beside it says what is still to come. */
export const hasValues = (method: MethodKey): boolean => (methodRows[method] as MethodRow).values === true

export const methodKeys = Object.keys(methodRows) as readonly MethodKey[]

/** A share of what has moved since before the training says nothing before anything has: everything stands still there, and
 *  half of it would be a convention of ties, not a measurement. By a method without a reference it is one from the beginning on. */
export function toldBy(method: MethodKey, figures: Figures, updates: number): Figures {
  const row: MethodRow = methodRows[method]
  if (updates > 0 || row.reference !== true) return figures
  return Object.fromEntries(Object.entries(figures).filter(([name]) => name !== 'rewardAccuracy'))
}
