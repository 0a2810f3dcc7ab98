// ウィンドウの外のことば：メニュー、通知領域、ファイルを選ぶ画面、始められないときの知らせ。

export const ja = {
  menu: {
    about: 'Neiro について',
    services: 'サービス',
    hide: 'Neiro を隠す',
    hideOthers: 'ほかを隠す',
    unhide: 'すべてを表示',
    quit: 'Neiro を終了',
    file: 'ファイル',
    close: 'ウィンドウを閉じる',
    edit: '編集',
    undo: '元に戻す',
    redo: 'やり直す',
    cut: '切り取り',
    copy: 'コピー',
    paste: '貼り付け',
    selectAll: 'すべてを選択',
    view: '表示',
    zoomIn: '拡大',
    zoomOut: '縮小',
    resetZoom: '実際の大きさ',
    togglefullscreen: '全画面表示',
    window: 'ウィンドウ',
    minimize: '最小化'
  },
  background: {
    training: (percent: string) => `Neiro は学習を続けています${percent && `（${percent}）`}`,
    working: 'Neiro は作業を続けています',
    done: '学習が終わりました。結果は Neiro で見られます',
    cutOff: '学習が途中で止まりました。Neiro で続きから始められます',
    open: 'ウィンドウを開く',
    pause: '学習を一時停止して終了',
    stop: '作業を中止して終了'
  },
  dialogs: {
    data: 'お手本にするファイル',
    all: 'すべてのファイル',
    choose: '選ぶ',
    program: {
      title: (name: string) => `「${name}」をこのPCで動かしてよいですか`,
      text: '学習のあいだ、質問、回答、データの回答を1つずつ渡します。プログラムはあなたと同じ権限で動き、ファイルの読み書きも通信もできます。何をするかを Neiro は調べません。同意は、この版のプログラムに一度だけです。',
      agree: '動かしてよい',
      refuse: '動かさない'
    },
    titles: {
      'data-files': 'お手本にするファイルを選ぶ',
      'data-folder': 'お手本の入ったフォルダーを選ぶ',
      'model-folder': 'モデルのフォルダーを選ぶ',
      'model-file': 'モデルの GGUF ファイルを選ぶ',
      'project-folder': 'プロジェクトのフォルダーを選ぶ',
      'export-folder': '保存先のフォルダーを選ぶ',
      'training-folder': 'よそで学習したフォルダーを選ぶ',
      program: '点を付けるプログラムを選ぶ'
    }
  },
  failure: {
    start: {
      title: 'Neiro を起動できませんでした',
      text: 'お手本と学習の記録はそのままです。もう一度起動してください。くり返すときは、Neiro を入れ直すか、動作ログを送ってください。'
    },
    broke: {
      title: '予期しないエラーが起きたため、Neiro を終了します',
      text: '保存したものは無事です。学習中だったときは、途中保存から続けられます。もう一度起動してください。'
    },
    reason: '理由',
    log: '動作ログ',
    page: '画面を表示できなくなりました',
    pageSafe: '学習と保存したものは無事です。くり返すときは、ほかのアプリを閉じてください。',
    again: 'もう一度表示',
    close: '閉じる'
  }
}

/** The shape that the other languages fill. */
export type ShellWords = typeof ja
