// One row per figure that a training gives, by its name in metrics.jsonl: how it is written and drawn, and which
// way is better. A name without a row is a figure too: it is drawn under its own name. Its words stand in
// main/words/figures. Imports nothing.

/** Names and values, as one line of metrics.jsonl carries them. */
export type Figures = Readonly<Record<string, number>>

export interface FigureRow {
  readonly kind: 'loss' | 'score' | 'share' | 'rate' | 'norm' | 'speed' | 'bytes' | 'count'
  /** null: neither; it tells how the training goes, not how good its result is */
  readonly better: 'lower' | 'higher' | null
}

export const figureRows = {
  /** mean negative log-likelihood over learnt tokens */
  loss: { kind: 'loss', better: 'lower' },
  /** how much more readily than the reference the model says the answers that are preferred (times beta), and the
   *  others; what lies between the two; and the share of pairs in which it is on the right side */
  rewardChosen: { kind: 'score', better: null },
  rewardRejected: { kind: 'score', better: null },
  rewardMargin: { kind: 'score', better: 'higher' },
  rewardAccuracy: { kind: 'share', better: 'higher' },
  /** of pairs of replies that were given points: the share in which the preferred one has more, how many more, and what
   *  each of them has */
  pointAccuracy: { kind: 'share', better: 'higher' },
  pointMargin: { kind: 'score', better: 'higher' },
  pointsChosen: { kind: 'score', better: null },
  pointsRejected: { kind: 'score', better: null },
  /** what rules think of answers that were given, on the mean; how far those to one question lie apart; how far, by the token,
   *  they are from what the reference would have said (k3, Schulman 2020); and how long they are */
  reward: { kind: 'score', better: 'higher' },
  rewardSpread: { kind: 'score', better: null },
  divergence: { kind: 'score', better: null },
  answerTokens: { kind: 'count', better: null },
  /** says little by itself: it is about nothing while answers are learnt from once */
  policyLoss: { kind: 'score', better: null },
  /** how wrong the head was about what is still to come; and the share of tokens that moved beyond the clipping */
  valueLoss: { kind: 'score', better: null },
  clippedShare: { kind: 'share', better: null },
  /** of texts that were sorted: share of rows whose labels are all right */
  accuracy: { kind: 'share', better: 'higher' },
  /** mean over the labels, each counting the same; over all decisions; over the labels by their rows */
  macroF1: { kind: 'share', better: 'higher' },
  microF1: { kind: 'share', better: 'higher' },
  weightedF1: { kind: 'share', better: 'higher' },
  /** of numbers: mean distance of what was said and what is */
  meanError: { kind: 'score', better: 'lower' },
  learningRate: { kind: 'rate', better: null },
  /** global norm of the gradients before clipping */
  gradNorm: { kind: 'norm', better: null },
  tokensPerSecond: { kind: 'speed', better: null },
  /** resident memory of the trainer process, bytes */
  memory: { kind: 'bytes', better: null }
} as const satisfies Readonly<Record<string, FigureRow>>

export type FigureName = keyof typeof figureRows

const unknown: FigureRow = { kind: 'score', better: null }

export const figureRow = (name: string): FigureRow =>
  Object.hasOwn(figureRows, name) ? figureRows[name as FigureName] : unknown

/** What a method measures of its own work, and not how the updates or the machine go: what a line of progress says. */
export const isResult = (name: string): boolean => ['loss', 'score', 'share'].includes(figureRow(name).kind)
