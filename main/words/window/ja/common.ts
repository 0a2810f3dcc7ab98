// 共通のことば。
export const common = {
  home: 'ホーム',
  runs: '学習の記録',
  models: 'モデル',
  settings: '設定',
  steps: {
    goal: '目的',
    data: 'データ',
    model: 'モデル',
    train: '学習',
    compare: 'くらべる',
    export: '書き出し'
  },
  stepsLabel: '手順',
  navLabel: '移動',
  skip: '本文へ',
  project: 'プロジェクト',
  switchProject: 'ほかのプロジェクトに切り替える',
  allProjects: 'すべてのプロジェクト',
  machine: 'このPC',
  memory: (size: string) => `メモリ　${size}`,
  processors: (n: number) => `CPU　${n}コア`,
  gpu: (name: string, size: string) => `GPU　${name}（${size}）`,
  starting: '準備しています…',
  nothingSent: '外への送信　なし',
  help: 'ことばの説明',
  helpTitle: 'この画面のことば',
  whatIs: (word: string) => `「${word}」とは`,
  close: '閉じる',
  back: '戻る',
  cancel: 'やめる',
  undo: '元に戻す',
  save: '保存する',
  open: '開く',
  practiceModel: '練習用モデル',
  training: (share: string) => `学習中・${share}`,
  exported: (n: string) => `${n}つ書き出しました`,
  pairs: (n: string) => `${n}組`,
  base: 'もとのモデル',
  tuned: '学んだモデル',
  pause: '一時停止',
  resume: '再開する',
  stop: '終える',
  /** of a training whose updates are all made */
  finishing: '仕上げています',
  timeLeft: (time: string) => `残り${time}`,
  unexpected: '予期しないエラーが起きました。',
  unexpectedHint:
    '保存してあるものはそのままです。もう一度お試しください。それでも続くときは、「設定」で動作ログを保存してお送りください。',
  paused: '一時停止中',
  connection: {
    lost: {
      title: 'Neiro との接続が切れています。',
      safe: '学習と保存したものは無事です。この画面の数字は、切れたときのままです。',
      todo: 'Neiro が動いていれば、このままお待ちください。終了していたら、はじめと同じ方法（アプリのアイコン、または neiro serve）で Neiro を起動し、表示された新しいアドレスを開いてください。途中の学習は、続きから再開できます。'
    },
    refused: {
      title: 'Neiro は再起動されています。この画面は、前のアドレスのままです。',
      safe: '学習と保存したものは無事です。この画面の数字は、接続が切れたときのままです。',
      todo: 'Neiro を起動したときに表示された、新しいアドレスを開いてください。同じブラウザーで開くと、この画面も再び接続されます。途中の学習は、続きから再開できます。'
    }
  },
  previous: '前へ',
  next: '次へ',
  /** things that stand beside one another */
  between: '・',
  /** between a name and what belongs to it */
  colon: '：',
  /** the same, with room around it */
  apart: '　・　',
  optional: '任意',
  putAway: {
    title: (n: string) => `ごみ箱（${n}）`,
    lead: '入れてから30日間は、ここから元に戻せます。そのあとは完全に消えます。',
    daysLeft: (n: string) => `あと${n}日`,
    restore: '元に戻す',
    restoreNamed: (name: string) => `「${name}」を元に戻す`
  },
  browser: {
    choose: {
      'data-files': 'お手本にするファイルを選んでください',
      'data-folder': 'お手本の入ったフォルダーかファイルを選んでください',
      'model-folder': 'モデルのフォルダーを選んでください',
      'model-file': 'モデルの GGUF ファイルを選んでください',
      'project-folder': 'プロジェクトのフォルダーを選んでください',
      'export-folder': '保存先のフォルダーを選んでください',
      'training-folder': 'よそで学習したフォルダーを選んでください',
      program: '点を付けるプログラムを選んでください'
    },
    /** why the folder that is shown cannot be chosen */
    fitsNot: {
      'data-files': 'ここには、使えるファイルがありません。',
      'data-folder': 'ここには、使えるファイルがありません。',
      'model-folder':
        'config.json の入ったフォルダーか、GGUF ファイルが一つだけ入ったフォルダーを開くと、選べます。',
      'model-file': '一覧から GGUF ファイルを選んでください。',
      'project-folder': 'Neiro のプロジェクトのフォルダー（project.json の入ったもの）を開くと、選べます。',
      'export-folder': 'ここには保存できません。',
      'training-folder': 'Neiro が書き出した学習のフォルダー（train.py の入ったもの）を開くと、選べます。',
      program: '一覧からプログラムを選んでください。'
    },
    places: 'よく使う場所',
    usual: {
      home: 'ホーム',
      desktop: 'デスクトップ',
      documents: '書類',
      downloads: 'ダウンロード'
    },
    up: '上のフォルダーへ',
    path: '場所（パス）',
    goTo: 'この場所を開く',
    hidden: '隠しフォルダーも表示',
    hiddenNote: 'ホームの中の隠しフォルダーは、起動時に --folder で指定したものだけを表示します。',
    newFolder: '新しいフォルダー',
    newFolderName: '新しいフォルダーの名前',
    make: '作成',
    listing: 'フォルダーの中を調べています',
    more: (n: string) => `ほかに ${n}個あります。上の欄に場所を入力すると、そこへ移動できます。`,
    empty: 'この中にフォルダーはありません。',
    noFiles: 'この中に、使えるファイルはありません。',
    thisFolder: 'このフォルダーを選ぶ',
    goFirst: '入力した場所を選ぶには、先に「この場所を開く」を押してください。',
    theseFiles: (n: number) => `${n}個のファイルを選ぶ`
  }
}
export type Common = typeof common
