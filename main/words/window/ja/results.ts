// くらべる・書き出しのことば。
import { calledBaseJa } from '../../called-base'
import type { HelpWord } from '../help-word'

export const compare = {
  title: '学習の前とあとを、読みくらべてください',
  /** what is known, once it is; the answers are for the reader to judge */
  result: {
    tone: (base: string, tuned: string, all: string) =>
      `${all}問のうち、口調が合う回答は ${base}問から ${tuned}問になりました`,
    fell: (from: string, to: string) => `お手本とのずれは、${from} から ${to} に減りました`,
    rose: (from: string, to: string) => `お手本とのずれは、${from} から ${to} に増えました`,
    still: (at: string) => `お手本とのずれは、${at} のままです`,
    measured: (sentence: string) => `${sentence}。`,
    lead: (n: string) => `${n}問の回答を、読んで確かめてください。`,
    doubtful: (n: string) => `学んだモデルの回答に、気になるものが ${n}問あります。`
  },
  troubles: {
    title: '気になるところ',
    broken: '文字が壊れています。',
    repeated: (phrase: string) => `同じことばをくり返しています：${phrase}`,
    lost: (facts: string) => `この質問のお手本にあって、この回答にないもの：${facts}`,
    invented: (numbers: string) => `質問にも、この質問のお手本にもない数：${numbers}`,
    foreign: (words: string) => `ほかの言語がまじっています：${words}`,
    otherTopic: (lacks: string, says: string) =>
      `別の話かもしれません。質問にある「${lacks}」がなく、「${says}」があります。`,
    missed: {
      tone: '見本の口調になっていません。',
      facts: '見本がこの回答に求める事実が欠けています。'
    },
    and: '、',
    next: '次の気になる回答へ'
  },
  lead: (base: string | null) =>
    `検証用に取っておいた質問に、${calledBaseJa(base)}と学んだモデルが答えます。`,
  toCome: (name: string) => `「${name}」の学習が終わると、ここで読みくらべられます。`,
  noRun: 'くらべられる学習は、まだありません。学習が終わると、ここで読みくらべられます。',
  toTrain: '学習へ',
  run: '学習',
  tabsLabel: 'くらべ方',
  tabs: { pairs: '読みくらべ', vote: 'ふせて投票', scores: '点数', chat: '話してみる' },
  answeringGeneral: '一般の質問に答えています',
  counted: {
    counting: '数えています…',
    nothing: 'まだ回答がありません。「読みくらべ」で回答がそろうと、点数が出ます。',
    basis: 'この判定のもと（3つ合わせて 95 % の幅）',
    measuredAgain: (base: string, tuned: string) =>
      `損失とパープレキシティは、ここで 1問ずつ測り直した値です。学習中とは計算の細かさが違い、学習中の値（損失 ${base} → ${tuned}）とわずかに違うことがあります。比べた問題の数が違うときも、値は変わります。`,
    all: 'すべての点数',
    seconds: '1回答の秒数',
    memory: '使うメモリ',
    questions: (n: string) => `${n}問で`,
    strip: (score: string) => `${score}の 95 % の幅`,
    facts: '事実',
    factsOf: (kept: string, missing: string, invented: string) =>
      `残り ${kept}・抜け ${missing}・書き加え ${invented}`,
    forbidden: '使わないと決めた言葉',
    forbiddenHint:
      '1行に1つ。データの診断の「使わない言葉」と同じ一覧です。回答に出てくると、口調の点が下がります。',
    count: '数え直す',
    missed: (terms: string) => `お手本では使い、使わなかった回答のある言い回し：${terms}`,
    report: '報告書',
    reportLead:
      '1ページ目だけを上司に渡せます。2ページ目からは、くわしい数字です。名前を入れると、確認した人と日付が入ります。',
    saveReport: 'HTML で保存',
    savePdf: 'PDF で保存',
    printing: 'PDF を作っています…'
  },
  ways: {
    open: 'ほかの方法ともくらべる',
    title: 'ほかの方法ともくらべる',
    lead: '学習をしないで済む方法や、ほかの学習のモデルも、同じ質問に答えます。答え終わった分は、もう一度聞きません。',
    prompt: 'よい指示文を付ける',
    promptText: '指示文',
    promptHint: (base: string | null) =>
      `ふだんの指示のかわりに、${calledBaseJa(base)}へ渡します。お手本からの下書きです。直してください。`,
    examples: '質問に近いお手本を見せる',
    retrieval: '資料を検索して見せる',
    count: '見せる数',
    documents: '検索する資料',
    fromExamples: '学習に使ったお手本',
    chooseFiles: 'ファイルを選ぶ',
    files: (n: string) => `${n}個のファイル`,
    otherRuns: 'ほかの学習',
    sampling: '学んだモデルの、ゆらぎを変える',
    temperature: 'ゆらぎ',
    temperatureHint:
      '0 では、いつもいちばん確からしい言葉を選びます。大きいほど、聞くたびに言い方が変わります。',
    kept: 'いま並べている方法',
    questions: '質問の数',
    most: (n: string) => `${n}問`,
    all: (n: string) => `すべて（${n}問）`,
    begin: '答えさせる',
    nothing: 'くらべる方法を選ぶか、質問の数を増やしてください。',
    close: '閉じる',
    sources: (names: string) => `見せた資料：${names}`,
    example: (n: string) => `${n}番目のお手本`
  },
  vote: {
    size: '質問の数',
    sizes: (n: string, minutes: string) => `${n}問（約${minutes}分）`,
    left: (n: string) => `あと${n}問`,
    title: 'どちらが、あなたの会社らしいですか',
    lead: 'どちらがどのモデルかは、ふせてあります。左右は、質問ごとにくじで決めます。',
    another: '人に頼む',
    anotherLead:
      'Neiro がない人には、ブラウザーで開く投票用紙を渡せます。保存された票のファイルを、ここに入れてください。',
    chooseReturned: '返ってきた票を入れる',
    again: 'もう一人、投票する',
    voter: '投票する人の名前',
    voterFirst: '名前を入れると始められます。',
    voterOfFile: '投票用紙は、上の「投票する人の名前」に、渡す相手の名前を入れると作れます。',
    allSame: (n: string) => `${n}問とも、2つのモデルの回答が一字一句同じです。投票で選べるものがありません。`,
    someSame: (n: string, all: string) =>
      `${all}問のうち${n}問は、回答が一字一句同じなので、投票には出しません。`,
    begin: '投票を始める',
    ballotFile: '投票用紙をファイルで渡す',
    progress: (n: string, all: string) => `${n} / ${all}`,
    back: '1つ前にもどる',
    keys: 'キーボードでは ← ↓ →、Enter で次へ',
    send: '投票して次へ',
    allFour: '4つとも選ぶと投票できます。',
    withheld: '結果は、最後まで投票してからお見せします。途中でやめても、同じ名前で続きから投票できます。',
    open: (n: string) => `投票の途中の人が ${n}人います。全員が終わると、結果が出ます。`,
    counted: (n: string) => `最後まで投票した人は ${n}人です。票は保存してあります。`,
    unfinished: (voter: string, done: string, total: string) => `${voter}：${total}問のうち ${done}問まで`,
    resume: '続きから投票する',
    drop: 'この票を外す',
    dropSure: (voter: string, done: string) => `${voter} の ${done}問の票を捨てます。元に戻せません。`,
    dropNow: '捨てる'
  },
  reading: '回答を開いています',
  start: '回答を並べる',
  goOn: '続きを並べる',
  paused: (done: string, total: string) => `${done} / ${total}問で止めています。`,
  pausedEarly: '最初の回答の前で止めています。',
  answering: '回答を作っています',
  answered: (done: string, total: string) => `${done} / ${total}問`,
  cancel: '途中でやめる',
  question: (n: string, all: string) => `${n} / ${all}`,
  reference: '会社の返信（お手本）',
  showReference: 'お手本も見る',
  scores: '点数',
  scoresOn: (n: string) => `検証用の${n}組で`,
  loss: '損失',
  lossTerm: 'loss',
  perplexity: 'パープレキシティ',
  perplexityTerm: 'perplexity',
  tone: '口調が合う',
  facts: '事実が合う',
  toneAnswers: '口調が合う回答',
  factsAnswers: '事実がすべて合う回答',
  of: (n: string, all: string) => `${n} / ${all}`,
  better: 'お手本とのずれは小さくなりました。事実が正しいか、読みやすいかは、この数字ではわかりません。',
  worse: 'お手本とのずれは大きくなりました。くり返しを減らすか、お手本を確かめてください。',
  kept: '合っています',
  missed: '合っていません',
  chatLead: (base: string | null) =>
    `左が${calledBaseJa(base)}、右が学んだモデルです。同じ質問、同じ設定で答えます。`,
  askedWith: (text: string) => `はじめの指示を付けて聞きます:「${text}」`,
  ask: '聞いてみる',
  askExample: '例：ギフト包装はできますか。',
  send: '送る',
  clear: '初めから',
  stop: '止める',
  waits: {
    evaluation: '読みくらべの回答が1つできたら、答えはじめます。',
    export: '書き出しが終わったら、答えはじめます。',
    chat: '前の質問に答え終わったら、答えはじめます。',
    api: 'ほかのプログラムへの回答が終わったら、答えはじめます。'
  },
  afterBase: (base: string | null) => `${calledBaseJa(base)}のあとに答えます。`,
  stopped: 'ここで止めました。',
  stoppedEarly: '答える前に止めました。',
  failedHere: 'ここで途切れました。',
  failedEarly: '回答は届きませんでした。',
  saidNothing: '何も答えずに終わりました。',
  thought: '答える前に考えたこと',
  settings: '答え方の設定',
  systemPrompt: 'はじめの指示（システムプロンプト）',
  fields: {
    temperature: {
      label: 'ゆらぎ',
      help: '回答の言い回しをどれだけ変えるかです。0 にするといつも同じ、上げると多彩になりますが外れやすくなります。'
    },
    topP: {
      label: '候補の広さ',
      help: '確からしい言葉から順に、合わせてこの割合になるまでを候補にします。小さくすると手堅くなり、1 なら絞りません。'
    },
    topK: {
      label: '候補の数',
      help: '次の言葉の候補を、確からしい順にこの数までに絞ります。0 なら絞りません。'
    },
    repetitionPenalty: {
      label: 'くり返しを抑える',
      help: '一度使った言葉をどれだけ避けるかです。1 なら避けず、1.1 ほどでくり返しが減り、上げすぎると不自然になります。'
    },
    maxNewTokens: {
      label: '回答の長さの上限',
      help: '回答がこの長さになると、途中でもそこで終わります。単位はトークン（言葉のかけら）で、日本語ならおよそ1〜2文字です。'
    },
    seed: {
      label: '乱数の種',
      help: 'ゆらぎの出方を決める番号です。同じ番号なら、同じ質問にいつも同じ回答が返ります。'
    }
  },
  wrong: {
    empty: () => '空いています。',
    'no-number': (typed: string) => `「${typed}」は数として読めません。`,
    fraction: (typed: string) => `${typed} は整数ではありません。`,
    small: (typed: string) => `${typed} は小さすぎます。`,
    large: (typed: string) => `${typed} は大きすぎます。`
  },
  enter: (min: string, max: string) => `${min} から ${max} までの数を入れてください。`,
  enterWhole: (min: string, max: string) => `${min} から ${max} までの整数を入れてください。`,
  settingsWrong: '「答え方の設定」に直すところがあります。直すと送れます。',
  defaults: '初めの設定に戻す',
  next: '次へ：書き出す',
  help: [
    {
      word: '検証用の組',
      term: 'held-out',
      text: '学習に使わずに取っておいた質問と返信です。学習したお手本と重なっていなければ、丸暗記ではなく、口調が身についたかがわかります。'
    },
    {
      word: 'パープレキシティ',
      term: 'perplexity',
      text: '次の言葉を選ぶときの迷いの大きさです。小さいほど、会社の返信を自然に書けます。'
    },
    {
      word: 'ゆらぎ',
      term: 'temperature',
      text: '回答の言い回しの変わりやすさです。0 なら同じ質問にいつも同じ回答になります。'
    }
  ] as readonly HelpWord[]
}
export type CompareWords = typeof compare

