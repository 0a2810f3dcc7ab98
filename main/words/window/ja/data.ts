// データとモデルのことば。
import type { HelpWord } from '../help-word'

export const data = {
  titleEmpty: 'お手本にするファイルを入れてください',
  title: 'お手本を確かめてください',
  titleLoading: 'お手本を開いています',
  titleFailed: 'お手本を開けませんでした',
  loading: 'ファイルを読みなおしています',
  openAgain: 'もう一度開く',
  lead: '元のファイルは、そのまま残ります。',
  tabsLabel: 'データの見かた',
  tabs: { files: 'ファイルと列', rows: '一覧', refused: '読めなかった行' },
  drop: 'ここにファイルかフォルダーをドロップするか、',
  dropMore: 'ここに追加でドロップするか、',
  chooseFiles: 'ファイルを選ぶ',
  chooseFolder: 'フォルダーを選ぶ',
  formats:
    'Excel（xlsx）・CSV・TSV・JSON・JSONL・Word（docx）・テキスト・Markdown が使えます。文字コードは自動で見分けます。',
  reading: (file: string) => `${file} を読んでいます`,
  readingCount: (done: string, total: string) => (total === '' ? `${done}行` : `${done} / ${total}`),
  cancelReading: '読むのをやめる',
  receiving: (file: string) => `${file} を受け取っています（このPCの中だけです）`,
  cancelReceiving: '受け取るのをやめる',
  moreFailed: (n: string) => `ほかに ${n}個のファイルを受け取れませんでした。`,
  leftOut: (n: string) => `フォルダーの中の、ほかの種類のファイル ${n}個は入れていません。`,
  files: 'ファイル',
  pairs: (n: string) => `${n}組`,
  refusedRows: (n: string) => `読めない行 ${n}`,
  remove: '外す',
  removed: (file: string) => `${file} を外しました。元のファイルはそのままです。`,
  select: (file: string) => `${file} の列を見る`,
  shapes: {
    instruction: '指示・入力・出力の形',
    'prompt-completion': 'プロンプトと続きの形',
    'question-answer': '質問と回答の列',
    messages: '会話（messages）の形',
    conversations: '会話（conversations）の形',
    text: '文章'
  },
  sheets: (name: string, more: number) => `シート「${name}」${more > 0 ? `ほか${more}枚` : ''}`,
  languages: { ja: '日本語', en: '英語', mixed: '日本語と英語', other: 'そのほかの言語' },
  titles: (row: string, list: string) =>
    `${row}行目を列の名前としました。その上（${list}）は、お手本にしません。`,
  unsure: 'たしかではありません。下の読み取り方が合っているか見てください。',
  because: (reason: string) => `：${reason}`,
  sure: { high: '確か', fair: 'ほぼ確か', low: '要確認' },
  doubts: {
    'two-encodings': 'ほかの文字コードでも読めるため、文字化けがないか見てください。',
    'damaged-text': '読めない文字が少しあります。',
    'several-delimiters': '区切りになりうる記号がいくつかあります。',
    'no-delimiter': '名前の行に区切りの記号が見つかりません。',
    'unknown-names': '知っている列の名前はなく、形から名前の行としました。',
    'no-names': '列の名前がないようです。どの列が質問と回答か、見てください。',
    'guessed-columns': '列の名前から推しはかりました。',
    'guessed-pairs': '文書の形から、質問と回答を推しはかりました。',
    'mixed-languages': 'ほかの言語も混じっています。',
    'little-text': '文字が少なく、見分ける手がかりがわずかです。'
  },
  parts: {
    encoding: '文字コード',
    delimiter: '区切り',
    header: '列の名前',
    shape: '読み取り方',
    language: 'ことば'
  },
  delimiters: { ',': 'コンマ（,）', '\t': 'タブ', ';': 'セミコロン（;）', '|': '縦線（|）' },
  headerAt: (row: string) => `${row}行目`,
  headerNone: '名前の行はない',
  headerChosen: '行を選ぶ',
  headerRow: '列の名前の行',
  headerNumber: (name: string) => `${name}の番号`,
  sheetsTitle: 'シート',
  sheetHeader: (sheet: string) => `「${sheet}」の列の名前の行`,
  sheetRows: (n: string) => `${n}行`,
  sheetUse: {
    unusable: '質問と回答が見つからないため、使いません',
    'left-out': '使いません',
    hidden: 'Excelで非表示のため、使いません'
  },
  lastSheet: '一枚は残します',
  mappingBack: '列の選び方を自動に戻す',
  amount: {
    none: 'まだお手本がありません',
    few: (n: string) => `${n}組。口調の学習には500組ほどあると安心です`,
    enough: (n: string) => `${n}組。口調には十分です`,
    many: (n: string) => `${n}組。たっぷりあります`
  },
  mapTitle: 'どの列が、質問と回答ですか',
  mapFrom: (file: string) => `${file} から、こう読み取りました。`,
  roles: {
    question: '質問',
    answer: '回答（学ぶところ）',
    instruction: '指示',
    input: '補足の入力',
    system: 'はじめの指示',
    text: '文章（学ぶところ）',
    none: '使わない'
  },
  noColumns: 'このファイルには、選ぶ列がありません。形をそのまま読み取りました。',
  encoding: '文字コード',
  shape: '読み取り方',
  automatic: (found: string) => `自動（${found}）`,
  automaticAgain: '自動に戻す',
  previewTitle: 'モデルにはこう見えます',
  previewOf: (n: string, all: string) => `${n} / ${all}`,
  user: '質問する人',
  assistant: '会社の返信',
  system: 'はじめの指示',
  learnt: '藍色の部分だけを学びます。',
  tokens: (n: string) => `${n}トークン`,
  cut: (n: string) => `長さの上限をこえる ${n}トークンは切り落とされます。`,
  noPreview: 'お手本として読めた行がありません。列の選び方を変えてみてください。',
  raw: '実際の文字列を見る',
  normaliseTitle: '書き方のちがい',
  normaliseLead: 'そろえると、同じ言葉を同じものとして学べます。選ばないかぎり、何も変えません。',
  normalise: {
    'half-width-kana': '半角カナを全角にする',
    'full-width-ascii': '全角の英数字を半角にする',
    nfkc: 'そのほかの文字の形をそろえる（NFKC）',
    'trailing-space': '行末の空白を取る'
  },
  places: (n: string) => `${n}か所`,
  split: (train: string, heldOut: string) => `学習に ${train}組、検証に ${heldOut}組`,
  lengthTitle: '長さの分かれ方',
  lengthLead: (median: string, longest: string) => `まんなか ${median}、いちばん長いもの ${longest}トークン`,
  lengthCut: (n: string, limit: string) =>
    `${n}組が上限の ${limit}トークンをこえ、終わりが切り落とされます。`,
  lengthFits: (limit: string) => `すべて上限の ${limit}トークンに収まります。`,
  counting: '長さを数えています…',
  asRead: '読んだまま',
  asReadLead: 'ファイルにあるとおりの列と行です。',
  asReadFile: '見るファイル',
  noSource: 'この形で読める行がありません。',
  search: '一覧から探す',
  noRows: (word: string) => `「${word}」を含む行はありません。`,
  columns: {
    row: '行',
    sheet: 'シート',
    text: '文章',
    question: '質問',
    answer: '回答',
    file: 'ファイル',
    reason: '理由',
    excerpt: '行の初め',
    acts: '操作'
  },
  heldOutTag: '検証',
  editedTag: '直した',
  edit: '直す',
  drop1: '除く',
  dropped: '1組を除きました。',
  emptyPair: '質問と回答の両方を書くと、保存できます。',
  emptyText: '文章を書くと、保存できます。',
  saveEdit: '直しを保存',
  page: (from: string, to: string, all: string) => `${all} のうち ${from}–${to}`,
  noRefused: '読めなかった行はありません。',
  refusedLead: '下の行は学習に使われません。理由を見て直したファイルを入れなおすと、読めるようになります。',
  saveRefused: '一覧を保存する',
  undo: {
    add: (file: string) => `戻す：${file} の追加`,
    remove: (file: string) => `戻す：${file} を外したこと`,
    overrides: (file: string) => `戻す：${file} の読み取り方`,
    normalisation: () => '戻す：書き方のそろえ方',
    edit: (file: string) => `戻す：${file} の直し`,
    'leave-out': (file: string) => `戻す：${file} から除いた1組`
  },
  unchanged: '元のファイルはそのまま残ります。',
  next: '次へ：モデルを選ぶ',
  needMore: 'お手本を2組以上入れると、次へ進めます。',
  help: [
    {
      word: 'お手本',
      term: '学習データ',
      text: 'モデルに見せる、質問と会社の返信の組です。数が多く、書き方がそろっているほど、口調が安定します。'
    },
    {
      word: '検証',
      term: 'held-out',
      text: '学習に使わずにとっておくお手本です。これに答えさせて、丸暗記ではなく身についたかを確かめます。'
    },
    {
      word: 'トークン',
      term: 'token',
      text: 'モデルが文章を読むときの小さな単位です。長い組ほどトークンが多く、学習に時間とメモリがかかります。'
    },
    {
      word: '文字コード',
      term: 'encoding',
      text: '文字をファイルに記すときの約束です。約束がちがうと文字化けするので、下の見本が読めないときは、ほかのものを選んでください。'
    },
    {
      word: '読み取り方',
      term: 'shape',
      text: 'ファイルの中で、どこが質問でどこが回答かという形のことです。表なら列から、会話の記録なら話した人から読み取ります。'
    },
    {
      word: '文字の形をそろえる',
      term: 'NFKC',
      text: '①や㈱、㎏のように、同じ意味で形のちがう文字を、ふつうの文字に書きかえる決まりです。書きかえると同じ言葉として学べますが、返信からも元の形は消えます。'
    }
  ] as readonly HelpWord[]
}
export type DataWords = typeof data

