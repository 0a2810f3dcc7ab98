// 学習が測る数字のことば。
import type { FigureWords, NamedFigure } from './form'

export const ja: Readonly<Record<NamedFigure, FigureWords>> = {
  loss: {
    plain: 'お手本とのずれ',
    term: '損失（loss）',
    short: '損失',
    training: '学習の損失',
    heldOut: '検証の損失'
  },
  preferenceLoss: {
    plain: '好みの損失',
    term: 'preference loss',
    short: '好みの損失',
    training: '学習での好みの損失',
    heldOut: '検証での好みの損失'
  },
  rewardChosen: {
    plain: '好ましい回答への傾き',
    term: 'rewards/chosen',
    short: '好ましい回答',
    training: '学習での好ましい回答への傾き',
    heldOut: '検証での好ましい回答への傾き'
  },
  rewardRejected: {
    plain: 'もう一方の回答への傾き',
    term: 'rewards/rejected',
    short: 'もう一方の回答',
    training: '学習でのもう一方の回答への傾き',
    heldOut: '検証でのもう一方の回答への傾き'
  },
  rewardMargin: {
    plain: '2つの回答の差',
    term: 'rewards/margins',
    short: '差',
    training: '学習での2つの回答の差',
    heldOut: '検証での2つの回答の差'
  },
  rewardAccuracy: {
    plain: '好ましいほうへ動いた割合',
    term: 'rewards/accuracies',
    short: '好みの一致',
    training: '学習で好ましいほうへ動いた割合',
    heldOut: '検証で好ましいほうへ動いた割合'
  },
  pointAccuracy: {
    plain: '好ましい回答の点が高かった割合',
    term: 'accuracy of the reward',
    short: '点の一致',
    training: '学習で好ましい回答の点が高かった割合',
    heldOut: '検証で好ましい回答の点が高かった割合'
  },
  pointMargin: {
    plain: '2つの回答の点の差',
    term: 'reward margin',
    short: '点の差',
    training: '学習での2つの回答の点の差',
    heldOut: '検証での2つの回答の点の差'
  },
  pointsChosen: {
    plain: '好ましい回答の点',
    term: 'reward of chosen',
    short: '点（好ましい回答）',
    training: '学習での好ましい回答の点',
    heldOut: '検証での好ましい回答の点'
  },
  pointsRejected: {
    plain: 'もう一方の回答の点',
    term: 'reward of rejected',
    short: '点（もう一方）',
    training: '学習でのもう一方の回答の点',
    heldOut: '検証でのもう一方の回答の点'
  },
  reward: {
    plain: '決まりで付けた回答の点',
    term: 'reward',
    short: '点',
    training: '学習での回答の点',
    heldOut: '検証での回答の点'
  },
  rewardSpread: {
    plain: '同じ質問での点のばらつき',
    term: 'reward std',
    short: '点のばらつき',
    training: '学習での点のばらつき'
  },
  divergence: {
    plain: '学習前の答え方からの隔たり',
    term: 'KL divergence',
    short: '隔たり',
    training: '学習での隔たり',
    heldOut: '検証での隔たり'
  },
  answerTokens: {
    plain: '回答の長さ',
    term: 'completion length',
    short: '長さ',
    training: '学習での回答の長さ',
    heldOut: '検証での回答の長さ'
  },
  policyLoss: {
    plain: '方策の損失',
    term: 'policy loss',
    short: '方策の損失',
    training: '学習での方策の損失'
  },
  valueLoss: {
    plain: '見込みの外れ',
    term: 'value loss',
    short: '見込みの外れ',
    training: '学習での見込みの外れ'
  },
  clippedShare: {
    plain: '動きすぎて止めた割合',
    term: 'clip fraction',
    short: '止めた割合',
    training: '学習で動きすぎて止めた割合'
  },
  accuracy: {
    plain: '正しく分類できた割合',
    term: '正解率（accuracy）',
    short: '正解率',
    training: '正解率',
    heldOut: '検証の正解率'
  },
  macroF1: {
    plain: 'F1（どのラベルも同じ重み）',
    term: 'マクロ F1（macro F1）',
    short: 'マクロ F1',
    training: 'マクロ F1',
    heldOut: '検証のマクロ F1'
  },
  microF1: {
    plain: 'F1（すべての判断を合わせて）',
    term: 'マイクロ F1（micro F1）',
    short: 'マイクロ F1',
    training: 'マイクロ F1',
    heldOut: '検証のマイクロ F1'
  },
  weightedF1: {
    plain: 'F1（行の多いラベルほど重い）',
    term: '加重 F1（weighted F1）',
    short: '加重 F1',
    training: '加重 F1',
    heldOut: '検証の加重 F1'
  },
  meanError: {
    plain: '数がどれだけずれるか',
    term: '平均絶対誤差（MAE）',
    short: '誤差',
    training: '平均絶対誤差',
    heldOut: '検証の平均絶対誤差'
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