export const exporting = {
  title: 'どこで使いますか',
  lead: '書き出したファイルは必ず読み返します。計算できる形のものは、学んだモデルと同じ計算になるかも確かめます。',
  toCome: (name: string) => `「${name}」の学習が終わると、ここで書き出せます。`,
  goesOn: (name: string) =>
    `「${name}」は学習の続きに入りました。終わると、そのときの状態をここで書き出せます。これまでに書き出したものは下にあります。`,
  noRun: '書き出せる学習は、まだありません。',
  run: '書き出す学習',
  doubts: {
    early: (share: string) => `この学習は、途中（${share}）で終えています。`,
    notCompared: (base: string | null) => `${calledBaseJa(base)}とは、まだ読みくらべていません。`,
    notToTheEnd: (n: string) => `読みくらべは ${n}問までで、終わりまで済んでいません。`,
    doubtful: (n: string, of: string) =>
      `学んだモデルの回答 ${of}問のうち ${n}問に、気になるところがあります。`,
    repeated: (n: string) => `学んだモデルが、個人情報などの値 ${n}件をそのまま言いました。`,
    inRun: (n: string) => `個人情報などの値 ${n}件が、隠されないまま学習のファイルに入っています。`,
    few: (n: string, least: string, base: string | null) =>
      `読みくらべたのは ${n}問なので、${calledBaseJa(base)}よりよいとは、まだ言えません（${least}問から言えます）。`
  },
  earlier: 'これまでの書き出し',
  before: (step: number | null) =>
    `続きを学ぶ前の状態${step === null ? '' : `（更新 ${step}回）`}は書き出し済みで、下の「これまでの書き出し」にあります。新しく書き出すと、その隣に置きます。`,
  older: (step: number | null) =>
    `この学習の、続きを学ぶ前の状態${step === null ? '' : `（更新 ${step}回）`}を書き出したものです。いまの状態は、上で書き出し直してください。`,
  kinds: {
    ollama: {
      title: 'Ollama で使う',
      text: 'このPCの Ollama に登録して、いつもの画面やコマンドから話せるようにします。ファイルと登録のしかた（Modelfile）を作ります。'
    },
    'lm-studio': {
      title: 'LM Studio で使う',
      text: 'チャットアプリの LM Studio で開ける1つのファイルにします。'
    },
    gguf: {
      title: '1つのファイルにする（GGUF）',
      text: 'llama.cpp を使うソフト全般で開けるファイルです。USB メモリーや共有フォルダーで渡せます。'
    },
    'gguf-adapter': {
      title: '差分だけを1つのファイルにする（GGUF アダプター）',
      text: 'llama.cpp で、もとのモデルの GGUF に重ねて使う小さなファイルです。開発者向けです。'
    },
    merged: {
      title: 'モデル一式を保存する',
      text: '学んだ差分を組み込んだ Hugging Face のフォルダーです。この形を読むアプリや、開発者に渡せます。'
    },
    peft: {
      title: '開発者に渡す（差分のみ）',
      text: 'PEFT アダプターです。小さく、開発者に渡すときに便利です。もとのモデルと一緒に使います。'
    }
  },
  /** 差分を重ねる先が、ほかの学習のモデル全体であるとき */
  besides: {
    peft: (base: string) =>
      `この差分だけでは使えません。もとになるのは「${base}」が学んだモデル全体で、このPCにしかありません。「${base}」を「モデル一式を保存する」で書き出し、それも一緒に渡してください。この学習を「モデル一式を保存する」で書き出せば、それ1つで済みます。`,
    'gguf-adapter': (base: string) =>
      `この差分だけでは使えません。もとになるのは「${base}」が学んだモデル全体で、このPCにしかありません。「${base}」を「1つのファイルにする（GGUF）」で書き出し、それも一緒に渡してください。この学習を「1つのファイルにする（GGUF）」で書き出せば、それ1つで済みます。`
  },
  precision: '形式',
  formats: {
    Q4_K_M: '小さい（Q4_K_M）',
    Q8_0: 'ほぼ元のまま（Q8_0）',
    F16: '16ビット（F16）',
    BF16: '16ビット（BF16）',
    Q4_0: '小さい・旧式（Q4_0）',
    F32: '最大（F32）'
  },
  recommended: 'おすすめ',
  others: 'ほかの形式',
  foundOllama: (version: string) => `このPCで Ollama（${version}）が動いています`,
  foundLmStudio: 'このPCに LM Studio があります',
  values: (difference: string) => `すべての重みを読み返しました（差は最大 ${difference}）`,
  text: {
    same: '文章の区切り方も同じです',
    composed: '文章の区切り方も同じです（分かれて入力された濁点などを除く）',
    near: 'このモデルの文章の区切り方は、GGUF では近い形でしか表せません。同じ文でも答えが変わることがあります。区切りまで同じにするには「モデル一式を保存する」を使ってください'
  },
  next: {
    ollama: 'Ollama に登録すると、すぐに話せます。ほかのPCへは、このフォルダーごと渡してください。',
    'lm-studio':
      'LM Studio に入れると、モデル一覧に並びます。ほかのPCへは、このフォルダーの中の .gguf ファイルを渡してください。',
    gguf: '次は、このフォルダーの中の .gguf ファイルを LM Studio などで開いてください。人に渡すときは、隣の README.md も一緒に渡してください。',
    'gguf-adapter':
      '次は、llama.cpp で、もとのモデルの GGUF と一緒に開いてください（llama-cli -m もとのモデル.gguf --lora このフォルダーの中の .gguf ファイル）。',
    merged:
      '次は、使うアプリでこのフォルダーを開いてください。人に渡すときは、フォルダーごと渡してください。',
    points: '次は、開発者にこのフォルダーを渡してください。使い方は、中の README.md にあります。',
    sorts:
      'Neiro では、「くらべる」の「ファイルを仕分ける」でいつでも使えます。社内の仕組みで使うときは、このフォルダーを開発者に渡してください。',
    peft: '次は、開発者にこのフォルダーを渡してください。使い方は、中の README.md にあります。'
  },
  /** 同じく、ほかの学習のモデル全体に重ねる差分のとき */
  nextBesides: (base: string) =>
    `次は、このフォルダーと、「${base}」を書き出したものを、一緒に渡してください。使い方は、中の README.md にあります。`,
  chat: 'チャットで話す',
  ollama: {
    create: 'Ollama に登録する',
    notRunning:
      'このPCで動いている Ollama が見つかりません。入っていなければ先に入れ、入っていれば起動してから、もう一度確かめてください。',
    lookAgain: 'もう一度確かめる',
    isElsewhere: 'OLLAMA_HOST が別のPCを指しているので、登録はこのPCでは行えません。',
    name: 'Ollama での名前',
    shown: 'Ollama には次の内容を渡します',
    noTemplate: '会話の書式は、ファイルの中のものを Ollama がそのまま使います。',
    send: '登録する',
    close: 'やめる',
    states: {
      hash: 'ファイルを調べています',
      send: 'Ollama に渡しています',
      create: 'Ollama が登録しています'
    },
    done: (name: string) =>
      `登録しました。Ollama の画面で「${name}」を選ぶか、ターミナルで ollama run ${name} と入力すると話せます。`
  },
  lmStudio: {
    put: 'LM Studio に入れる',
    notFound: 'LM Studio が見つかりません。LM Studio の「マイモデル」から、書き出したファイルを開けます。',
    linked: 'LM Studio に入れました（容量は増えません）。LM Studio のモデル一覧に「neiro」として並びます。',
    copied: 'LM Studio にコピーを入れました。LM Studio のモデル一覧に「neiro」として並びます。'
  },
  write: '書き出す',
  again: 'もう一度書き出す',
  elsewhere: '保存先を選ぶ',
  writing: '書き出しています',
  checking: '読み返しています',
  waiting: '順番を待っています',
  waits: {
    evaluation: '読みくらべの、いま作っている回答が終わると始まります',
    chat: 'チャットの回答が終わると始まります',
    export: '先の書き出しが終わると始まります',
    api: 'ほかのプログラムへの回答が終わると始まります'
  },
  part: (done: string, total: string) => `${done} / ${total}`,
  partPrompts: (done: string, total: string) => `${done} / ${total}問`,
  keptDone: '前に確認したものは、そのまま残っています。',
  cancel: 'やめる',
  verified: '読み返して確認済み',
  stamp: '確認済',
  read: 'ファイルを読み返しました',
  same: (counted: string) => `${counted}で、同じ計算になることを確認しました`,
  sameRounded: (counted: string) =>
    `${counted}で計算をくらべ、違いが、数値を丸めたときの範囲に収まることを確認しました`,
  comparedOn: { prompts: (n: string) => `${n}問`, texts: (n: string) => `${n}件の文章` },
  sameAnswers: (n: string) => `${n}つの回答が一字一句同じで、学んだところで終わることを確認しました`,
  changedAnswers: (changed: string, n: string) =>
    `小さく丸めたため、試した ${n}つの回答のうち ${changed}つで言い回しが変わりました。気になるときは、もっと大きい形式で書き出してください`,
  secondSame: 'ファイルだけから別の計算でも求め、数値が一致しました',
  notSecond: {
    size: 'モデルが大きいため、別の計算では確かめていません',
    rounded: 'もとのモデルを少ないビット数で開いているため、別の計算では確かめていません',
    form: 'もとのモデルが Transformers の形で保存されていないため、別の計算では確かめていません',
    sorts: 'ファイルだけから計算し直す確認は、文章を書くモデルだけで行います',
    unknown: 'この種類のモデルは、別の計算では確かめていません'
  },
  largest: '数値の差（最大）',
  show: 'フォルダーを開く',
  path: '保存した場所',
  copyPath: '保存した場所をコピー',
  copied: '保存した場所をコピーしました。',
  copiedInstead: 'フォルダーを開けなかったので、保存した場所をコピーしました。',
  copyRefused: 'コピーできませんでした。上の保存した場所を選んで、コピーしてください。',
  home: 'ホームへ戻る',
  help: [
    {
      word: 'アダプター',
      term: 'PEFT / LoRA',
      text: '学んだ差分だけのファイルです。小さい代わりに、使うときはもとのモデルが必要です。'
    },
    {
      word: 'Hugging Face のフォルダー',
      text: 'モデルを配るときの一般的な形です。多くのアプリや開発の道具が、そのまま開けます。'
    },
    {
      word: '読み返し',
      text: '書き出したファイルを開き直し、同じ質問で同じ計算になるかをくらべることです。違えば、完了とは言いません。'
    }
  ] as readonly HelpWord[]
}
export type ExportWords = typeof exporting
