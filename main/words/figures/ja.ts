// 学習が測る数字のことば。
import type { FigureName } from '../../contract/figures'
import type { FigureWords } from './form'

export const ja: Readonly<Record<FigureName, FigureWords>> = {
  loss: {
    plain: 'お手本とのずれ',
    term: '損失（loss）',
    short: '損失',
    training: '学習の損失',
    heldOut: '検証の損失'
  },
  learningRate: {
    plain: '学習率',
    term: 'learning rate',
    short: '学習率',
    training: '学習率'
  },
  gradNorm: {
    plain: '勾配ノルム',
    term: 'gradient norm',
    short: '勾配ノルム',
    training: '勾配ノルム'
  },
  tokensPerSecond: {
    plain: '速さ',
    term: 'トークン/秒',
    short: 'tok/s',
    training: '1秒あたりのトークン（速さ）'
  },
  memory: { plain: 'メモリ', term: 'MB', short: 'メモリ', training: 'メモリ' }
}
