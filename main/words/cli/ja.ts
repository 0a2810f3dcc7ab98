// What the command line says in Japanese. en.ts has the same shape, by type.
import { calledBaseJa } from '../called-base'
import type { Fit } from '../../contract/window/training'
import type { ScoredLabels } from '../../contract/scores'
import { findingKinds } from '../../contract/findings'
import { dataShapes, type DataShape, type RunState } from '../../contract/records'

/** A label, and how many rows have it. */
interface Rows {
  readonly label: string
  readonly rows: number
}

const shapes: Readonly<Record<DataShape, string>> = {
  instruction: '指示・入力・出力',
  'prompt-completion': '文と続き',
  'question-answer': '質問と回答',
  messages: '会話（messages）',
  conversations: '会話（ShareGPT）',
  text: '文章',
  preference: '良い回答と、もう1つの回答',
  rated: '評価の付いた回答',
  'text-label': '文章とラベル'
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

const apiReasons = {
  base: 'もとのモデルが違います',
  precision: 'もとのモデルの軽量化のしかたが違います',
  whole: 'モデル全体を学習したので、別のモデルです',
  sorts: '文章を分類するモデルで、文章は書きません',
  damaged: 'ファイルが読めません',
  most: '新しいものから32個までです'
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
      ['neiro chat --run latest', '学んだモデルと話します']
    ] as readonly (readonly [string, string])[],
    moreHelp: 'コマンドごとの説明と例: neiro コマンド --help',
    examples: '例',
    flags: '指定',
    commonFlags: '共通の指定',
    events: '--json の出力（event と、その項目）',
    default: '既定',
    /** of a text that nobody wrote */
    unset: 'なし',
    groups: {
      adapter: '設定: 学ぶ部分',
      training: '設定: 学習',
      schedule: '設定: 学習率の変え方',
      memory: '設定: メモリと速さ',
      evaluation: '設定: 検証と途中保存',
      places: '設定: どの層が学ぶか（PEFT の名前で）'
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
      `  ${name}  ${[format, encoding, shape].filter(Boolean).join('・')}（確かさ ${sure}）  ${rows} 行から ${examples}組`,
    couldSplit: (kind: string, pairs: string) =>
      `ひと続きの文章として学習します。質問と回答 ${pairs} 組に分けることもできます（--split ${kind}）`,
    titles: (row: string, list: string) =>
      `${row} 行目を見出し行として読みました。その上は使いません：${list}`,
    refused: (count: number) => `${count} 行は使えません。`,
    moreRefused: (count: number) =>
      `ほか ${count} 行。一覧は neiro data FILE --save-refused refused.csv で保存できます。`,
    total: (examples: string, refused: string) => `お手本 ${examples}組、使えない行 ${refused} 行`,
    tokens: (tokens: string, learnt: string, longest: string) =>
      `${tokens} トークン（うち学ぶのは ${learnt}）、最長のお手本は ${longest} トークン`,
    example: (number: number, file: string, row: number) => `お手本 ${number}（${file}:${row}）`,
    asSeen: (number: number) => `モデルが見るお手本 ${number}（学ぶのは «» の中）`,
    savedRefused: (file: string) => `使えない行の一覧を保存しました: ${file}`,
    checked: (examples: string, findings: string) =>
      `診断: お手本 ${examples}組で、見つかったこと ${findings} 件`,
    repaired: (title: string, rows: string) => `直しました: ${title}（${rows}組）`,
    notOfForm: (count: string) => `${count}組は、この形では表せないため保存していません。`,
    savedExamples: (file: string, examples: string) => `お手本 ${examples}組を保存しました: ${file}`
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
    start: (place: string) => `${place} の続きから始めます（アダプターの大きさと場所は同じです）`,
    prepared: (train: number, heldOut: number, tokens: string, learnt: string) =>
      `学習 ${train}組（${tokens} トークン、うち学ぶのは ${learnt}）、検証 ${heldOut}組`,
    notListed: (dir: string) =>
      `Neiro のデータフォルダーに書き込めないため、この学習は一覧に載りません。保存先: ${dir}`,
    cutAnswers: (of: { examples: string; all: string; tokens: string }, longest: string) =>
      `${of.all}組のうち${of.examples}組で、回答の終わりが長さの上限で切れます（検証と合わせて ${of.tokens} トークン）。どこで書き終えるかを学べません。--max-seq-length ${longest} 以上にすると、すべて残ります。`,
    cut: (tokens: string) =>
      `長さの上限で ${tokens} トークンを切りました。max_seq_length を上げると残せます。`,
    unknown: (rows: string) =>
      `${rows}組に、モデルの知らない文字（絵文字や珍しい文字など）があります。モデルには、どれも同じ印に見えます。`,
    memory: (needed: string, free: string, verdict: string) =>
      `メモリ: 約 ${needed} 必要、空き ${free} → ${verdict}`,
    run: (dir: string) => `学習のフォルダー: ${dir}`,
    sample: (step: number, question: string) => `${step} ステップの回答: ${question}`,
    pausing: '途中保存して一時停止します。もう一度 Ctrl-C を押すと、保存せずにすぐ終わります。',
    paused: (step: number) => `${step} ステップで一時停止しました。続きは次のコマンドで再開できます:`,
    killed: 'すぐに終わりました。最後の途中保存までは残っています。続きは次のコマンドで再開できます:',
    finished: (step: number, loss: string, best: { readonly name: string; readonly value: string } | null) =>
      best === null
        ? `学習が終わりました（${step} ステップ、損失 ${loss}）。`
        : `学習が終わりました（${step} ステップ、損失 ${loss}、検証の${best.name}はいちばん良いところで ${best.value}）。`,
    result: (dir: string) => `結果: ${dir}`,
    next: '次にできること:',
    nextCommands: {
      language: (run: string, kind: 'merged' | 'peft'): readonly (readonly [string, string])[] => [
        [`neiro chat --run ${run}`, '学んだモデルと話します'],
        [`neiro eval --run ${run}`, 'もとのモデルと、同じ質問でくらべます'],
        [`neiro export ${kind} --run ${run} --out our-tone`, 'ほかのツールで使える形に書き出します']
      ],
      score: (run: string): readonly (readonly [string, string])[] => [
        [`neiro classify --run ${run} "荷物が届きません"`, '文章を1つ分類します'],
        [
          `neiro classify --run ${run} --data mails.csv --out sorted.csv`,
          '表の全部の行を分類し、CSV に書き出します'
        ],
        [`neiro eval --run ${run}`, '検証用の行で、ラベルごとの出来を見ます'],
        [`neiro export merged --run ${run} --out our-sorter`, 'Transformers で開ける形に書き出します']
      ],
      points: (run: string): readonly (readonly [string, string])[] => [
        [`neiro eval --run ${run}`, '検証用の組で、点がどれだけ合うかを見ます'],
        [`neiro export merged --run ${run} --out our-judge`, 'Transformers で開ける形に書き出します']
      ]
    }
  },
  program: {
    about: (file: string): readonly string[] => [
      '学習で、回答に点を付けるために、次の自分のプログラムを動かします。',
      `  ${file}`,
      '  あなたと同じ権限で動き、ファイルの読み書きも通信もできます。何をするかを Neiro は調べません。',
      '  質問、回答、データの回答が1つずつ渡されます。'
    ],
    seconds: (seconds: string) => `  1つの回答に ${seconds}秒まで使えます。`,
    agree: '動かしてよいですか？（この版のプログラムについて、一度だけたずねます）[y/N]',
    agreed: '同意しました。この版のプログラムは、画面からもコマンドからも使えます。'
  },
  elsewhere: {
    agree: 'これを送ってよいですか？ [y/N]',
    unmasked:
      '個人情報らしいものが残っています。隠すには、neiro data ファイル --check --repair personal-data --save 新しいファイル のあとで、そのファイルで学習してください。',
    written: (dir: string) =>
      `学習一式を書き出しました: ${dir}\n  README.md に動かし方があります。学習が終わったら、フォルダーごと持ち帰って:`,
    trains: (place: string) => `学習する場所: ${place}`,
    pausing:
      '向こうで途中保存して止めています。もう一度 Ctrl-C を押すと、学習は向こうで続け、ここだけ離れます。',
    leftAlone: '学習は向こうで続いています。次のコマンドで、続きを見て結果を受け取れます:'
  },
  plan: {
    model: (family: string, parameters: string, trained: string, held: string) =>
      `モデル: ${family}、${parameters} パラメーター（もとのモデルの精度: ${held}）、学ぶのは ${trained}`,
    memoryTitle: (tokens: string) => `メモリ（一度に読むのは最大 ${tokens} トークン）`,
    categories: {
      weights: 'もとのモデル',
      adapter: 'アダプター',
      gradients: '勾配',
      optimizer: '更新用の記録',
      activations: '計算の途中',
      workspace: '作業用',
      runtime: 'アプリ本体'
    },
    total: '合計',
    machine: 'このPC',
    where: { pc: 'PC のメモリ', gpu: 'GPU のメモリ' },
    free: (size: string) => `空き ${size}`,
    onThisGpu: (name: string) => `計算する場所: GPU（${name}）`,
    notOnGpu: (name: string, needed: string, free: string) =>
      `計算する場所: CPU（GPU「${name}」の空きメモリに収まりません。必要 ${needed}、空き ${free}）。--batch-size を小さく、または --gradient-checkpointing で GPU に収まることがあります`,
    onCpu: (why: string) => `計算する場所: CPU（${why}）`,
    timeTitle: '時間（このPCで測った速さからの見積もり）',
    speed: (tokens: string) => `およそ毎秒 ${tokens} トークン`,
    time: (steps: string, tokens: string, time: string) =>
      `${steps} ステップ、${tokens} トークンで、およそ ${time}`,
    onGpus: (gpus: number, time: string) =>
      `NVIDIA H100 が ${gpus} 枚あれば、およそ ${time}（公表されている速さからの計算。Neiro では測っていません）。ほかのマシンで学習するには --on`,
    noGpus: 'この設定では、NVIDIA H100 が 8 枚あっても収まりません。',
    noData: '--data を付けると、全体の時間も見積もります。'
  },
  eval: {
    progress: {
      loss: (done: number, total: number) => `損失を計算しています ${done}/${total}`,
      answers: (done: number, total: number) => `回答を作っています ${done}/${total}`
    },
    ballot: (voter: string, file: string) => `${voter} さんの投票用紙を書きました: ${file}`,
    votesOpen: (n: string) => `投票の途中の人が ${n}人います。全員が終わると、結果が出ます。`,
    report: (file: string) => `報告書を書きました: ${file}`,
    preferencesSaved: (file: string, pairs: number) =>
      `投票で選ばれた答えの組 ${pairs}組を書きました: ${file}。neiro tune --method dpo --start 学習 --data ファイル で学習できます`,
    sources: (list: string) => `見せた資料: ${list}`,
    question: (number: number, text: string) => `質問 ${number}: ${text}`,
    base: 'もとのモデル',
    tuned: '学んだモデル',
    expected: 'お手本',
    scoresTitle: (examples: number) => `検証用のお手本 ${examples}組での成績`,
    scoresOfNamed: (examples: number) => `指定したデータ ${examples}組での成績`,
    tone: '口調が合う',
    facts: '事実が合う',
    loss: '損失',
    perplexity: 'パープレキシティ',
    preference: {
      title: {
        pairs: (count: number, reference: string) => `${count}組の答えの好み（${reference}と比べて）`,
        answers: (count: number, reference: string) => `評価のついた答え ${count}件（${reference}と比べて）`
      },
      reference: { base: (base: string | null) => calledBaseJa(base), start: () => '続きのもとになった学習' },
      accuracy: {
        pairs: '好まれる答えのほうが伸びた割合（reward accuracy）',
        answers: '良い答えが伸び、悪い答えが減った割合（reward accuracy）'
      },
      margin: '伸びの差（reward margin）',
      rewards: '好まれる答え / もう一方の報酬',
      likelier: '好まれる答えのほうが出やすい割合',
      interval: (low: string, high: string) => `95 %: ${low}〜${high}`
    },
    exact: '完全一致',
    leftOut: (count: number) => `${count}組は使えないため、評価から除きました。`,
    turns: { user: '質問：', assistant: '回答：' }
  },
  sweep: {
    rung: (n: number, all: number, runs: number, steps: number) =>
      `第${n}段（全${all}段）：${runs}通りを ${steps} ステップずつ`,
    failed: '失敗',
    goesOn: '次へ'
  },
  rating: {
    progress: (done: number, total: number) => `点を付けています ${done}/${total}`,
    title: (pairs: number) => `2つの回答の組 ${pairs}組での成績`,
    wrong: (pairs: number) => `好ましい回答の点が低いか同じだった組（${pairs}組。上が好ましい回答）`,
    leftOut: (pairs: number) => `読めなかった ${pairs}組は数えていません。`
  },
  sorting: {
    prepared: (train: number, heldOut: number, tokens: string) =>
      `学習 ${train} 文（${tokens} トークン）、検証 ${heldOut} 文`,
    problems: {
      single_label_classification: (labels: number) => `文章ごとに、${labels} 種類のラベルから1つを学びます`,
      multi_label_classification: (labels: number) =>
        `文章ごとに、${labels} 種類のラベルからいくつでも（なしも含めて）学びます`,
      regression: () => '文章ごとに、数を1つ学びます'
    } satisfies Readonly<Record<ScoredLabels['problem'], (labels: number) => string>>,
    toLearn: '学習',
    heldOut: '検証',
    moreLabels: (count: number) => `ほかに ${count} 種類`,
    rare: (count: number, rarest: Rows, most: Rows) =>
      `${count} 種類のラベルは行が少なく、見落とされやすくなります（「${rarest.label}」は ${rarest.rows} 行、いちばん多い「${most.label}」は ${most.rows} 行）。`,
    weightsOffered: '少ないラベルの行を重く数えるには --class-weights balanced を付けます。',
    title: (rows: number) => `検証用の ${rows} 行を分類した結果`,
    progress: (done: number, total: number) => `分類しています ${done}/${total}`,
    column: (name: string) => `「${name}」の列の文章を分類します（ほかの列は --column text=列名）`,
    unread: (count: number) => `${count} 行にはラベルがありません。理由は、その行の最後の列にあります。`,
    label: 'ラベル',
    precision: '適合率',
    recall: '再現率',
    rows: '行数',
    confusion: '正しいラベル（行）と答えたラベル（列）',
    confused: 'どれをどれと取り違えたか',
    leftOut: (count: number) => `${count} 行は分類できないか、学習していないラベルでした。`,
    written: (rows: number, file: string) => `${rows} 行を分類し、${file} に書き出しました`
  },
  leak: {
    progress: (done: number, total: number) => `尋ねています ${done}/${total}`,
    nothing: 'このデータには、尋ねるべき個人情報も、指定された言葉もありません。',
    asked: (asked: string, values: string) =>
      `個人情報などの値 ${values}件のうち ${asked}件を、その前の文を見せて尋ねました。`,
    none: '学んだモデルは、どれも言いませんでした。尋ねなかった言い方で言うことまでは、否定できません。',
    repeated: (count: string) => `学んだモデルが、${count}件をそのまま言いました:`,
    base: (base: string | null) =>
      `（${calledBaseJa(base)}も言うので、このデータから覚えたとはかぎりません）`,
    planted: '仕込んだ言葉',
    clean: 'この学習が学んだファイルには、どの値もありません（1バイトずつ調べました）。',
    inRun: (count: string) =>
      `${count}件は、隠されないまま学習に使われています。neiro data FILE --check --repair personal-data で隠してから、学習し直してください。`
  },
  mergeAdapters: {
    done: (count: number, dir: string, rank: string, size: string) =>
      `${count} 個のアダプターを1つにまとめました（LoRA、rank ${rank}、${size}）: ${dir}`,
    prompts:
      'システムプロンプトの違う学習をまとめました。新しいアダプターは、どれも引き継ぎません。使うものを --system-prompt で指定してください。',
    next: (dir: string) => `試すには: neiro chat --adapter ${dir}`
  },
  chat: {
    askedWith: (text: string) => `はじめの指示を付けて聞きます: ${text}`,
    talkingTo: (model: string, tuned: boolean, base: string | null) =>
      base === null
        ? `${model}（${tuned ? '学んだモデル' : 'もとのモデル'}）と話しています。`
        : tuned
          ? `「${base}」の続きから学んだモデルと話しています。`
          : `「${base}」と話しています。`,
    help: (base: string | null) =>
      `/base ${calledBaseJa(base)}へ  /tuned 学んだモデルへ  /clear 新しい会話  /exit 終わる  Ctrl-C 回答を止める`,
    cancelled: '（止めました）',
    cutAtLength: '（長さの上限です。--max-new-tokens で変えられます）',
    dropped: '（長くなったため、古いやりとりを忘れました）',
    leaveHint: '終わるには、もう一度 Ctrl-C か /exit を入力してください。'
  },
  export: {
    none: 'この学習からは、まだ何も書き出されていません。',
    older: (step: number | null) => `（続きを学ぶ前の状態${step === null ? '' : `、更新 ${step}回`}）`,
    cutOff: (kind: string, dir: string) =>
      `前回の書き出し（${kind}、${dir}）は、途中で Neiro が終わったため完成していません。途中のものは残していません。もう一度書き出してください。`,
    stages: {
      open: 'モデルを開いています',
      write: '書き出しています',
      'read-back': '書き出したものを開き直しています',
      compare: '手元のモデルとくらべています'
    },
    done: {
      peft: (dir: string, size: string, _dtype: string) =>
        `アダプターを書き出しました（PEFT、${size}）: ${dir}`,
      merged: (dir: string, size: string, dtype: string) =>
        `モデル一式を書き出しました（${dtype}、${size}）: ${dir}`,
      gguf: (dir: string, size: string, dtype: string) =>
        `GGUF ファイルを書き出しました（${dtype}、${size}）: ${dir}`
    },
    values: (difference: string, tensor: string) =>
      `書き出したファイルを読み返し、すべての重みが手元のモデルと合うことを確かめました（差は最大 ${difference}、${tensor}）。`,
    text: {
      same: '文章の区切り方（トークン）も、手元のモデルと同じです。',
      composed:
        '文章の区切り方（トークン）も、手元のモデルと同じです。ただし、「か」と濁点のように分かれて入力された文字は、まとめられません。',
      near: 'このモデルの文章の区切り方（トークン）は、GGUF ファイルでは近い形でしか表せません。同じ文が違う区切りになり、答えが変わることがあります。区切りまで同じにするには、merged で書き出してください。'
    },
    pruned: (zeros: string, weights: string, share: string) =>
      `線形層の重み ${weights} 個のうち ${zeros} 個（${share} %）は 0 です。0 もほかの数と同じ大きさで書かれるので、ファイルは小さくならず、ふつうのプログラムでは回答も速くなりません。`,
    noLmStudio: 'LM Studio のフォルダーがこのPCに見つからないので、ファイルだけを書き出しました。',
    put: {
      linked: (path: string) => `LM Studio に入れました（容量は増えません）: ${path}`,
      copied: (path: string) => `LM Studio に入れました（写しを作りました）: ${path}`
    },
    ollamaByHand: (dir: string, name: string) =>
      `Ollama に登録するには、${dir} で ollama create ${name} -f Modelfile と入力するか、--name ${name} を付けてもう一度書き出してください。`,
    noOllama: 'このPCの Ollama が応答しません。',
    creating: {
      hash: (percent: number) => `ファイルを調べています（${percent}%）`,
      send: (percent: number) => `Ollama に渡しています（${percent}%）`,
      create: (_percent: number) => 'Ollama が登録しています'
    },
    created: (name: string) => `Ollama に登録しました。ollama run ${name} で話せます。`,
    compared: (prompts: number, difference: string, tolerance: string) =>
      tolerance === '0'
        ? `開き直して ${prompts}問でくらべ、手元のモデルと完全に一致しました。`
        : `開き直して ${prompts}問でくらべ、数値は手元のモデルと一致しました（差 ${difference}、許容 ${tolerance}）。`,
    answered: (asked: number, changed: number) =>
      changed === 0
        ? `ほかのソフトの読み方でも、学んだとおりに問いかけられ、学んだところで答えが終わり、${asked}つの答えが同じになりました。`
        : `ほかのソフトの読み方でも、学んだとおりに問いかけられ、学んだところで答えが終わります。ただし、値の丸めで ${asked}つのうち ${changed}つの答えが、手元のモデルと変わりました。--dtype f32 なら変わりません。`,
    second: (tokens: number, difference: string) =>
      `書き出したファイルだけから別の計算でも求め、${tokens}トークン先の数値が一致しました（差 ${difference}）。`,
    notSecond: {
      size: () => 'モデルが大きく時間がかかるため、別の計算では確かめていません。',
      rounded: () => 'もとのモデルを少ないビット数で開いているため、別の計算では確かめていません。',
      form: () =>
        'もとのモデルが Transformers の形（config.json と safetensors）で保存されていないため、別の計算では確かめていません。',
      sorts: () =>
        '別の計算では確かめていません（文章を書くモデルだけの確認で、仕分けのモデルには対応していません）。',
      unknown: (what: string) => `別の計算では確かめていません（${what} に対応していません）。`
    }
  },
  runs: {
    torn: (file: string) =>
      `一覧ファイルが壊れていたため、読めた分だけを使っています。元のファイルはここに残しました: ${file}`,
    none: (dir: string) => `学習の記録は、まだありません（${dir}）。neiro demo で始められます。`,
    head: [
      '--run',
      '名前',
      'プロジェクト',
      '状態',
      'ステップ',
      '損失',
      '検証',
      'モデル'
    ] as readonly string[],
    queued: 'ウィンドウで順番待ち',
    states,
    name: '名前',
    project: 'プロジェクト',
    state: '状態',
    model: 'モデル',
    created: '作成',
    device: '計算した場所',
    folder: 'フォルダー',
    result: '結果',
    evaluations: '検証の経過（ステップ、損失）',
    best: 'いちばん良い'
  },
  api: {
    serving: 'ほかのプログラムから、OpenAI と同じ形で使えます（終了するまで）。',
    noKey: '  キーは要りません（このPCの、あなたのプログラムだけが使えます）。',
    models: (places: number) => `使えるモデル（同時に ${places} 件まで答えます）:`,
    leftOut: (name: string, why: 'base' | 'precision' | 'whole' | 'sorts' | 'damaged' | 'most') =>
      `  使えません: ${name}（${apiReasons[why]}）`,
    open: '同じネットワークのほかのPCからも使えます。通信は暗号化されません。キーを知っている人だけに使わせ、社内の信頼できるネットワークで使ってください。',
    stop: '終了するには Ctrl-C を押します。',
    stopping: '終了しています…'
  },
  storage: {
    place: 'プロジェクト・学習・モデルの保存場所',
    models: 'ダウンロードしたモデル',
    left: '前の場所に残っているもの',
    stages: { copying: 'コピーしています', checking: 'コピーを読み直して確かめています' },
    away: '保存場所が見つかりません。ドライブをつないでから、もう一度お試しください。失われたときは、neiro storage --standard で標準の場所に新しく始められます。',
    emptyHint: '前の場所のものを消すには: neiro storage --empty-old'
  },
  serve: {
    open: 'このアドレスをブラウザーで開いてください（このPCの中だけで使えます）。',
    another: '別のブラウザーで開くには、このアドレスを使います（一度だけ使えます）。',
    enter: 'ブラウザーで開きました。別のブラウザーでも開くときは、Enter を押すと新しいアドレスが出ます。',
    allow: (folder: string) =>
      `ウィンドウが、次のフォルダーを開こうとしています: ${folder}\n開いてよければ y を入力して Enter を押してください。開かないときは、そのまま Enter を押します。`,
    stop: '終了するには Ctrl-C を押します。学習中なら途中を保存します。',
    stopping: '終了しています…'
  },
  log: { masked: (count: number) => `${count} 件の場所・名前・個人情報を記号に置き換えました。` },
  probe: {
    engine: '計算エンジン',
    processor: 'CPU',
    memory: 'メモリ',
    memoryOf: (free: string, all: string) => `空き ${free} / 全体 ${all}`,
    gpu: 'GPU',
    gpuOf: (name: string, compute: string, free: string, all: string) =>
      `${name}（compute ${compute}）、メモリの空き ${free} / 全体 ${all}`,
    families: '対応するモデル',
    speed: '計算の速さ',
    speedOfGpu: 'GPU の計算の速さ'
  },
  demo: {
    title: '月しろ茶舗の口調を、小さなモデルに教えます',
    honest:
      '内蔵のモデルとお手本は見本用です。店は架空で、モデルはこの店の話しかできません。実際の仕事には、ダウンロードしたモデルと自分のデータを使います。',
    marks: (tone: string, facts: string) => `口調 ${tone} 事実 ${facts}`,
    nextCommands: (run: string): readonly (readonly [string, string])[] => [
      [`neiro chat --run ${run}`, '学んだモデルと話します（/base でもとのモデルに切り替え）'],
      [`neiro export merged --run ${run} --out our-model`, 'Transformers などで開ける形に書き出します'],
      ['neiro data あなたのファイル.csv', '自分のファイルがどう読まれるか調べます'],
      ['neiro tune --model モデルのフォルダー --data あなたのファイル.csv', '自分のデータで学習します']
    ]
  },
  models: {
    none: (search: string) =>
      search === '' ? 'モデルがありません。' : `「${search}」に合うモデルがありません。`,
    head: ['', 'モデル', '大きさ', '容量', 'ライセンス', '会社での利用'] as readonly string[],
    coming: 'この版ではまだ学習できません',
    getHint: '受け取るには: neiro models get 作者/モデル名（一覧にないモデルの名前やアドレスも書けます）',
    moving: (done: string, total: string) => `移しています（${done} / ${total}）`,
    willFetch: (model: string, size: string, revision: string) =>
      `${model} を受け取ります（${size}、版 ${revision}）。`,
    licence: (name: string) => `ライセンス: ${name}。`,
    checking: (share: string) => `${share}  受け取ったものを確かめています`,
    left: (time: string) => `残り ${time}`,
    retry: (seconds: number) => `${seconds}秒後に、もう一度試します。`,
    paused: (command: string) => `一時停止しました。受け取った分は残っています。続きは: ${command}`,
    here: (dir: string) => `受け取りました: ${dir}`,
    removed: (name: string) => `${name} のファイルを削除しました。`,
    where: {
      address: '入手先',
      proxy: 'プロキシ',
      environment: '環境変数のとおり',
      certificates: '証明書',
      token: 'アクセストークン',
      tokens: { none: 'なし', kept: '登録済み', environment: '環境変数（HF_TOKEN）' },
      store: '保存する場所',
      holds: 'いまある分',
      models: (count: number, size: string) => `${count}個（${size}）`,
      inFile: 'アクセストークンは、このユーザーだけが読めるファイルに保存しています（暗号化はされません）。'
    },
    noneFound: 'LM Studio、Ollama、Hugging Face のキャッシュには、使えそうなモデルが見つかりませんでした。',
    askToken: 'アクセストークンを貼り付けて、Enter を押してください（空なら、登録を消します）。',
    tokenKept: 'アクセストークンを登録しました。',
    tokenForgotten: 'アクセストークンの登録を消しました。'
  },
  commands: {
    chat: {
      summary: 'モデルと話します',
      about:
        '回答は一語ずつ表示されます。Ctrl-C で回答を止め、もう一度押すと終わります。会話の中では、/base と /tuned でもとのモデルと学んだモデルを切り替え、/clear で新しい会話を始めます。標準入力をつなぐと、1行を1つの質問として答えます。',
      examples: [
        '学んだモデルと話します',
        '1つだけ聞きます',
        'もとのモデルと、毎回同じ回答で',
        '文章の続きを書かせます'
      ]
    },
    data: {
      summary: 'ファイルの中身がどう読まれるかを調べます',
      about:
        '文字コードと形を自動で見分けます。読めなかった行は、ファイル・行・理由を必ず一覧にします。--model を付けると、そのモデルのトークンの数と、学ぶ部分を示します。',
      examples: [
        '何が読めたか',
        '文字コードを指定し、読めない行を保存',
        'モデルが見る形で2組',
        '質問の言い方を変えたお手本を作り足して保存',
        '調べて、個人情報を隠し、重なりを除いて保存'
      ],
      flags: { show: 'お手本を N 組表示します（--model があればモデルが見る形で。学ぶ部分は «» の中）' }
    },
    demo: {
      summary: '内蔵のモデルとお手本で、数分で一通り試します',
      about:
        '架空のお茶の店の窓口の口調を小さなモデルに教え、学習に使っていない質問への回答を、学習の前と後で並べます。見せるためのモデルなので、ほかの話題には答えられません。',
      examples: ['そのまま試します', '設定を変えるとどうなるか'],
      flags: { show: '並べて見せる回答の数（既定 6）' }
    },
    classify: {
      summary: '学習した分類で、文章にラベルを付けます',
      about:
        'コマンドに書いた文章か、neiro data で読めるファイルの各行を分類します（--column text=列名 で文章の列を選べます）。--out を付けると、もとのすべての列に、ラベルと確率を加えた CSV を書き出します。ラベルがいくつでもよいときは、確率が --threshold（ふつう 0.5）以上のものを答えます。分類用の Transformers のフォルダー（--model）も使えます。',
      examples: ['文章を1つ', 'ファイルを読み、ファイルに書く', '同じものを JSON の行で'],
      flags: { out: '書き出す CSV ファイル', threshold: 'いくつかのラベルから、答えるものを決める確率の下限' }
    },
    advise: {
      summary: '学習がいるかどうかを、自分の質問で測って助言します',
      about:
        'お手本の一部を質問として取っておき、もとのモデル、指示文、近いお手本、資料の検索に、同じ質問へ答えさせます。口調の一致と、数と名前の一致を 95 % の幅とともに、1回答の秒数とメモリと並べ、そこから助言します。--run では、学習したモデルも並べます。--prompt がなければ、お手本から指示文の下書きを作ります。途中で止めても、同じ命令で続きから始まります。',
      examples: ['自分の FAQ で、学習の前に', '学習したモデルと、手もとの資料の検索をくらべて'],
      flags: {
        prompt: '指示文（なければ、お手本から下書きを作ります）',
        documents: '検索する資料（なければ、お手本）',
        limit: '測る質問の数（既定 30）'
      }
    },
    sweep: {
      summary: '設定を何通りか短く試し、偶然とはいえない差があるかをお知らせします',
      about:
        'どの組み合わせも短く学習し、よかった半分だけを2倍の長さで学習し直す、をくり返します（successive halving）。順位は、学習に使わないお手本での損失で決めます。途中で止めても、同じ命令で続きから始まります。学習は neiro runs に並びます。',
      examples: ['LoRA の大きさと学習率を6通り', 'レシピの学習率を3通り'],
      flags: {
        try: '試す設定と値（コンマ区切り、何度でも）',
        steps: '第1段のステップ数（既定 40）。段ごとに2倍になります'
      }
    },
    eval: {
      summary: 'もとのモデルと学んだモデルを、同じ質問でくらべます',
      about:
        '--run では、その学習で取っておいた検証用のお手本を使います（ウィンドウで行った学習も選べます）。--data では、neiro data で読めるファイル（CSV・Excel・Word・JSON・テキスト）を使えます。損失とパープレキシティはすべての組で、回答は --limit 組まで（温度 0 で）出します。アダプターがなければ、もとのモデルだけを評価します。--prompt・--examples・--retrieval・--documents・--with-run で候補を増やすと、学習しない方法とも同じ質問で比べます。点数には 95 % の幅が付き、幅に収まる差を勝ちとは言いません。途中で止めても、同じ命令で続きから始まります。',
      examples: [
        '最後の学習の結果',
        'ほかで作ったアダプターを、自分のデータで',
        'この学習の結果を、サービスでできたモデルと',
        '学習しない方法とも比べ、忘れていないかも確かめます'
      ],
      flags: {
        prompt: 'もとのモデルに、この指示文を付けた候補を加えます（くり返し可）',
        examples: 'もとのモデルに、質問に近いお手本を N 組見せた候補を加えます',
        retrieval: 'もとのモデルに、検索した N 件を見せた候補を加えます（既定 3）',
        documents: '検索する文書（なければ、この学習が学んだお手本）',
        'with-run': 'ほかの学習を候補に加えます（くり返し可）',
        forbidden: '使わないと決めた言葉（くり返し可）。データの診断で決めた言葉も数えます',
        report: '報告書（1つの HTML ファイル、または .pdf）を書きます（--run のとき）',
        'signed-by': '報告書を確認した人の名前',
        remark: '報告書に添える、確認した人のひとこと',
        ballot: 'その人の投票用紙（ブラウザーで開く HTML）を、いまのフォルダーに書きます',
        votes: '投票用紙から保存された票のファイルを取り込みます',
        'save-preferences': '投票で選ばれた答えを、1行に1組ずつ書き出します（質問はしません）',
        general: '一般の質問120問で、忘れていないかを確かめます'
      }
    },
    agree: {
      summary: '回答に点を付ける自分のプログラムを、動かすことに同意します',
      about:
        'ブラウザーの画面からは同意できないので、ここで同意します。プログラムはあなたと同じ権限で動きます。中身を確かめてから同意してください。中身が変わったら、もう一度たずねます。',
      examples: ['このプログラムを動かすことに同意します'],
      flags: {}
    },
    leak: {
      summary: '学んだモデルが、データの個人情報をそのまま言わないかを確かめます',
      about:
        'データの中の個人情報（--data、なければその学習が学んだお手本）を1つずつ、その前に書かれた文を見せて続きを言わせます（温度 0）。隠す前のファイルを --data に指定すると、隠した値を覚えていないかを確かめられます。--secret は、確かめるために仕込んだ言葉です。学習のフォルダーに値が残っていないかも、1バイトずつ調べます。1件でも言えば、終了コードは 1 です。',
      examples: ['隠す前のファイルで確かめます', '仕込んだ言葉も確かめます'],
      flags: {
        secret: '確かめるために仕込んだ言葉（くり返し可）',
        'own-number': '自社の番号の例（くり返し可）',
        limit: '尋ねる値の数（既定 100）'
      }
    },
    export: {
      summary: 'ほかのツールで使える形に書き出します',
      about:
        'ollama と lm-studio は、その名前のソフトですぐ使える形です（ollama は --name を付けると登録まで、lm-studio は見つかればそのフォルダーまで）。gguf は llama.cpp を使うソフトのための1つのファイル（--dtype q4_k_m、q8_0、f16 など）、gguf-adapter はその差分だけです。peft はアダプターだけ（peft や vLLM で、もとのモデルと一緒に使います）、merged はもとのモデルに合わせた一式です（Transformers などでそのまま開けます）。書き出したものを開き直して手元のモデルの計算とくらべ、一致したときだけ完成とします（peft は完全一致、merged は F32 で 1e-4、F16 で 1e-2、BF16 で 5e-2 以内）。',
      examples: [
        'アダプターを書き出します',
        '一式を BF16 で',
        'LM Studio などで開ける小さなファイルに',
        'Ollama に登録するところまで',
        '書き出したものの一覧（ウィンドウからのものも）'
      ],
      flags: {
        out: '書き出す新しいフォルダー',
        name: 'Ollama に登録する名前（半角の英小文字・数字と - _ .）'
      }
    },
    'merge-adapters': {
      summary: '同じモデルで学習した複数の LoRA アダプターを、1つにまとめます',
      about:
        '同じモデルで学習した2つ以上の学習やアダプターのフォルダーから、新しい PEFT フォルダーを作ります。--method cat（指定なしのとき）は足し算そのもので、rank はその合計になります。svd はそこから、いちばん大きい rank のアダプターに収まる分を残します。linear は PEFT と同じく、rank の等しい A と B を別々に足します（小さいまま済みますが、働きを足したものとは違います）。--weights は、それぞれをどれだけ数えるかです（指定なしは 1、0 より小さければ引きます。linear では使えません）。もとのモデルが違う、DoRA である、linear で rank が違うなど、合わないものは名前を挙げて断り、何も書き出しません。',
      examples: ['どちらもそのままの強さで', '混ぜて、大きいほうと同じ大きさに'],
      flags: {
        out: '新しいフォルダー',
        weights: 'それぞれの重み（順に、コンマ区切り）',
        method: 'まとめかた（指定なしは cat）',
        model: 'もとのモデルのフォルダー（アダプターに書かれていないとき）'
      }
    },
    models: {
      summary: '公開されているモデルを探し、ダウンロードし、消します',
      about:
        '何も付けなければ、知られているモデルの一覧と、このPCにあるもの（✓）を表示します。get は、途中で切れても続きから受け取り、中身を確かめてから使えるようにします（Ctrl-C で一時停止）。remove は受け取ったファイルを消します。where は入手先と保存する場所を表示し、変えられます。found は、LM Studio・Ollama・Hugging Face のキャッシュにあるモデルを探します。token は、標準入力からアクセストークンを読んで登録します。',
      examples: [
        '知られているモデルの一覧',
        'ことばで探します',
        '受け取ります',
        '受け取ったファイルを消します',
        'Python のツールと同じ場所に置きます'
      ]
    },
    plan: {
      summary: '始める前に、要るメモリと時間を見積もります',
      about:
        'tune と同じ指定で、何も学習せずに必要なメモリの内訳とかかる時間を出します。データがあれば実際の長さで、なければ max_seq_length の長さで見積もります。時間はこのPCで今測った計算の速さからの見積もりです。',
      examples: ['このPCに収まるか', '節約するとどれだけ減るか', 'レシピの学習にかかる時間']
    },
    log: {
      summary: '動作ログを、人に送れる形で書き出します',
      about:
        '動作ログの新しい部分に、この Neiro と PC の種類を添えて書きます。保存場所・利用者とPCの名前・個人情報は、<PATH 1> のような記号に置き換えます。送る前に、ひととおり目を通してください。',
      examples: ['画面に表示します', 'ファイルに保存します'],
      flags: { out: '書き出すファイル（.txt）' }
    },
    probe: { summary: 'このPCと計算エンジンの状態を表示します', examples: ['問い合わせに添えるとき'] },
    runs: {
      summary: '学習の一覧、または1つの詳細を表示します',
      about:
        'ウィンドウで行った学習（プロジェクトの名前つき）、コマンドで行った学習、--out で別の場所に置いた学習を、すべて一覧にします。どれも、--run に1列めの語・名前（同じ名前の学習がないとき）・フォルダー・latest を書いて選べます。',
      examples: ['新しい順の一覧', '最後の学習の経過']
    },
    storage: {
      summary: 'プロジェクト・学習・モデルの保存場所を表示し、移動します',
      about:
        '--to のフォルダー（空でなければ、その中の新しいフォルダー Neiro）へ、プロジェクト・学習・ごみ箱・ダウンロードしたモデルをコピーし、すべて読み直して確かめてから切り替えます。途中でやめても、電源が切れても、元のままです。前の場所のものは、--empty-old で消すまで残ります。設定と動作ログはデータフォルダーに残ります。',
      examples: ['いまの場所', '別のドライブへ移します', '確かめたあとで、前の場所のものを消します'],
      flags: {
        to: '新しい保存場所にするフォルダー（なければ作ります）',
        'empty-old': '前の場所に残っているものを消します',
        standard: '保存場所が失われたとき、標準の場所に新しく始めます'
      }
    },
    serve: {
      summary: 'ウィンドウを、このPCのブラウザーに開きます',
      about:
        'このPCの中からだけ開けます（127.0.0.1）。表示されるアドレスは一度だけ使え、そのブラウザーだけが入れます。別のブラウザーで開くときは、Enter を押すと新しいアドレスが出ます。ウィンドウから選べるのは、ホームフォルダーと --folder で許したフォルダーの中だけです。Ctrl-C で終了し、学習中なら途中を保存します。',
      examples: [
        'ブラウザーで使うとき',
        '画面のないPCで（ssh -L 8400:127.0.0.1:8400 で手元から）',
        'ホームの外にあるデータやモデルを使うとき'
      ],
      flags: { folder: 'ウィンドウから開いてよいフォルダー（何度でも書けます）' }
    },
    api: {
      summary: '学んだモデルを、ほかのプログラムから使えるようにします（OpenAI と同じ形）',
      about:
        'もとのモデルを1つ開き、そのモデルから学んだものすべてに、名前で呼び分けて答えます。既定ではこのPCの中だけで使え（127.0.0.1）、キーが要ります。キーは最初に作られ、データフォルダーの api-key に保存されます。openai のライブラリーでは base_url と api_key に、表示されたものを書きます。',
      examples: ['いちばん新しい学習のモデルで', '学習とポートを選んで', 'ほかのPCからも使えるように'],
      flags: {
        run: '使えるようにする学習（何度でも書けます。既定: もとが同じものすべて）',
        port: 'ポート番号（既定: 8377、使われていればその次）',
        host: '待ち受けるアドレス。0.0.0.0 でほかのPCからも使えます（キーが要り、通信は暗号化されません）',
        'key-file': 'キーを書いたファイル（なければ作ります）',
        'no-key': 'キーなしで使えるようにします（このPCの中だけ）',
        'allow-origin': 'ブラウザーからの呼び出しを許すページ（何度でも書けます）'
      }
    },
    'take-back': {
      summary: 'よそで学習したフォルダーの結果を受け取ります',
      about:
        'neiro tune --on folder:… で書き出し、よそで学習したフォルダーを、もとの学習に戻します。欠けていないか、その学習のものかを確かめてから受け取ります。あとは、ここで学習したものと同じように使えます。',
      examples: ['持ち帰ったフォルダーから']
    },
    tune: {
      summary: 'モデルに口調を教えます（アダプターを学習します）',
      about:
        'レシピ（YAML）か、--model と --data で始めます。指定はレシピより優先されます。Ctrl-C で途中保存して一時停止し、--resume で続きから再開します（もう一度 Ctrl-C を押すとすぐに終わります）。結果は学習のフォルダーの adapter に入ります。',
      shown: 'レシピの見本 (recipe.yaml)',
      examples: [
        '内蔵のモデルとお手本で試します',
        '自分のファイルで、メモリを節約して学習します',
        'レシピの一部を変えて学習し、途中の回答を見ます',
        '最後の学習の結果を、好まれる答えの組でさらに学習します',
        '自分の回答から学びます。点は、点を付けることを学んだモデルが付けます',
        '自分の回答から学びます。点は、自分のプログラムが付けます（一度たずねます）',
        '最後の学習の続きから',
        'モデルを移動したあとで、続きから',
        'どこででも動かせる学習一式をフォルダーに書き出します',
        'Ray のクラスターで学習します',
        'OpenAI のファインチューニングで学習します。料金を見積もってから',
        '会社の Azure のリソースで学習します'
      ],
      flags: {
        out: '学習のフォルダーの場所（既定はアプリのデータの中）',
        on: 'このPCの代わりに学習する場所: folder:フォルダー ray:http://… ssh:user@host/フォルダー openai azure:https://… 何が出るかを示し、送る前に確かめます',
        'model-there':
          'もとのモデルは送らず、向こうのこのフォルダー（または hub の名前）を使います。openai と azure では、学習するモデルの名前',
        spread: '向こうの複数の GPU への分け方（指定しなければ、入る中でいちばん簡単なもの）',
        'api-version': 'azure の API のバージョン（2024-10-21 など。指定しなければ v1）',
        price: 'openai・azure の、学習100万トークンの単価。送る前に料金を見積もります',
        end: '--resume と一緒に: ここまでで終え、学んだところまでを結果にします（openai・azure では取り消します）'
      }
    }
  },
  /** what a flag means, by its name; where it means another thing, its command says so */
  flags: {
    json: 'プログラム向けに、1行に1つの JSON で出力します',
    lang: '表示の言語（既定はロケールに従います）',
    help: 'この説明を表示します',
    model: 'Hugging Face 形式のモデルのフォルダー。starter は内蔵の小さなモデル',
    adapter: 'アダプターのフォルダー（PEFT 形式）',
    run: '学習の名前かフォルダー。latest は最も新しいもの。モデル・データ・アダプターはそこから取ります',
    data: 'データのファイルやフォルダー（csv tsv xlsx ods docx odt json jsonl parquet txt md html eml mbox）。sample は内蔵のお手本',
    start:
      'この学習（または PEFT フォルダー）の続きから学びます。dpo と kto ではその状態を比べる基準にします',
    'held-out': '検証だけに使うファイル（なければデータから自動で取っておきます）',
    'system-prompt': '会話の初めにモデルへ渡す指示',
    threads: '使う CPU の数（既定はすべて）',
    device: '計算する場所：auto cpu cuda（既定は学習のときの指定、なければ自動）',
    'base-quantization': 'もとのモデルの持ち方: none f32 bf16 int8 nf4（既定は学習したときと同じ）',
    'max-new-tokens': '回答の長さの上限（トークン）',
    'run-program': '点を付けるプログラムをこのPCで動かすことに同意します（たずねられません）',
    send: '示されるものを送ることに同意します（たずねられません）',
    unmasked: '個人情報らしいものが残ったまま、このPCの外へ渡してもよいときに付けます',
    deployment: 'azure でデプロイしたときの名前（できたモデルに答えさせるとき）',
    limit: '答えさせる質問の数（既定 10、0 は答えさせない）',
    name: '学習の名前',
    'reward-run': '回答に点を付けるモデルの学習（--method reward の run）。--method grpo・rloo・ppo で',
    'reward-program': '回答に点を付ける自分のプログラム。1行のJSONを読み、数を1行で返します',
    weight: 'ファイルごとの重み。FILE=2 なら1周に2回、FILE=0.5 なら1つおきに学びます（くり返し書けます）',
    question: '学習の途中で答えさせる質問（くり返し書けます）',
    base: 'アダプターを使わず、もとのモデルと話します',
    prompt: '1つだけ質問して終わります',
    continue: 'この文章の続きを、会話の形にせずに書いて終わります',
    temperature: '温度（0 は毎回同じ回答、既定 0.7）',
    'top-p': '上位の確率の合計（既定 0.9、1 は制限なし）',
    'top-k': '上位何語から選ぶか（既定 0 は制限なし）',
    'min-p': '最上位に対する確率の下限（既定 0）',
    'repetition-penalty': 'くり返しを抑える強さ（既定 1 はなし）',
    'typical-p': 'ほどよい意外さの言葉から選ぶ確率の合計（既定 1 は制限なし）',
    'no-repeat': 'この数だけ続く同じ並びを2度使いません（既定 0 は制限なし）',
    'min-new-tokens': '回答の長さの下限（トークン、既定 0）',
    seed: '乱数の種（既定は毎回変わります）',
    stop: 'この文字列の前で回答を終えます（くり返し書けます）',
    check: '個人情報・重なり・くい違い・書きかけなどを調べます',
    repair: `見つかったことを直します（くり返すか、コンマで並べます）: ${findingKinds.join(' ')}`,
    save: '直したお手本を保存します（.jsonl、.csv、.parquet）',
    as: '保存の形（省くとファイルの種類から）: openai alpaca sharegpt preference kto csv',
    forbid: '使わない言葉を探します（くり返し書けます）',
    'own-number': '自社の番号の例（例 KM-2024-00123）。同じ形の番号を個人情報として扱います',
    augment:
      '質問の言い方を変えたお手本を作り足します: synonyms order typing paraphrase（最後は --model のモデルで）。回答は変えません',
    'augment-share': '作り足す割合の上限。人が書いたお手本1組に対して（0..1、既定 0.25）',
    synonym: '同じ意味の言葉の組（言葉=言葉、くり返し書けます）',
    'save-refused': '読めなかった行の一覧を保存します（.csv か .jsonl）',
    encoding: '文字コードを指定します（utf-8 shift_jis euc-jp utf-16le など）',
    delimiter: '区切りの記号を指定します（comma tab semicolon pipe tilde caret control-a unit-separator）',
    'header-row': '列の名前がある行を指定します（0 = なし）',
    'leave-out-sheet': '読まないシートを指定します（何度でも指定できます）',
    shape: `形を指定します: ${dataShapes.join(' ')}`,
    column: '役割と列の名前の組（例 question=質問 answer=回答）。くり返し書けます',
    split:
      '長い文章を質問と回答に分けます（questions = 質問と回答の印や見出しで、mails = メールごとに、dates = 話し手ごとに）',
    dtype:
      '数値の形式。merged は f32 bf16 f16（省略時はもとのモデルの精度）、GGUF ファイルはほかに q8_0 q4_k_m q4_0（省略時は q4_k_m）',
    force: 'すでにあるフォルダーを置き換えます',
    port: '使うポート（省くと空いているもの）',
    open: 'ブラウザーを開きます',
    agree: 'ライセンスの条件に同意します（条件のあるモデルで、はじめの一度だけ）',
    move: 'ダウンロードしたモデルを、このフォルダーへ移します（空文字で元の場所へ）',
    shared: 'Hugging Face のキャッシュに置き、Python のツールと共有します',
    hub: 'モデルの入手先のアドレス（空文字で公式へ）',
    proxy: 'プロキシのアドレス（空文字で環境変数のとおり）',
    certificates: '社内の証明書（PEM ファイル。空文字でなし）',
    resume: '一時停止・中断した学習を続きから（名前、フォルダー、latest）'
  }
}

/** The shape that the other languages fill. */
export type Words = typeof ja
