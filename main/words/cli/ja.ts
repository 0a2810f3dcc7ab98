// What the command line says in Japanese. en.ts has the same shape, by type.
import type { Fit } from '../../contract/window/training'
import type { DataShape, RunState } from '../../contract/records'

const shapes: Readonly<Record<DataShape, string>> = {
  instruction: '指示・入力・出力',
  'prompt-completion': '文と続き',
  'question-answer': '質問と答え',
  messages: '会話（messages）',
  conversations: '会話（ShareGPT）',
  text: '文章'
}
const states: Readonly<Record<RunState, string>> = {
  waiting: '開始前',
  running: '学習中',
  paused: '一時停止',
  interrupted: '中断',
  stopped: '停止',
  finished: '完了',
  failed: '失敗'
}
const fit: Readonly<Record<Fit, string>> = {
  fits: '収まります',
  tight: 'ほかのアプリを閉じれば収まります',
  'too-large': 'このPCには収まりません'
}

export const ja = {
  help: {
    tagline: 'Neiro（音色）: 言語モデルに、あなたの会社の口調を教えます。すべてこのPCの中で動きます。',
    usage: '使い方:',
    commandWord: 'コマンド [指定]',
    commands: 'コマンド',
    firstSteps: 'はじめに',
    firstExamples: [
      ['neiro demo', '内蔵のモデルとお手本で、数分で一通り試します'],
      ['neiro data faq.csv', '自分のファイルがどう読まれるか'],
      ['neiro tune --model DIR --data faq.csv', '学習します'],
      ['neiro chat --run latest', '学習したモデルと話します']
    ] as readonly (readonly [string, string])[],
    moreHelp: 'コマンドごとの説明と例: neiro コマンド --help',
    examples: '例',
    flags: '指定',
    commonFlags: '共通の指定',
    events: '--json の出力（event と、その項目）',
    default: '既定',
    groups: {
      adapter: '設定: 学ぶ部分',
      training: '設定: 学習',
      schedule: '設定: 一歩の大きさの変え方',
      memory: '設定: メモリと速さ',
      evaluation: '設定: 検証と途中保存'
    }
  },
  fit,
  data: {
    shapes,
    file: (
      name: string,
      format: string,
      encoding: string,
      shape: string,
      sure: string,
      examples: string,
      rows: string
    ) =>
      `  ${name}  ${[format, encoding, shape].filter(Boolean).join('・')}（確かさ ${sure}）  ${rows} 行から ${examples} 件`,
    titles: (row: string, list: string) => `${row} 行目が列の名前です。その上はデータではありません：${list}`,
    refused: (count: number) => `使えない行が ${count} 件あります。`,
    moreRefused: (count: number) =>
      `ほか ${count} 件。一覧は neiro data FILE --save-refused refused.csv で保存できます。`,
    total: (examples: string, refused: string) => `お手本 ${examples} 件、使えない行 ${refused} 件`,
    tokens: (tokens: string, learnt: string, longest: string) =>
      `${tokens} トークン（うち学ぶのは ${learnt}）、最も長いお手本は ${longest} トークン`,
    example: (number: number, file: string, row: number) => `お手本 ${number}（${file}:${row}）`,
    asSeen: (number: number) => `モデルが見るお手本 ${number}（学ぶのは «» の中）`,
    savedRefused: (file: string) => `使えない行の一覧を保存しました: ${file}`
  },
  progress: {
    step: 'ステップ',
    epoch: '周回',
    heldOut: '検証',
    tokensPerSecond: 'tok/s',
    left: '残り',
    memory: 'メモリ'
  },
  tune: {
    model: (name: string, dtype: string, size: string) => `モデル: ${name}（${dtype}、${size}）`,
    prepared: (train: number, heldOut: number, tokens: string, learnt: string) =>
      `学習 ${train} 件（${tokens} トークン、うち学ぶのは ${learnt}）、検証 ${heldOut} 件`,
    cut: (tokens: string) =>
      `長さの上限で ${tokens} トークンを切りました。max_seq_length を上げると残せます。`,
    memory: (needed: string, free: string, verdict: string) =>
      `メモリ: 約 ${needed} 必要、空き ${free} → ${verdict}`,
    run: (dir: string) => `実行フォルダー: ${dir}`,
    sample: (step: number, question: string) => `ステップ ${step} の答え: ${question}`,
    pausing: '途中保存して一時停止します。もう一度 Ctrl-C を押すと、保存せずにすぐ終わります。',
    paused: (step: number) => `ステップ ${step} で一時停止しました。続きは次のコマンドで再開できます:`,
    killed: 'すぐに終わりました。最後の途中保存までは残っています。続きは次のコマンドで再開できます:',
    finished: (step: number, loss: string, best: { readonly name: string; readonly value: string } | null) =>
      best === null
        ? `学習が終わりました（${step} ステップ、損失 ${loss}）。`
        : `学習が終わりました（${step} ステップ、損失 ${loss}、検証の${best.name}は最もよいもので ${best.value}）。`,
    result: (dir: string) => `できあがり: ${dir}`,
    next: '次にできること:',
    nextCommands: (run: string): readonly (readonly [string, string])[] => [
      [`neiro chat --run ${run}`, '学習したモデルと話します'],
      [`neiro eval --run ${run}`, 'もとのモデルと、同じ質問でくらべます'],
      [`neiro export peft --run ${run} --out our-tone`, 'ほかのツールで使える形に書き出します']
    ]
  },
  plan: {
    model: (family: string, parameters: string, trained: string, held: string) =>
      `モデル: ${family}、${parameters} パラメーター（もとのモデルの持ち方: ${held}）、学ぶのは ${trained}`,
    memoryTitle: (tokens: string) => `メモリ（一度に読むのは最大 ${tokens} トークン）`,
    categories: {
      weights: 'もとのモデル',
      adapter: 'アダプター',
      gradients: '勾配',
      optimizer: '最適化の状態',
      activations: '計算の途中結果',
      workspace: '作業場所',
      runtime: 'アプリ本体'
    },
    total: '合計',
    machine: 'このPC',
    free: (size: string) => `空き ${size}`,
    timeTitle: '時間（このPCで測った速さからの見積もり）',
    speed: (tokens: string) => `およそ毎秒 ${tokens} トークン`,
    time: (steps: string, tokens: string, time: string) =>
      `${steps} ステップ、${tokens} トークンで、およそ ${time}`,
    noData: '--data を付けると、全体の時間も見積もります。'
  },
  eval: {
    progress: {
      loss: (done: number, total: number) => `損失を計算しています ${done}/${total}`,
      answers: (done: number, total: number) => `答えています ${done}/${total}`
    },
    question: (number: number, text: string) => `質問 ${number}: ${text}`,
    base: '学習前',
    tuned: '学習後',
    expected: 'お手本',
    scoresTitle: (examples: number) => `検証用のお手本 ${examples} 件での成績`,
    scoresOfNamed: (examples: number) => `指定したデータ ${examples} 件での成績`,
    tone: '口調が合う',
    facts: '事実が合う',
    loss: '損失',
    perplexity: 'パープレキシティ',
    exact: '完全一致',
    leftOut: (count: number) => `${count} 件は使えないため、評価から除きました。`,
    learnt: (count: number, of: number) =>
      `${of} 件のうち ${count} 件は、この学習で学んだお手本です。その成績は、身についたかどうかの証拠になりません。`,
    turns: { user: '質問：', assistant: '答え：' }
  },
  chat: {
    talkingTo: (model: string, tuned: boolean) =>
      `${model}（${tuned ? '学習後' : 'もとのモデル'}）と話しています。`,
    help: '/base 学習前へ  /tuned 学習後へ  /clear 新しい会話  /exit 終わる  Ctrl-C 答えを止める',
    cancelled: '（止めました）',
    cutAtLength: '（長さの上限です。--max-new-tokens で変えられます）',
    dropped: '（長くなったため、古いやりとりを忘れました）',
    leaveHint: '終わるには、もう一度 Ctrl-C か /exit を入力してください。'
  },
  export: {
    none: 'この学習からは、まだ何も書き出されていません。',
    stages: {
      open: 'モデルを開いています',
      write: '書き出しています',
      'read-back': '書いたものを開き直しています',
      compare: '手元のモデルとくらべています'
    },
    done: {
      peft: (dir: string, size: string, _dtype: string) =>
        `アダプターを書き出しました（PEFT、${size}）: ${dir}`,
      merged: (dir: string, size: string, dtype: string) =>
        `モデル一式を書き出しました（${dtype}、${size}）: ${dir}`
    },
    compared: (prompts: number, difference: string, tolerance: string) =>
      tolerance === '0'
        ? `開き直して ${prompts} 件の入力でくらべ、手元のモデルと完全に一致しました。`
        : `開き直して ${prompts} 件の入力でくらべ、手元のモデルと一致しました（差 ${difference}、許容 ${tolerance}）。`
  },
  runs: {
    none: (dir: string) => `まだ実行がありません（${dir}）。neiro demo で始められます。`,
    head: ['名前', 'プロジェクト', '状態', 'ステップ', '損失', '検証', 'モデル'] as readonly string[],
    states,
    name: '名前',
    project: 'プロジェクト',
    state: '状態',
    model: 'モデル',
    created: '作成',
    folder: 'フォルダー',
    result: 'できあがり',
    evaluations: '検証の経過（ステップ、損失）',
    best: '最もよい'
  },
  serve: {
    open: 'このアドレスをブラウザーで開いてください（このPCの中だけで使えます）。',
    another: 'ウィンドウを開きました。別のブラウザーで開くには、このアドレスを使います（一度だけ使えます）。',
    stop: '終わるときは Ctrl-C を押します。学習中なら途中を保存します。',
    stopping: '終わっています…'
  },
  probe: {
    engine: '計算エンジン',
    processor: 'CPU',
    memory: 'メモリ',
    memoryOf: (free: string, all: string) => `空き ${free} / 全体 ${all}`,
    families: '対応するモデル',
    speed: '計算の速さ'
  },
  demo: {
    title: '月しろ茶舗の口調を、小さなモデルに教えます',
    honest:
      '内蔵のモデルとお手本は見本用です。店は架空で、モデルはこの店の話しかできません。実際の仕事には、ダウンロードしたモデルと自分のデータを使います。',
    marks: (tone: string, facts: string) => `口調 ${tone} 事実 ${facts}`,
    nextCommands: (run: string): readonly (readonly [string, string])[] => [
      [`neiro chat --run ${run}`, '教えたモデルと話します（/base で教える前と切りかえ）'],
      [`neiro export merged --run ${run} --out our-model`, 'Transformers などで開ける形に書き出します'],
      ['neiro data あなたのファイル.csv', '自分のファイルがどう読まれるか調べます'],
      ['neiro tune --model モデルのフォルダー --data あなたのファイル.csv', '自分のデータで学習します']
    ]
  }
}

/** The shape that the other languages fill. */
export type Words = typeof ja
