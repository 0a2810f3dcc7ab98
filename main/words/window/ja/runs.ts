// 学習の記録と設定のことば。
export const runs = {
  title: '学習の記録',
  lead: '重ねてくらべたい学習を、2つから5つまで選んでください。',
  empty: '学習の記録は、まだありません。はじめの学習が終わると、ここに並びます。',
  toHome: 'ホームへ',
  columns: {
    select: '選ぶ',
    setting: '設定',
    run: '学習',
    project: 'プロジェクト',
    loss: 'いちばん良い検証の損失',
    reached: 'いちばん良い検証の結果',
    state: '状態',
    date: '日時',
    acts: '操作'
  },
  states: {
    waiting: '順番待ち',
    running: '学習中',
    paused: '一時停止',
    interrupted: '途中で止まりました',
    stopped: '途中で終了',
    finished: '完了',
    failed: '失敗'
  },
  /** 名前のない学習は「お試し 2」のように呼びます。 */
  presets: { quick: 'お試し', balanced: 'バランス', quality: '仕上げ重視', custom: '自分の設定' },
  /** where a run of no project came from */
  commandLine: 'コマンドライン',
  /** wherever it stands beside runs of other projects */
  ofProject: (project: string, run: string) => `${project}・${run}`,
  /** of a project that has learnt for several goals: what this run learnt */
  learnt: { tone: '口調', sort: '仕分け', prefer: '好み', documents: '文書' },
  and: '、',
  /** of several with one name: what tells it from the others */
  twin: (name: string, what: string) => `${name}（${what}）`,
  /** of a run that goes on: nothing that it learnt was looked at yet */
  notChecked: '学習中の検証はこれから',
  open: '見る',
  resume: '続きから再開',
  remove: 'ごみ箱に入れる',
  rename: '名前を変える',
  moreFor: (name: string) => `「${name}」の操作`,
  removed: (name: string) => `「${name}」をごみ箱に入れました。30日間は元に戻せます。`,
  compare: (n: number) => `${n}つを重ねる`,
  overlay: '損失を重ねる',
  instead: (name: string, loss: string) => `${name}（${loss}）`,
  insteadWhy: '検証の数字がない学習は、学習の損失で重ねています。',
  otherGoals: {
    title: '目的がちがうと、損失は別のものを測ります。線の高さはくらべられません。',
    of: (name: string, goal: string) => `${name}：${goal}`
  },
  otherModels: {
    title: 'もとのモデルがちがうため、線の高さはくらべられません。',
    of: (name: string, model: string) => `${name}：${model}`
  },
  otherHeldOut: {
    title: '検証に使ったお手本がちがうため、線の高さはくらべられません。下がり方だけを見てください。',
    same: (names: string) => `同じお手本で検証：${names}`,
    alone: (name: string) => `ほかとは別のお手本で検証：${name}`,
    and: '、'
  },
  lossOf: (name: string, loss: string) => `「${name}」の${loss}`,
  noMore: (n: number) => `重ねられるのは${n}つまでです。別の学習を選ぶときは、どれかを外してください。`,
  differences: '違う設定',
  /** beside how long was planned */
  endedAt: (share: string) => `途中（${share}）で終了`,
  scores: {
    title: '点数',
    learnt: '学習に使ったお手本',
    asked: '答えた質問',
    pairs: (n: string) => `${n}組`,
    questions: (n: string) => `${n}問`,
    none: 'まだ答えていません',
    same: '1つ目と同じお手本',
    other: '1つ目と違うお手本',
    shared: (n: string) => `1つ目と共通 ${n}問`,
    firstNotAsked: '1つ目がまだ答えていません',
    noneShared: '1つ目と共通の質問がありません',
    standings: {
      few: '質問が少なく、まだ言えません',
      better: '1つ目より良い',
      worse: '1つ目より悪い',
      unclear: '差があるとはいえません'
    },
    note: (least: string) =>
      `下の範囲は 95 % の幅です。1つ目との差は、共通の質問が ${least}問以上あり、偶然の幅を超えたときにかぎり「良い」「悪い」と書きます。`
  },
  noDifferences: '設定はすべて同じです。',
  chooseMore: '2つ以上選ぶと、ここに重なります。',
  select: (name: string) => `「${name}」を重ねてくらべる`
}
export type RunsWords = typeof runs

export const settings = {
  title: '設定',
  language: '表示言語',
  theme: '見た目',
  themes: { system: 'PCに合わせる', light: 'ライト', dark: 'ダーク' },
  threads: '学習に使うCPU',
  threadsHint: '少なくすると、学習のあいだもほかの仕事が軽く動きます。学習はその分ゆっくりになります。',
  allThreads: (n: number) => `すべて（${n}コア）`,
  someThreads: (n: number) => `${n}コア`,
  folder: '保存場所',
  openFolder: 'フォルダーを開く',
  folderHint:
    'プロジェクト・学習の記録・ダウンロードしたモデルの場所です。設定と動作ログは、標準の場所に残ります。',
  moveFolder: '別の場所へ移動する…',
  modelsPlace: 'ダウンロードしたモデル：',
  movingTo: '移動先：',
  moveStages: { copying: 'コピーしています', checking: 'コピーを読み直して確かめています' },
  movePart: (done: string, total: string) => `${done} / ${total}`,
  stopMove: '移動をやめる',
  whileMoving:
    '終わるまで、もとの場所をそのまま使っています。そのあいだ、学習・書き出し・読み込みは始められません。やめても、もとのままです。',
  moved: '移動しました',
  left: (place: string, size: string) =>
    `前の場所（${place}）にも、同じものが ${size} 残っています。新しい場所で困ることがなければ、消して空きを増やせます。`,
  leftUncounted: (place: string) => `前の場所（${place}）にも、同じものが残っています。`,
  emptyOld: '前の場所のものを消す',
  emptyOldTitle: '前の場所のものを消しますか',
  emptyOldText: (place: string) =>
    `${place} にある、移動する前のプロジェクト・学習の記録・モデルを消します。新しい場所のものは残ります。元に戻せません。`,
  oldEmptied: '前の場所のものを消しました。',
  away: '保存場所が見つかりません',
  awayHint:
    'つないでいないドライブにあるようです。つないでから「もう一度見る」を押してください。ドライブが失われたときは、標準の場所で新しく始められます。',
  lookAgain: 'もう一度見る',
  useStandard: '標準の場所で始める',
  log: '動作ログ',
  logHint:
    '困ったときに、開発元や情報システムの担当へ送れる記録です。保存場所・名前・個人情報は記号に置き換えます。',
  lookAtLog: '動作ログを見る',
  logTitle: '送る前に、内容を確かめてください',
  logText: (masked: number) =>
    `保存するのは、下に見えているものだけです。${masked === 0 ? '置き換えが必要な場所・名前・個人情報は見つかりませんでした。' : `場所・名前・個人情報 ${masked} 件を、<PATH 1> のような記号に置き換えました。`}残っているものがあれば、保存してから消してください。`,
  saveLog: '動作ログを保存する',
  version: 'バージョン',
  engine: 'エンジン',
  machine: 'このPC',
  private: 'データは外へ送りません。通信するのは、あなたが操作したときと、ここで選んだときだけです。'
}
export type SettingsWords = typeof settings
