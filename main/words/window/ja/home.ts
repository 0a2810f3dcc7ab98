// ホームと目的のことば。
import type { HelpWord } from '../help-word'

export const home = {
  welcome: 'いつもの言葉づかいを、AIに。',
  welcomeLead: '過去のメールやFAQから、会社の口調を学ばせます。すべてこのPCの中で行い、外へは送りません。',
  example: '例',
  sameQuestion: 'おなじ質問に、違う音色で。',
  after: '学んだあと',
  trySample: '見本のデータで試す',
  ownFiles: '自分のファイルで始める',
  sampleTakes: '見本は約2分。ダウンロードはいりません。',
  three: [
    { title: 'ファイルを入れる', text: 'Excel・CSV・Word・テキストを、そのまま使えます。' },
    { title: '学ばせる', text: '設定はおまかせで始められます。ウィンドウを閉じても続きます。' },
    { title: '読みくらべて、書き出す', text: '納得できたら、ほかのアプリでも使える形に書き出します。' }
  ],
  back: 'おかえりなさい',
  newProject: '新しいプロジェクト',
  openFolder: 'プロジェクトを開く',
  /** files that were double-clicked, or dropped on the icon */
  handed: {
    title: 'このファイルをお手本に加えますか？',
    text: 'もとのファイルは変わりません。',
    more: (n: string) => `ほか ${n} 件`,
    into: '加えるプロジェクト',
    fresh: (name: string) => `新しいプロジェクト「${name}」`,
    leave: '加えない',
    add: 'お手本に加える'
  },
  other: 'ほかのプロジェクト',
  runs: '学習の記録',
  compareRuns: '重ねてくらべる',
  stepOf: (step: number, all: number) => `${all}つのうち${step}つ目`,
  headlineRead: '読み取ったお手本を確かめましょう。',
  headline: {
    goal: '目的を選ぶところからです。',
    data: 'お手本にするファイルを入れましょう。',
    model: '土台にするモデルを選びましょう。',
    train: '学習をはじめましょう。',
    waiting: '学習の順番を待っています。',
    awaited: 'ほかの場所での学習の結果を待っています。終わったら、ここに取り込みます。',
    paused: '学習を一時停止しています。',
    interrupted: '学習が途中で止まっています。続きから再開できます。',
    failed: '学習がうまくいきませんでした。理由を見て、やり直せます。',
    compare: '読みくらべて、仕上がりを確かめましょう。',
    export: '書き出す形を選びましょう。'
  },
  headlineTraining: {
    tone: '会社の口調を学んでいます。',
    sort: '文章の仕分けを学んでいます。',
    prefer: '好まれる回答を学んでいます。',
    documents: '文書の書き方を学んでいます。'
  },
  headlineExported: {
    tone: '会社の口調を学んだモデルを、書き出してあります。',
    sort: '仕分けを学んだモデルを、書き出してあります。',
    prefer: '好みを学んだモデルを、書き出してあります。',
    documents: '文書の書き方を学んだモデルを、書き出してあります。'
  },
  headlineExportedPoints: '回答に点を付けるモデルを、書き出してあります。',
  headlineExportedNothing: 'ほとんど何も身につかなかったモデルを、書き出してあります。',
  headlineExportedEarly: (share: string) => `途中（${share}）で終えた学習のモデルを、書き出してあります。`,
  /** of one of several runs: its figure */
  ofRun: (name: string, said: string) => `「${name}」の${said}`,
  /** of another run than the one that the headline is about */
  nextRun: {
    compare: (name: string) => `「${name}」の仕上がりは、まだ見ていません。`,
    export: (name: string) => `「${name}」は、まだ書き出していません。`
  },
  /** of runs that are trained elsewhere, beside what is said of another one */
  awaits: (names: string) => `「${names}」は、ほかの場所での学習の結果待ちです。`,
  /** before a time */
  since: { exported: '書き出し', ended: '学習の終わり', started: '学習の始まり', opened: '最後の作業' },
  /** of another run than the one that is gone on with */
  exportsOf: (run: string) => `「${run}」の書き出しを開く`,
  go: {
    goal: '目的を選ぶ',
    data: 'データへ進む',
    model: 'モデルへ進む',
    train: '学習へ進む',
    training: '学習を見る',
    waiting: '順番を見る',
    awaited: '取り込みへ進む',
    paused: '学習を開く',
    interrupted: '止まった学習を開く',
    failed: '理由を見る',
    compare: 'くらべる',
    export: '書き出しへ進む',
    exported: '書き出しを開く'
  },
  state: {
    goal: '目的を選んでいます',
    data: 'データを用意しています',
    model: 'モデルを選んでいます',
    train: '学習の前です',
    training: '学習しています',
    waiting: '学習の順番待ちです',
    awaited: 'ほかの場所での学習の結果待ちです',
    paused: '一時停止しています',
    interrupted: '学習が途中で止まっています',
    failed: '学習に失敗しました',
    compare: '学習が終わりました',
    export: '読みくらべました。書き出せます',
    exported: '書き出しました'
  },
  name: 'プロジェクトの名前',
  nameExample: '例：サポート返信',
  nameTaken: (name: string, free: string) =>
    `「${name}」というプロジェクトはもうあるので、「${free}」という名前になります。`,
  inFolder: (folder: string) => `フォルダー：${folder}`,
  company: '会社や部署の名前',
  companyExample: '例：こもれび文具',
  create: 'はじめる',
  createTitle: '新しいプロジェクト',
  sampleName: '見本の口調',
  remove: 'ごみ箱に入れる',
  removed: (name: string) => `「${name}」をごみ箱に入れました。30日間は元に戻せます。`,
  lost: {
    title: 'いま開けないプロジェクト',
    relocate: '場所を選び直す',
    relocateNamed: (name: string) => `「${name}」の場所を選び直す`,
    forget: '一覧から外す',
    forgetNamed: (name: string) => `「${name}」を一覧から外す`,
    removeNamed: (name: string) => `「${name}」をごみ箱に入れる`,
    forgotten: (name: string) => `「${name}」を一覧から外しました。フォルダーはそのままです。`
  },
  rename: '名前を変える',
  folder: 'プロジェクトのフォルダー（移動・コピーできます）',
  moreFor: (name: string) => `「${name}」の操作`
}
export type Home = typeof home

