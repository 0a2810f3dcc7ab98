// Words of the figures that a training measures.
import type { FigureWords, NamedFigure } from './form'

export const en: Readonly<Record<NamedFigure, FigureWords>> = {
  loss: {
    plain: 'Loss',
    term: 'loss',
    short: 'loss',
    training: 'Training loss',
    heldOut: 'Held-out loss'
  },
  preferenceLoss: {
    plain: 'Preference loss',
    term: 'preference loss',
    short: 'preference loss',
    training: 'Training preference loss',
    heldOut: 'Held-out preference loss'
  },
  rewardChosen: {
    plain: 'Pull towards the preferred reply',
    term: 'rewards/chosen',
    short: 'preferred reply',
    training: 'Training pull towards the preferred reply',
    heldOut: 'Held-out pull towards the preferred reply'
  },
  rewardRejected: {
    plain: 'Pull towards the other reply',
    term: 'rewards/rejected',
    short: 'other reply',
    training: 'Training pull towards the other reply',
    heldOut: 'Held-out pull towards the other reply'
  },
  rewardMargin: {
    plain: 'Gap between the two replies',
    term: 'rewards/margins',
    short: 'gap',
    training: 'Training gap between the two replies',
    heldOut: 'Held-out gap between the two replies'
  },
  rewardAccuracy: {
    plain: 'Preference accuracy',
    term: 'rewards/accuracies',
    short: 'preferred',
    training: 'Training preference accuracy',
    heldOut: 'Held-out preference accuracy'
  },
  pointAccuracy: {
    plain: 'Preferred reply has more points',
    term: 'accuracy of the reward',
    short: 'right pairs',
    training: 'Training pairs with more points for the preferred reply',
    heldOut: 'Held-out pairs with more points for the preferred reply'
  },
  pointMargin: {
    plain: 'Points between the two replies',
    term: 'reward margin',
    short: 'points between',
    training: 'Training points between the two replies',
    heldOut: 'Held-out points between the two replies'
  },
  pointsChosen: {
    plain: 'Points of the preferred reply',
    term: 'reward of chosen',
    short: 'points (preferred)',
    training: 'Training points of the preferred reply',
    heldOut: 'Held-out points of the preferred reply'
  },
  pointsRejected: {
    plain: 'Points of the other reply',
    term: 'reward of rejected',
    short: 'points (other)',
    training: 'Training points of the other reply',
    heldOut: 'Held-out points of the other reply'
  },
  reward: {
    plain: 'Marks of its answers by the rules',
    term: 'reward',
    short: 'marks',
    training: 'Training marks of its answers',
    heldOut: 'Held-out marks of its answers'
  },
  rewardSpread: {
    plain: 'Spread of marks within a question',
    term: 'reward std',
    short: 'spread',
    training: 'Training spread of marks'
  },
  divergence: {
    plain: 'Distance from how it answered before',
    term: 'KL divergence',
    short: 'distance',
    training: 'Training distance',
    heldOut: 'Held-out distance'
  },
  answerTokens: {
    plain: 'Length of its answers',
    term: 'completion length',
    short: 'length',
    training: 'Training length of answers',
    heldOut: 'Held-out length of answers'
  },
  policyLoss: {
    plain: 'Policy loss',
    term: 'policy loss',
    short: 'policy loss',
    training: 'Training policy loss'
  },
  valueLoss: {
    plain: 'Error of what is to come',
    term: 'value loss',
    short: 'value loss',
    training: 'Training value loss'
  },
  clippedShare: {
    plain: 'Held back for moving too far',
    term: 'clip fraction',
    short: 'clipped',
    training: 'Training share held back'
  },
  accuracy: {
    plain: 'Sorted right',
    term: 'accuracy',
    short: 'accuracy',
    training: 'Accuracy',
    heldOut: 'Held-out accuracy'
  },
  macroF1: {
    plain: 'F1, every label counting the same',
    term: 'macro F1',
    short: 'macro F1',
    training: 'Macro F1',
    heldOut: 'Held-out macro F1'
  },
  microF1: {
    plain: 'F1 over all decisions',
    term: 'micro F1',
    short: 'micro F1',
    training: 'Micro F1',
    heldOut: 'Held-out micro F1'
  },
  weightedF1: {
    plain: 'F1, labels counting by their rows',
    term: 'weighted F1',
    short: 'weighted F1',
    training: 'Weighted F1',
    heldOut: 'Held-out weighted F1'
  },
  meanError: {
    plain: 'How far off the number is',
    term: 'mean absolute error',
    short: 'error',
    training: 'Mean absolute error',
    heldOut: 'Held-out mean absolute error'
  },
  learningRate: {
    plain: 'Learning rate',
    term: 'learning rate',
    short: 'learning rate',
    training: 'Learning rate'
  },
  gradNorm: {
    plain: 'Gradient norm',
    term: 'gradient norm',
    short: 'gradient norm',
    training: 'Gradient norm'
  },
  tokensPerSecond: {
    plain: 'Speed',
    term: 'tokens/s',
    short: 'tokens/s',
    training: 'Tokens per second (speed)'
  },
  memory: { plain: 'Memory', term: 'MB', short: 'memory', training: 'Memory' }
}
