// 作り足すお手本のことば。
import type { AugmentWords } from './form'

export const ja: AugmentWords = {
  title: 'お手本を作り足す',
  lead: '質問の言い方だけを変えた組を、いまのお手本から作ります。回答は変えません。作った組には印が付き、検証には使いません。いつでも元に戻せます。',
  kinds: {
    synonyms: {
      label: '同じ意味の言葉に変える',
      help: '「教えてください」を「教えていただけますか」にするなど、質問の中の1語を変えます。'
    },
    order: { label: '文の順番を変える', help: '理由や条件と、聞いている文の順番を入れ替えます。' },
    typing: {
      label: '打ちまちがいを入れる',
      help: '変換まちがいや打ちまちがいのある質問にも答えられるようにします。数字や番号は変えません。'
    },
    paraphrase: {
      label: 'モデルに言い換えさせる',
      help: '選んだモデルが、このPCの中で質問を言い換えます。時間がかかり、1回に200組までです。'
    }
  },
  share: '作る数（人が書いた組に対して、多くても）',
  shareOf: (percent) => percent,
  words: '同じ意味の言葉（読点で区切る）',
  wordsHint: '例：会員証、メンバーズカード',
  addWords: '足す',
  dropWords: (words) => `「${words}」をやめる`,
  look: '作る前に見る',
  looking: '作ってみています',
  stop: 'やめる',
  would: (count, written, there) =>
    `人が書いて学習に使う${written}組から、${count}組を作れます。検証に取っておく組からは作りません。${there === '0' ? '' : `すでに${there}組が作り足してあります。`}`,
  wouldAsk: 'モデルの言い換えは、作るときに数が決まります。',
  none: 'この作り方に合う質問がありませんでした。ほかの作り方も選んでください。',
  full: '選んだ割合まで、もう作ってあります。割合を上げると、さらに作れます。',
  from: 'もとの質問',
  becomes: '作る質問',
  how: '作り方',
  make: (count) => `${count}組を作り足す`,
  makeSome: '作り足す',
  made: (count) => `${count}組を作り足しました`,
  effect: ({ train, sweep, add, setting, values }) =>
    `効き目は、作り足した組を学ぶ学習と学ばない学習をして、同じ検証の問題で比べると分かります。「${train}」の「${sweep}」の「${add}」で「${setting}」を選び、値に ${values} と入れてください。`,
  tag: (kind) => `作り足し：${kind}`,
  fileName: '作り足したお手本'
}
