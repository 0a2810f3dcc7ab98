// ほかのプログラムから使うための窓口（書き出しの部屋の一部）。

export const api = {
  title: 'ほかのプログラムから使う',
  lead: 'オンにすると、Excel や社内のプログラムから、このモデルに質問できます。OpenAI と同じ形で話せて、このPCの外には出ません。',
  states: {
    off: 'オフです。',
    starting: 'モデルを開いています…',
    on: 'オンです。このPCのプログラムから使えます。',
    stopping: 'いまの回答を終えて、閉じています…'
  },
  training: '学習中です。回答は続けますが、学習と計算を分け合うので、いつもより遅くなります。',
  waits: {
    evaluation: '読みくらべの、いま作っている回答が終わると、リクエストに答えます。',
    chat: 'チャットの回答が終わると、リクエストに答えます。',
    export: '書き出しが終わると、リクエストに答えます。',
    api: '順番を待っています。'
  },
  address: 'アドレス（base_url）',
  key: 'キー（api_key）',
  keyHint: 'パスワードと同じです。使ってよい人にだけ渡してください。',
  show: '表示する',
  hide: '隠す',
  renew: '新しいキーを作る',
  renewed: '新しいキーにしました。前のキーはもう使えません。',
  models: 'モデル（model）',
  thisOne: 'この画面の、学んだモデル',
  practiceBase: (name: string) => `もとのモデル（${name}）`,
  model: 'モデルの名前',
  leftOut: (name: string, why: string) => `${name}：${why}`,
  why: {
    base: 'もとのモデルが違うので、一緒には使えません。',
    precision: 'もとのモデルの軽量化のしかたが違うので、一緒には使えません。',
    whole: 'モデル全体を学習したので、別のモデルです。',
    sorts: '文章を分類するモデルで、文章は書きません。',
    damaged: 'ファイルが読めないので、使えません。',
    most: '新しいものから32個まで使えます。'
  },
  now: 'いまの様子',
  counts: (talking: string, waiting: string, answered: string) =>
    `回答中 ${talking}件　順番待ち ${waiting}件　回答済み ${answered}件`,
  examples: '使い方の例',
  example: '例',
  kinds: { python: 'Python', javascript: 'JavaScript', curl: 'curl', vba: 'Excel（VBA）' },
  vba: 'Excel で Alt+F11 を押し、［挿入］→［標準モジュール］に貼り付けると、セルに =NEIRO(A1) と書いて使えます。',
  question: '送料はいくらですか。',
  copy: 'コピー',
  copyOf: (name: string) => `${name}をコピー`,
  copied: 'コピーしました',
  copyByHand: 'コピーできませんでした。文字を選んでコピーしてください。'
}
export type ApiWords = typeof api