export const goal = {
  title: '何を学ばせますか',
  lead: 'まず一つだけ選びます。あとから変えることもできます。',
  goals: '目的',
  kinds: {
    tone: {
      title: '会社の口調で答える',
      amount: '質問と回答が 500〜\u20602,000組',
      text: '過去の返信をお手本に、敬語の使い方、あいさつ、決まった言い回しを学びます。'
    },
    sort: {
      title: '文章を仕分ける',
      amount: '分類ごとに 100〜\u2060500件',
      text: '問い合わせを「配送」「返品」などに分けます。文章の列と、分類の列がある表を使います。'
    },
    prefer: {
      title: '好みを教える',
      amount: '選んだ組が 100〜\u2060500組',
      text: '2つの回答のうち選ばれたほうへ、答え方を寄せます。質問と、選んだ回答、選ばなかった回答の列を使います。'
    },
    documents: {
      title: '文書の続きを書く',
      amount: '同じ種類の文書が 100ページほど',
      text: '規程、報告書、手引きなどを読ませ、用語と書き方を身につけます。事実を調べて答えるには、検索のほうが向いています。'
    }
  },
  sortAdvice: {
    title: '分類の決まった例が、それぞれ100件ほどあれば向いています。',
    text: '分類が2つか3つで、決まった語で見分けられるなら、表計算の条件だけで足りることもあります。'
  },
  asksTitle: '先に、4つだけ聞かせてください',
  asksNote: '学習がいらない場合は、そうお伝えします',
  about: { useCase: '用途', alternatives: 'ほかの方法', benefit: '効果', cost: '費用' },
  costs: '1回答にかかる時間とメモリ',
  costsUnknown: '下で測るとわかります',
  costsMeasured: (seconds: string, memory: string) => `${seconds}秒・${memory}（測った方法のあいだ）`,
  onlyAnswers: {
    title: '答えを見るかぎりでは、学習に向いています。',
    text: '測れた問題が少ないため、測った結果からはまだ言えません。'
  },
  byMeasure: 'あなたのお手本で測った結果です。',
  measured: {
    title: '学習なしで足りるか、測る',
    note: 'あなたのお手本で、実際に答えさせます',
    notYet: 'データとモデルを選ぶと、ここで測れます。学習の前に、指示文や検索で足りるかがわかります。',
    lead: 'もとのモデル、指示文、近いお手本、資料の検索に、学習に使わないお手本（多くて30問）へ答えさせて、助言します。資料を選ばないときは、学習するお手本の中を探します。',
    start: '測る',
    again: 'もう一度測る',
    running: '測っています',
    answers: (n: string, all: string) => `回答 ${n} / ${all}`,
    cancel: '途中でやめる',
    documents: '検索する資料を選ぶ',
    chosen: (n: string) => `検索する資料：${n}個`,
    /** opens the instruction that was given to the model */
    promptUsed: '使った指示文を見る'
  },
  asks: {
    useCase: {
      text: '主に何に使いますか',
      answers: { reply: '返信の下書き', internal: '社内の質問', other: 'そのほか' }
    },
    tried: {
      text: '指示文（プロンプト）だけの方法は、もう試しましたか',
      answers: { yes: '試した・足りない', no: 'まだ' }
    },
    newFacts: {
      text: '新しい事実を覚えさせたいですか',
      answers: { no: 'いいえ、口調だけ', yes: 'はい' }
    },
    volume: {
      text: '月に何通くらい書きますか',
      answers: { few: '100通未満', some: '100〜\u20601,000通', many: 'それ以上' }
    }
  },
  advice: {
    none: { title: '4つに答えると、向いているかどうかをお伝えします。', text: '' },
    facts: {
      title: '新しい事実には、資料の検索（RAG）のほうが向いています。',
      text: '口調だけを学ばせて、事実は資料から渡すのが確かです。このまま進むこともできます。'
    },
    prompt: {
      title: '先に、指示文と見本を2、3通渡して試すのが近道です。',
      text: 'それで足りなければ、ここへ戻ってください。このまま学習に進んで、くらべてみることもできます。'
    },
    few: {
      title: '月100通未満なら、指示文だけで足りることもあります。',
      text: '口調をきちんとそろえたいなら、学習が向いています。このまま進めます。'
    },
    good: {
      title: '学習に向いています。',
      text: '口調は、指示文よりも学習のほうが安定して身につきます。'
    }
  },
  help: [
    {
      word: '学習',
      text: 'いま公開されているモデルに、あなたの会社の例を見せて、答え方を少しだけ変えることです。もとのモデルは消えません。'
    },
    {
      word: 'ファインチューニング',
      text: '上の「学習」の専門用語です。もとのモデルは書き換えず、小さな差分だけを作ります。'
    },
    {
      word: 'プロンプト',
      text: 'モデルに渡す指示の文章です。手軽ですが、毎回書く必要があり、口調が揺れやすくなります。'
    }
  ] as readonly HelpWord[],
  next: '次へ：データを入れる'
}
export type Goal = typeof goal
