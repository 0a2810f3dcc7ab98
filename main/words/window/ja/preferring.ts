// 好みを教える画面のことば。
import type { HelpWord } from '../help-word'

export const preferring = {
  advice: {
    title: '同じ質問への2つの回答を見くらべて選んだ記録が、100組ほどあれば向いています。',
    text: '先に会社の口調を学ばせ、その続きから始めると確かです。組は、「くらべる」のふせて投票からも作れます。'
  },
  presets: {
    quick: '一部の組だけで、好みのほうへ動くかを先に確かめます。',
    balanced: '好ましい回答へ少しずつ寄せる、ふつうの学習です。',
    quality: '時間をかけて、くり返しを増やします。'
  },
  start: {
    title: 'どこから始めますか',
    base: 'もとのモデルから',
    baseText: 'まだ口調を学んでいないモデルに、好みだけを教えます。',
    run: (name: string) => `「${name}」の続きから`,
    runText: 'その学習で身についた口調のまま、好みを足します。学ぶ部分の大きさは、続きのもとと同じです。',
    none: '先に会社の口調を学ばせると、その続きから始められます。'
  },
  before: '好みを学ぶ前',
  data: {
    mapTitle: 'どの列が、質問と2つの回答ですか',
    mapTitleRated: 'どの列が、質問、回答、評価ですか',
    otherFixed:
      'もう一方の回答です。ここでは直せません。直すときは、元のファイルを直して入れ直してください。',
    few: (n: string) => `${n}組。好みの学習には100組ほどあると安心です`,
    enough: (n: string) => `${n}組。好みには十分です`,
    many: (n: string) => `${n}組。たっぷりあります`,
    verdicts: {
      chosen: '好ましい回答',
      rejected: 'もう一方の回答',
      liked: '良いと評価された回答',
      disliked: '良くないと評価された回答'
    },
    learnt: '藍色の回答に近づけ、もう一方から遠ざけます。',
    learntLiked: '藍色の回答に近づけます。',
    learntDisliked: 'この回答からは遠ざけます。',
    other: 'もう一方：',
    notLearnt: (n: string) =>
      `質問と回答などの ${n}件は、好みの学習には使いません。口調の学習に使うお手本なら、そのまま残してかまいません。`,
    needs: '好みの学習には、1つの質問に2つの回答がある表か、回答に良い・悪いの評価が付いた表が要ります。',
    both: (pairs: string, rated: string) =>
      `2つの回答の組が ${pairs}件、評価の付いた回答が ${rated}件あります。多いほうで学びます。`
  },
  result: {
    title: (share: string) => `学ばせていない組の ${share} で、好ましい回答のほうへ近づきました`,
    lead: '回答を読みくらべて、ほかのところが崩れていないか確かめてください。',
    unchanged: (same: string, all: string) =>
      `近づいたのは、好ましい回答の出やすさです。くらべた ${all}問のうち ${same}問の回答は、学習の前と同じです。`,
    panel: (count: string) => `学ばせていない ${count}組で、好みがどう変わったか`,
    panelRated: (count: string) => `学ばせていない ${count}件の評価で、好みがどう変わったか`,
    reference: { base: 'もとのモデルとくらべています。', start: '続きのもとになった学習とくらべています。' },
    accuracy: '好ましいほうへ動いた割合',
    accuracyRated: '評価のとおりに動いた割合',
    margin: '好ましい回答と、もう一方の差',
    likelier: '好ましい回答のほうが出やすい割合',
    measure: 'はかったもの',
    value: '値',
    change: (before: string, after: string) => `${before} → ${after}`,
    few: '検証の組が少ないので、割合は目安です。20組以上あると、たしかになります。'
  },
  votes: {
    act: 'この投票を、好みのデータにする',
    text: '選ばれた回答ともう一方を組にして、このプロジェクトのデータに加え、目的を「好みを教える」に変えます。目的はいつでも戻せます。',
    fileName: (run: string) => `投票の好み（${run}）`,
    done: (n: string) => `${n}組をデータに加えました。`
  },
  help: [
    {
      word: '好み',
      term: 'preference',
      text: '同じ質問への2つの回答のうち、どちらが良いかという選び方です。正しい文章を1つ書くより、選ぶほうが楽なことがあります。'
    },
    {
      word: '好ましいほうへ動いた割合',
      term: 'reward accuracy',
      text: '学ばせていない組のうち、好ましい回答のほうが、もう一方より出やすい向きに動いたものの割合です。半分なら、偶然と変わりません。'
    },
    {
      word: '続きから',
      term: 'SFT → DPO',
      text: '口調を学んだあとのモデルを出発点にします。はじめに書き方を、次に好みを教えるのが、ふつうの順です。'
    }
  ] as readonly HelpWord[]
}
