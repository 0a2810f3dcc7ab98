// Words of the figures that a training measures.
import type { FigureName } from '../../contract/figures'
import type { FigureWords } from './form'

export const en: Readonly<Record<FigureName, FigureWords>> = {
  loss: {
    plain: 'Distance',
    term: 'loss',
    short: 'loss',
    training: 'Training loss',
    heldOut: 'Held-out loss'
  },
  learningRate: {
    plain: 'Size of one stride',
    term: 'learning rate',
    short: 'learning rate',
    training: 'Size of one stride (learning rate)'
  },
  gradNorm: {
    plain: 'Force of the updates',
    term: 'gradient norm',
    short: 'gradient norm',
    training: 'Force of the updates (gradient norm)'
  },
  tokensPerSecond: {
    plain: 'Speed',
    term: 'tokens/s',
    short: 'tokens/s',
    training: 'Tokens per second (speed)'
  },
  memory: { plain: 'Memory', term: 'MB', short: 'memory', training: 'Memory' }
}
