// 学習の部屋のことば。
import type { HelpWord } from '../help-word'

/** so often, examples are likely to be learnt by heart */
const manyEpochs = 8
const pairs = (n: string): string => `${n}組`
/** by code; what is counted is rows where texts are sorted */
type Reasons = Readonly<
  Record<string, (details: Record<string, string>, counted?: (n: string) => string) => string>
>

export const train = {
  title: 'どのくらい、じっくり学ばせますか',
  lead: 'データとモデル、このPCで測った速さから、設定を3つ用意しました。自分で決めることもできます。',
  measuring: 'お手本の長さを数え、このPCの速さを測っています',
  /** another way was chosen than that of the presets */
  presetsWay: (usual: string) =>
    `下の3つの段階は「${usual}」のものです。選ぶと、学習の種類も変わります。いまの選び方は「自分の設定」で学習します。`,
  presetsLabel: '学習のしかた',
  recommended: 'おすすめ',
  custom: '自分の設定',
  customText: '下の「くわしい設定」で、一つずつ決めます。',
  presets: {
    quick: { title: 'お試し', text: '一部のお手本だけで、口調が変わるかを先に確かめます。' },
    balanced: { title: 'バランス', text: '口調がきちんと身につく、ふつうの学習です。' },
    quality: {
      title: '仕上げ重視',
      text: 'くり返しを増やし、学ぶ部分も広げます。決まった言い回しが多いときに。'
    }
  },
  /** of so few examples that a part of them would be too little */
  quickOfAll: '短い学習で、口調が変わるかを先に確かめます。',
  reasons: {
    PART: (d, counted = pairs) =>
      `${counted(d['all'] ?? '')}のうち ${counted(d['examples'] ?? '')}だけを使います。`,
    MINUTES: () => 'このPCとモデルで数分で終わるよう、くり返しと検証を減らしました。',
    EPOCHS: (d, counted = pairs) =>
      `${counted(d['examples'] ?? '')}を${d['epochs'] ?? ''}回くり返します。${
        Number(d['epochs']) > manyEpochs ? '' : 'この量なら、丸暗記になる前に身につきます。'
      }`,
    ROUNDS: (d, counted = pairs) => `${counted(d['examples'] ?? '')}を${d['epochs'] ?? ''}回くり返します。`,
    HELD_OUT: (d, counted = pairs) =>
      `${counted(d['examples'] ?? '')}は学ばせずに取っておき、出来を確かめるのに使います。`,
    EARLY_STOP: () => '良くならなくなったら自分で止まり、いちばん良かった状態を残します。',
    WHOLE_MODEL: () => '付け足す部分だけでなく、モデル全体を学びます。',
    RANK: (d) => `学ぶ部分の大きさは ${d['rank'] ?? ''}。お手本の数に合わせました。`,
    LENGTH: (d, counted = pairs) =>
      `${counted('1')}の長さは ${d['tokens'] ?? ''}トークンまで。お手本の長さに合わせました。`,
    CHECKPOINTING: () => 'メモリに収まるよう、計算し直して節約します。少し遅くなります。',
    NF4: () => 'メモリに収まるよう、もとのモデルを4ビットに縮めて使います（NF4）。',
    SMALL_DATA: () => 'お手本が少ないので、くり返しを増やしました。',
    PARTS: (d: Record<string, string>) =>
      `${d['examples'] ?? ''}区切りを${d['epochs'] ?? ''}回読みます。何度も読ませると、書き方より文そのものを覚えます。`,
    PART_OF_PARTS: (d: Record<string, string>) =>
      `${d['all'] ?? ''}区切りのうち ${d['examples'] ?? ''}区切りだけを使います。`,
    PACKED: (d: Record<string, string>) =>
      `長さ ${d['tokens'] ?? ''}トークンの行に、短い区切りを詰めて並べます。空きが出ず、早く終わります。`,
    PARTS_HELD_OUT: (d: Record<string, string>) =>
      `${d['examples'] ?? ''}区切りは学ばせずに取っておき、続きをどれだけ当てられるかを確かめます。`,
    KEEPS_TALKING: () => '話し方を忘れすぎないよう、学習率を低めにしました。',
    GOES_ON: () => '口調を学んだところから始め、身についた口調を保ちます。',
    FROM_BASE: () => 'もとのモデルから始めます。先に口調を学ばせると、もっと確かです。',
    SMALL_STRIDES: () => 'もとの答え方から離れすぎないよう、学習率を低くし、くり返しを少なくしました。',
    SMALL_MODEL: () => '小さなモデルなので、学習率を上げました。',
    MICRO_BATCH: (d, counted = pairs) =>
      `一度に${counted(d['batch'] ?? '')}ずつ計算し、${d['steps'] ?? ''}回分をまとめて更新します。`
  } as Reasons,
  memoryTitle: 'メモリ',
  gpuMemoryTitle: 'GPU のメモリ',
  pcMemory: (need: string, have: string) => `PC のメモリは、空き ${have} のうち ${need}`,
  onGpu: (name: string) => `GPU（${name}）で計算します`,
  gpuTooSmall: (name: string, need: string, have: string) =>
    `CPU で計算します。GPU（${name}）の空きメモリ ${have} に、必要な ${need} が収まらないためです。「一度に読む数」を減らすと収まることがあります。`,
  ranOnGpu: (name: string) => `GPU: ${name}`,
  ranOnCpu: 'CPU（GPU の空きメモリに収まりませんでした）',
  memoryOf: (need: string, have: string) => `空き ${have} のうち ${need}`,
  spare: (size: string) => `余裕 ${size}`,
  over: (size: string) => `${size} 足りません`,
  fit: { fits: '余裕があります', tight: 'ほかのアプリを閉じれば収まります', 'too-large': '足りません' },
  parts: { weights: 'モデル本体', learnt: '学ぶ差分と記憶', activations: '計算の途中', other: 'そのほか' },
  makeItFit: 'メモリに収まるようにする',
  makeItFitShorter: 'お手本を短くして収める',
  remedyTitle: 'メモリに収めるために、次を変えます。',
  remedies: {
    cpu: 'GPU ではなく CPU で計算する（時間がかかります）',
    batch: (n: string) => `一度に計算する数を ${n}組にします。結果は変わりません。`,
    recompute: '途中の計算を取っておかず、計算し直します。少し遅くなります。',
    nf4: 'もとのモデルを4ビットに縮めて使います（NF4）。回答がわずかに変わることがあります。',
    shorter: (n: string, cut: string) =>
      `お手本を ${n}トークンで区切ります。${cut}組は、終わりの部分を学びません。`
  },
  cutTitle: (cut: string, all: string, limit: string) =>
    `${all}組のうち${cut}組で、回答の終わりが切れます（1組の長さの上限 ${limit}トークン）。`,
  cutText: (longest: string) =>
    `切れた回答からは、どこで書き終えるかを学べません。いちばん長いお手本は ${longest}トークンです。`,
  cutRun:
    '切れた回答からは、どこで書き終えるかを学べません。「1組の長さの上限」を上げて学習し直すと、終わりまで学びます。',
  cutMend: (longest: string) => `上限を ${longest}トークンにする`,
  planning: '見積もり直しています…',
  wrongSetting: (names: string) => `くわしい設定の「${names}」に、使えない値があります。`,
  ends: (clock: string) => `いま始めると、${clock} ごろ終わります。`,
  endsAfter: (clock: string) => `いまの学習のあとに始まり、${clock} ごろ終わります。`,
  endsInTurn: (time: string) => `順番が来てから、${time}かかります。`,
  endsWhy: 'このPCで測った速さからの見込みです。',
  queued: 'ほかの学習が終わってから始まります。',
  questionsTitle: '学習中に答えさせる質問',
  questionsUnasked: (n: string) => `6つめからの ${n}行は、聞きません。`,
  questionsHint: '1行に1つ、5つまで。検証のたびに、その時点のモデルの回答を見られます。',
  questionsExample: '例：届いた商品が割れていました。交換できますか。',
  drawer: 'くわしい設定（専門家向け）',
  drawerSummary: {
    rank: (rank: string) => `ランク ${rank}`,
    rate: (rate: string) => `学習率 ${rate}`,
    batch: (batch: string) => `まとめて ${batch}組`,
    and: '・'
  },
  groups: {
    adapter: '学ぶ部分',
    training: '学び方',
    schedule: '学習率の変え方',
    memory: 'メモリ',
    evaluation: '検証と保存',
    places: 'どの層が学ぶか'
  },
  judges: {
    title: '決まりのほかに、だれが点を付けるか',
    run: '点を付ける学習',
    none: '使わない',
    fromRun: (name: string) => `「${name}」のモデル`,
    runHint:
      'その学習のモデルが読んで付けた点を、そのまま数えます。同じもとのモデルで学習したものに限ります。',
    noRuns: '「回答に点を付けることを学ぶ」学習が終わると、ここで選べます（目的「好みを教える」）。',
    program: '自分のプログラム',
    programHint:
      '1行のJSON（prompt、answer、reference）を読み、数を1行で返すプログラムです。決まりや点と平均します。',
    choose: 'プログラムを選ぶ…',
    remove: (name: string) => `${name} を使わない`,
    askTitle: (name: string) => `「${name}」をこのPCで動かしてよいですか`,
    askText:
      'ブラウザーの画面からは同意できません。ほかの人やページが、あなたの代わりに押せてしまうからです。中身を確かめ、このPCのターミナルで次のように入れてから、「同意を確かめる」を押してください。',
    command: (file: string) => `neiro agree "${file}"`,
    look: '同意を確かめる',
    notYet: 'このプログラムには、まだ同意がありません。'
  },
  fileWeights: {
    title: 'ファイルごとの回数',
    text: '1回りの学習で、それぞれのファイルを何度ずつ読むかです。1 がふつうで、2 なら2度、0.5 なら半分だけ、0 なら読みません。検証に取っておくぶんは変わりません。',
    /** settings are compared without them */
    notTried: '比べるときは、どのファイルも1回ずつ読みます。',
    ofRun: (parts: string) => `1回りに読む回数: ${parts}`,
    times: (file: string, times: string) => `${file} は ${times}回`
  },
  outOfRange: (min: string, max: string) => `${min} から ${max} の数を入れてください。`,
  outOfRangeWhole: (min: string, max: string) => `${min} から ${max} の整数を入れてください。`,
  notThisForm: (example: string) => `「${example}」のように書いてください。`,
  noneLeft: '少なくとも一つは選んでおいてください。',
  toCorrect: '直すところがあります',
  wordAndTerm: (word: string, term: string) => `${word}（${term}）`,
  /** what 0 says, in a field of which it is no number */
  zero: { automatic: '自動', none: 'なし' },
  on: 'オン',
  off: 'オフ',
  everywhere: 'すべて',
  start: '学習をはじめる',
  tooLarge: 'このままではメモリに収まりません。',
  /** above the ways to train that nobody gets but by choosing them */
  expertWays: 'くわしい人向け',
  again: '新しい学習を準備する',
  sameAgain: '同じ設定でもう一度学習する',
  shorterAgain: 'お手本を短くして、初めから学習する',
  queuePlace: (n: string) => `順番は ${n}番目です。いまの学習が終わると、自動で始まります。`,
  queueRests: 'ほかの学習が一時停止しているあいだ、順番は進みません。いま始めることもできます。',
  startNow: 'いま始める',
  leaveQueue: '順番待ちをやめる',
  otherGoal: (learnt: string, now: string, again: string) => ({
    title: `この学習は「${learnt}」のためのものです`,
    text: `いまの目的は「${now}」です。この目的で学ぶには、「${again}」から始めてください。`
  }),
  /** a run for the goal of today is there */
  otherGoalHas: (now: string, run: string) =>
    `いまの目的は「${now}」です。この目的の学習には「${run}」があります。`,
  toOfToday: 'その学習を開く',
  othersWait: '順番を待っている学習は、待ったままです。始めるには、その学習を開いてください。',
  live: {
    learning: {
      tone: '会社の口調を学んでいます',
      sort: '文章の仕分けを学んでいます',
      prefer: '好まれる回答を学んでいます',
      documents: '文書の書き方を学んでいます'
    },
    preparing: '学習の準備をしています',
    paused: '学習を一時停止しています',
    waiting: '順番を待っています',
    finished: '学習が終わりました',
    stopped: '学習をここで終えました',
    interrupted: '学習が途中で止まっています',
    failed: '学習を続けられませんでした'
  },
  /** 終わった学習では、知らせの「いま」は過ぎたことになる */
  past: {
    OVERFITTING: {
      message: '途中から、覚えすぎ（過学習）の様子が見られました。',
      hint: 'いちばん良かった状態を残してあるので、この学習の結果には影響しません。次は、お手本を増やすか、くり返しを減らすと良くなることがあります。'
    },
    DIVERGENCE: {
      message: '途中で、損失が大きく跳ね上がりました。',
      hint: '次は、学習率を半分にしてみてください。'
    },
    NOT_FINITE: {
      message: '途中で計算できない値が出たため、その更新を取り消しました。',
      hint: 'それ以外の学習は無事です。次は、学習率を下げてください。'
    },
    NOTHING_LEARNT: {
      message: 'ほとんど何も身につきませんでした。',
      hint: '次は、学習率を上げるか、くり返しを増やすか、お手本を見直してください。'
    }
  },
  result: {
    sentence: (course: string, kept: string) => `${course}。${kept}`,
    reached: (what: string, at: string) => `${what}は ${at} です`,
    keptBest: (step: string) => `いちばん良かった ${step} ステップの状態を残しました。`,
    keptLast: (step: string) => `最後の ${step} ステップの状態がいちばん良く、それを残しました。`,
    // what is said and what decided are not the same figure
    keptBestBy: (step: string, by: string, at: string) =>
      `${by}がいちばん良かった ${step} ステップの状態（${at}）を残しました。`,
    keptLastBy: (step: string, by: string, at: string) =>
      `${by}がいちばん良かった、最後の ${step} ステップの状態（${at}）を残しました。`,
    untold: (step: string) => `検証の値はありません。最後の ${step} ステップの状態を残しました。`,
    unchecked: (step: string) => `検証はしていません。最後の ${step} ステップの状態を残しました。`,
    uncheckedSince: (value: string, at: string, step: string) =>
      `最後の ${step} ステップの状態を残しました。その状態での検証はしていません（検証したのは ${at} ステップの ${value} だけです）。`
  },
  left: '残り時間',
  speed: 'トークン/秒（速さ）',
  memory: 'メモリ',
  progress: (epoch: string, epochs: string, step: string, total: string) =>
    `${epochs}周のうち ${epoch}周・${step} / ${total} ステップ`,
  spoken: {
    left: (time: string) => `残り${time}`,
    and: '、'
  },
  startedAt: (time: string) => `開始 ${time}`,
  endsAt: (time: string) => `終了予定 ${time}`,
  endedAt: (time: string) => `終了 ${time}`,
  chart: {
    views: '表示するもの',
    smooth: 'なめらかに',
    log: '対数',
    table: '表で見る',
    train: (counted: string) => `学習（お手本 ${counted}）`,
    heldOut: (counted: string) => `検証（取っておいた ${counted}）`,
    trainShort: '学習',
    heldOutShort: '検証',
    best: (loss: string) => `いちばん良い ${loss}`,
    step: 'ステップ',
    epochs: 'くり返した回数（周）',
    epoch: (n: string) => `${n}周`,
    beginning: 'はじめ',
    /** of the place under the pointer */
    atStep: (step: string) => `${step} ステップ`,
    atEpoch: 'くり返し',
    since: (value: string, step: string) => `${value}（${step} ステップ）`,
    smoothed: (what: string) => `${what}（なめらかにした線）`,
    course: {
      still: (what: string, at: string) => `${what}は ${at} のままです`,
      fell: (what: string, from: string, to: string) => `${what}は ${from} から ${to} に下がりました`,
      rose: (what: string, from: string, to: string) => `${what}は ${from} から ${to} に上がりました`,
      dipped: (what: string, from: string, low: string, to: string) =>
        `${what}は ${from} から ${low} に下がり、その後 ${to} に上がりました`,
      peaked: (what: string, from: string, high: string, to: string) =>
        `${what}は ${from} から ${high} に上がり、その後 ${to} に下がりました`
    },
    nextSentence: '。',
    empty: '最初の数字を待っています。'
  },
  now: {
    title: 'いまのモデルの回答',
    titleOver: 'モデルの回答',
    at: (step: string) => `${step} ステップの回答`,
    askedWith: (text: string) => `学習と同じ、はじめの指示を付けて聞いています:「${text}」`,
    notKept: 'このときの状態は残していません。残した状態の回答は「くらべる」で見られます。',
    waiting: '次の検証が終わると、ここに回答が並びます。',
    onceResumed: '再開したあと、次の検証が終わると、ここに回答が並びます。',
    reading: '回答を開いています',
    never: '学んだあとの検証の前に終わったため、学んだモデルの回答はありません。',
    none: '質問を入れて始めると、学習中の回答を見られます。'
  },
  interruptedText: (step: string) => `${step} ステップまでは保存してあります。続きから始められます。`,
  interruptedEarly: '最初の途中保存の前に止まったため、初めから学習し直します。データと設定はそのままです。',
  windowCloses: 'ウィンドウを閉じても、学習は続きます。',
  pause: '一時停止',
  resume: '続きから再開',
  resumeKeeps:
    'くらべた結果・投票・書き出しは、いまの状態のものです。続きを学習したら、もう一度くらべて、書き出してください。',
  stop: 'ここで終えてくらべる',
  compare: '次へ：読みくらべる',
  others: 'このプロジェクトの学習',
  help: [
    {
      word: '損失',
      term: 'loss',
      text: 'お手本とのずれの大きさです。小さいほど、お手本に近づいています。'
    },
    {
      word: '覚えすぎ',
      term: '過学習',
      text: 'お手本を丸暗記して、知らない質問に弱くなることです。回数を増やすほど起きやすくなります。'
    },
    {
      word: '学習率',
      term: 'learning rate',
      text: '1回の更新で、どれだけ大きく変えるかです。高いと早く覚え、高すぎると不安定になります。'
    },
    {
      word: '検証',
      term: 'held-out',
      text: '学ばせずに取っておいたお手本で、出来を確かめることです。学習したお手本と重なっていなければ、丸暗記ではここは良くなりません。'
    },
    {
      word: 'ステップ',
      term: 'step',
      text: 'モデルを1回直すことです。何組かのお手本を読むごとに、1ステップ進みます。'
    },
    {
      word: '勾配ノルム',
      term: 'gradient norm',
      text: '1ステップでどれだけ直そうとしているかの大きさです。急に大きくなるときは、学習が乱れています。'
    },
    {
      word: '対数',
      term: 'log scale',
      text: '縦の目盛りを、倍になるごとに同じ幅にすることです。小さい値どうしの違いが見えます。'
    },
    {
      word: 'くり返し',
      term: 'epoch',
      text: 'お手本の全体を何回読むかです。増やすとよく学び、時間も延びます。'
    }
  ] as readonly HelpWord[]
}
export type TrainWords = typeof train
