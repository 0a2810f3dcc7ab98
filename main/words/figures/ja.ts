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
    plain: '一歩の大きさ',
    term: '学習率',
    short: '学習率',
    training: '一歩の大きさ（学習率）'
  },
  gradNorm: {
    plain: '更新の勢い',
    term: '勾配ノルム',
    short: '勾配ノルム',
    training: '更新の勢い（勾配ノルム）'
  },
  tokensPerSecond: {
    plain: '速さ',
    term: 'トークン/秒',
    short: 'tok/s',
    training: '1秒あたりのトークン（速さ）'
  },
  memory: { plain: 'メモリ', term: 'MB', short: 'メモリ', training: 'メモリ' }
}