export const model = {
  title: '土台にするモデルを選んでください',
  lead: 'もとのモデルは書き換えません。小さな差分だけを学びます。',
  listLabel: 'モデル',
  builtIn: '内蔵の練習用モデル',
  builtInText: '流れを試すための小さなモデルです。仕事には、もっと大きなモデルのフォルダーを選んでください。',
  add: 'モデルのフォルダーを選ぶ',
  addText: 'Hugging Face 形式のフォルダー（config.json と safetensors）を使えます。',
  forget: '一覧から外す',
  forgotten: (name: string) => `${name} を一覧から外しました。フォルダーはそのままです。`,
  facts: {
    size: (size: string, parameters: string) => `${size}（${parameters}）`,
    licence: (licence: string) => `使用条件 ${licence}`,
    noLicence: '使用条件の記載なし',
    languages: (list: string) => `ことば ${list}`,
    precision: (dtype: string) => `精度 ${dtype}`,
    template: '会話の形あり',
    noTemplate: '会話の形なし'
  },
  loses: (characters: string) =>
    `このモデルは ${characters} などの文字を読めません。学習に使うと、その文字が失われます。`,
  fits: 'このPCで動きます',
  tight: 'ほかのアプリを閉じれば収まります',
  tooLarge: 'このPCには大きすぎます',
  memory: (need: string, have: string) => `${need} / ${have}`,
  time: (time: string) => `学習 ${time}`,
  missing: (size: string) =>
    `メモリがあと ${size} 足りません。ほかのアプリを閉じるか、小さなモデルを選んでください。`,
  measuring: '測っています…',
  measureAgain: '測り直す',
  looking: 'モデルを調べています',
  next: '次へ：学習の準備',
  chooseFirst: 'モデルを一つ選ぶと、次へ進めます。',
  modelsTitle: 'モデル',
  modelsLead: 'このPCで使えるモデルです。',
  help: [
    {
      word: 'もとのモデル',
      term: 'base model',
      text: 'すでに公開されている、文章を書けるモデルです。大きいほど賢く答えますが、メモリと時間がかかります。'
    },
    {
      word: 'B（ビー）',
      term: 'parameters',
      text: 'モデルの大きさの単位で、1B は10億個の数です。大きいほど答えがよく、遅くなります。'
    },
    {
      word: '使用条件',
      term: 'licence',
      text: 'モデルの作者が決めた使い方の約束です。仕事に使う前に、商用に使えるかを確かめてください。'
    }
  ] as readonly HelpWord[]
}
export type ModelWords = typeof model
