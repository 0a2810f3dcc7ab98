// 文書の続きを書く画面のことば。
import type { HelpWord } from '../help-word'

export const documents = {
  advice: {
    title: '覚えるのは、文書の書き方と言葉です。事実を調べて答えるには、資料の検索のほうが向いています。',
    text: '同じ種類の文書が、A4で100ページほどあれば向いています。数字や規則を正しく答えさせたいときは、学習ではなく検索を使ってください。'
  },
  /** below what was learnt, in every room of the goal */
  honest:
    '覚えるのは書き方と言葉で、事実を引く道具にはなりません。数字や規則は、資料の検索か元の文書で確かめてください。',
  counted: (n: string) => `${n}区切り`,
  scoresOn: (n: string) => `検証用の${n}区切りで`,
  now: {
    title: 'いまのモデルが書く続き',
    titleOver: 'モデルが書いた続き',
    at: (step: string) => `${step} ステップで書いた続き`
  },
  data: {
    titleEmpty: '学ばせる文書を入れてください',
    formats: 'Word、テキスト、Markdown、HTML、OpenDocument の文書を、そのまま読みます。',
    mapTitle: '文書は、そのまま続きの文章として学びます',
    mapText: '役割を決める列はありません。長い文書は、段落の切れ目で区切りました。',
    mapTitleTable: 'どの列を、文章として学びますか',
    few: (n: string) => `${n}区切り。100区切りほどあると安心です`,
    enough: (n: string) => `${n}区切り。書き方を学ぶには十分です`,
    many: (n: string) => `${n}区切り。たっぷりあります`,
    none: 'まだ文書がありません',
    needMore: '文書を2区切り以上入れると、次へ進めます。',
    text: '文章',
    orders: {
      file: 'ファイルの順',
      question: '文章の文字の順',
      shortest: '文章の短い順',
      longest: '文章の長い順'
    },
    title: '読み取った文書を確かめてください',
    heldOut: (n: string) =>
      `${n}区切りは、学ばせずに取っておきます。文書はなるべくまるごと、大きな文書は続いた部分を取っておきます。`,
    notLearnt: (n: string) =>
      `質問と回答などの ${n}件は、文書としては学びません。文章として学ばせるには、ファイルの列を「文章」にしてください。`
  },
  presets: {
    quick: '一部だけで、書き方に近づくかを先に確かめます。',
    quickOfAll: '短い学習で、書き方に近づくかを先に確かめます。',
    balanced: '付け足す部分だけに、文書を数回読ませます。',
    quality: '学ぶ部分を大きくし、くり返しを増やします。'
  },
  ways: {
    continued: '付け足す部分だけが学びます。もとのモデルの話し方は、おおむね残ります。',
    'continued-full':
      'モデル全体が学びます。小さなモデルと多くの文書に向きます。もとの話し方は忘れやすくなります。'
  },
  beginnings: '続きを書かせて見守る書き出し',
  beginningsHint: '1行に1つ。学習のあいだ、同じ書き出しの続きがどう変わるかを見られます。',
  beginningsExample: '例：本規程は、出張旅費の取り扱いについて',
  tabs: { pages: '続きをくらべる', try: '続きを書かせる', chat: '話してみる' },
  result: {
    title: '学習に使わなかった部分の続きを確かめる',
    lead: '学習に使わなかった部分の書き出しを渡し、学習の前と後の続きをならべます。',
    better: (before: string, after: string) =>
      `学習に使わなかった部分で、次の言葉の迷いが ${before}語から ${after}語に減りました`,
    same: (value: string) => `学習に使わなかった部分での言葉の迷いは、${value}語のままです`,
    worse: (before: string, after: string) =>
      `学習に使わなかった部分で、次の言葉の迷いが ${before}語から ${after}語に増えました`,
    few: (n: string) => `取っておいたのが ${n}区切りだけなので、数は目安です。`
  },
  beginning: '書き出し',
  real: '文書の実際の続き',
  showReal: '実際の続きを見る',
  try: {
    label: '書き出し',
    hint: '途中まで書くと、同じ条件で両方が続きを書きます。会話の形にはしません。',
    example: '例：本規程は、出張旅費の取り扱いについて',
    act: '続きを書く'
  },
  help: [
    {
      word: '続きを書く学習',
      term: 'continued pretraining',
      text: '質問と回答ではなく、文書そのものを読ませ、次に来る言葉を当てさせる学習です。用語、文体、書類の型が身につきます。'
    },
    {
      word: '言葉の迷い',
      term: 'perplexity',
      text: '次の言葉を、いくつの候補のあいだで迷っているかです。少ないほど、その文書の書き方に慣れています。'
    },
    {
      word: '検索',
      term: 'RAG',
      text: '質問のたびに資料の中を探し、見つかった部分をモデルに渡す方法です。規則や数字を正しく答えるには、こちらが確かです。'
    }
  ] as readonly HelpWord[]
}
