// データとモデルのことば。
import type { Mending } from '../../../contract/records'
import type { HelpWord } from '../help-word'

export const data = {
  titleEmpty: 'お手本にするファイルを入れてください',
  title: 'お手本を確かめてください',
  titleLoading: 'お手本を開いています',
  titleFailed: 'お手本を開けませんでした',
  loading: 'ファイルを読み直しています',
  opening: '一覧を開いています',
  openAgain: 'もう一度開く',
  lead: '元のファイルは、そのまま残ります。',
  tabsLabel: 'データの見かた',
  tabs: { files: 'ファイルと列', check: '診断', rows: '一覧', refused: '読めなかった所' },
  drop: 'ここにファイルかフォルダーをドロップするか、',
  dropMore: 'ここに追加でドロップするか、',
  chooseFiles: 'ファイルを選ぶ',
  chooseFolder: 'フォルダーを選ぶ',
  formats:
    'Excel（xlsx）・CSV・TSV・JSON・JSONL・Parquet・Word（docx）・LibreOffice（ods・odt）・メール（eml・mbox）・テキスト・Markdown が使えます。文字コードは自動で見分けます。',
  reading: (file: string) => `${file} を読んでいます`,
  readingCount: (done: string, total: string) => (total === '' ? `${done}行` : `${done} / ${total}`),
  cancelReading: '読むのをやめる',
  receiving: (file: string) => `${file} を受け取っています（このPCの中だけです）`,
  cancelReceiving: '受け取るのをやめる',
  moreFailed: (n: string) => `ほかに ${n}個のファイルを受け取れませんでした。`,
  leftOut: (n: string) => `フォルダーの中の、ほかの種類のファイル ${n}個は入れていません。`,
  files: 'ファイル',
  pairs: (n: string) => `${n}組`,
  refusedParts: (n: string) => `読めない所 ${n}`,
  remove: '外す',
  removed: (file: string) => `${file} を外しました。元のファイルはそのままです。`,
  select: (file: string) => `${file} の列を見る`,
  shapes: {
    instruction: '指示・入力・出力の形',
    'prompt-completion': 'プロンプトと続きの形',
    'question-answer': '質問と回答の列',
    messages: '会話（messages）の形',
    conversations: '会話（conversations）の形',
    text: '文章',
    preference: '良い回答と、もう1つの回答',
    rated: '良い・悪いの付いた回答',
    'text-label': '文章とラベルの列'
  },
  pairsByLayout: '質問と回答の組',
  sheets: (name: string, more: number) => `シート「${name}」${more > 0 ? `ほか${more}枚` : ''}`,
  languages: { ja: '日本語', en: '英語', mixed: '日本語と英語', other: 'そのほかの言語' },
  titles: (row: string, above: number) =>
    `${row}行目を見出し行として読みました。${above === 1 ? '' : '1〜\u2060'}${above}行目は使いません。`,
  unsure: '自動の判定に自信がありません。下の列の割り当てを確かめてください。',
  because: (reason: string) => `：${reason}`,
  fields: {
    'not-learnt': (field: string, n: string) => `${n}件の回答は学習しません（${field} の指定）`,
    thinking: (field: string, n: string) =>
      `${n}件の回答に考えの過程（${field}）があります。モデルの会話の形に置き場所があれば学習し、なければ使いません`,
    'not-read': (field: string, n: string) =>
      `「${field}」は読み取りに使いません（${n}件）。意味が変わらないか確かめてください`,
    markup: (field: string, n: string) =>
      `${n}組の文章に、ウェブページの記号（${field} など）が残っています。書かれたとおりに学習します`,
    escapes: (field: string, n: string) =>
      `${n}組の文章で、改行が ${field} の 2 文字になっています。書かれたとおりに学習します`,
    encoded: (field: string, n: string) =>
      `${n}組の文章に、ほかのソフトの書き方（${field} など）が残っています。書かれたとおりに学習します。元のソフトから、ふつうの文章として保存し直してください`,
    template: (field: string, n: string) =>
      `${n}組の文章に、ひな形の印（${field} など）が残っています。書かれたとおりに学習します。印のない会話の形で保存し直してください`,
    questions: (_: string, n: string) =>
      `ひと続きの文章の中に、質問が${n}個あります。質問と回答ではなく、文章として学習します。回答を学ばせるには、前に Q: と A: を付けてください`,
    quoted: (field: string, n: string) =>
      `${n}組の文章に、引用されたメール（${field}…）が残っています。書かれたとおりに学習します`,
    cut: (field: string, n: string) =>
      `${n}件の回答が途中で切れているようです（${field === '…' ? '「…」で終わっています' : `どれも${field}文字です`}）。書かれたとおりに学習します。元のソフトで確かめてください`,
    subtitles: (field: string, n: string) =>
      `${n}組の文章に、字幕の時刻（${field}）があります。書かれたとおりに学習します。時刻のない文章として保存し直してください`,
    table: (field: string, n: string) =>
      `文章の中に表（${field}…）が${n}個あります。表の行を質問と回答にせず、文章として学習します。行ごとに学ばせるには、表だけを別のファイルに保存してください`,
    choices: (field: string, n: string) =>
      `${n}組の文章がチェック欄（${field} など）です。チェックの付いたものだけを学習します`,
    boxes: (field: string, n: string) =>
      `${n}組の文章に、チェック欄（${field}）があります。チェックの有無にかかわらず、書かれたとおりに学習します`,
    swapped: (field: string, n: string) =>
      `質問と回答が入れ替わっているようです（${field}、回答のうち${n}件が質問の形です）。列の割り当てを確かめてください`,
    bare: (field: string, n: string) =>
      `${n}件の回答が、番号かアドレス（${field} など）だけです。書かれたとおりに学習します。回答の文章がある列か確かめてください`,
    'second-table': (field: string, n: string) =>
      `別の表が始まっているようです（行 ${field}）。その下の${n}行も同じように学習します。要らなければ、消して保存し直してください`,
    speaker: (field: string, n: string) =>
      `${n}件の回答が「${field}」のような名前や言葉で始まります。それも学習します。要らなければ、消して保存し直してください`,
    several: (field: string, n: string) =>
      `${n}組で、1つのセルに質問がいくつも入っています（${field}…）。1つの質問として学習します。同じことの言い換えなら、1行に1つずつ分けてください`,
    marked: (field: string, n: string) =>
      `${n}組の質問と回答が、印（${field}…）で始まります。印も書かれたとおりに学習します。要らなければ、印を消して保存し直してください`,
    'old-sheet': (field: string, n: string) =>
      `シート「${field}」は、名前から見ると古いものか控えです（${n}件）。新しいシートと一緒に学習します。要らなければ、このシートを外してください`,
    'old-file': (field: string, n: string) =>
      `「${field}」は、名前から見ると古いものか控えです（${n}件）。ほかのファイルと一緒に学習します。要らなければ、このファイルを外してください`,
    'checking-file': (field: string, n: string) =>
      `「${field}」は、名前から見ると確認用に分けたものです（${n}件）。ほかのファイルと一緒に学習します。確認用なら、ここから外して、確認に使ってください（--held-out）`,
    apart: (field: string, n: string) =>
      `${n}件の文章で、文字と濁点などが別々になっていました（${field}…）。Mac などで起こる書き方です。1 文字にまとめて読みます`,
    'label-forms': (field: string, n: string) =>
      `${field} を、別々のラベルとして学習します（少ないほうの書き方が${n}件）。同じものなら、書き方をそろえてください`,
    comments: (_: string, n: string) => `欄外のコメントが${n}個あります。コメントは学習しません`,
    aside: (field: string) => `学習しない列：${field}`.replaceAll(', ', '、'),
    pair: (field: string, n: string) =>
      `${n}件の文章で、質問と回答が 1 つのセルに入っています（${field}…）。文章として学習します。回答を学ばせるには、2 つの列に分けてください`,
    styles: (field: string, n: string) =>
      `このページの見た目の指定のうち${n}個（${field} など）は読み取りません。ページで隠れている文字も学習することがあります。表計算ソフトで開いて保存し直すと確実です`,
    invisible: (field: string, n: string) =>
      `${n}組の文章に、目に見えない文字（${field}）があります。書かれたとおりに学習します`,
    formula: (field: string, n: string) =>
      `${n}組の文章が、セルに表示される値ではなく数式（${field}…）になっています。書かれたとおりに学習します。Excel で値として保存し直してください`
  },
  doubtfulWords: (words: string) => `（「${words}」）`,
  sure: { high: '確実', fair: 'ほぼ確実', low: '要確認' },
  doubts: {
    'two-encodings': 'ほかの文字コードでも読めます。文字化けがないか確かめてください。',
    'damaged-text': '読めない文字が少しあります。',
    'misread-before': '以前に別の文字コードで開かれ、文字化けしたまま保存されたようです。',
    'several-delimiters': '区切りと考えられる記号が複数あります。',
    'mended-quotes': '引用符の合わない行があり、列の数が合うように読みました。',
    'no-delimiter': '見出し行に区切りの記号が見つかりません。',
    'unknown-names': 'よく使われる列の名前がないため、形から見出し行と判断しました。',
    'no-names': '見出し行がないようです。どの列が質問と回答かを確かめてください。',
    'guessed-columns': '列の名前から判断しました。',
    'guessed-pairs': '文書の形から、質問と回答を判断しました。',
    'mixed-languages': 'ほかの言語も混ざっています。',
    'little-text': '文字が少なく、判断の手がかりがわずかです。'
  },
  parts: {
    encoding: '文字コード',
    delimiter: '区切り文字',
    header: '見出し行',
    shape: '読み取り方',
    language: '言語'
  },
  delimiters: {
    ',': 'コンマ（,）',
    '\t': 'タブ',
    ';': 'セミコロン（;）',
    '|': '縦線（|）',
    '~': 'チルダ（~）',
    '^': 'キャレット（^）',
    '\u0001': '制御文字 SOH（Ctrl-A、データベースの書き出し）',
    '\u001f': '制御文字 US（データベースの書き出し）'
  },
  headerAt: (row: string) => `${row}行目`,
  headerNone: '見出し行なし',
  headerChosen: '行を選ぶ',
  headerRow: '見出し行',
  headerNumber: (name: string) => `${name}の番号`,
  sheetsTitle: 'シート',
  sheetHeader: (sheet: string) => `「${sheet}」の見出し行`,
  sheetRows: (n: string) => `${n}行`,
  sheetUse: {
    unusable: '質問と回答が見つからないため、使いません',
    'left-out': '使いません',
    hidden: 'Excelで非表示のため、使いません'
  },
  lastSheet: 'シートは1枚以上必要です',
  mappingBack: '列の割り当てを自動に戻す',
  amount: {
    none: 'まだお手本がありません',
    few: (n: string) => `${n}組。口調の学習には500組ほどあると安心です`,
    enough: (n: string) => `${n}組。口調には十分です`,
    many: (n: string) => `${n}組。たっぷりあります`,
    repeated: (size: string, all: string) => `${size}（くり返しを除いた数。全部で ${all}組）`,
    made: (size: string, made: string) => `${size}（作り足した${made}組は数えません）`
  },
  mapTitle: 'どの列が、質問と回答ですか',
  mapTitleLabels: 'どの列が、文章とラベルですか',
  mapTitleText: '読み取り方を確かめてください',
  textAlone:
    '質問のない文章です。言葉づかいは学びますが、質問への答え方は学びません。答え方も学ばせるには、質問と回答の列がある表を入れてください。',
  mapFrom: (file: string) => `${file} から、こう読み取りました。`,
  /** beside columns of replies of which one is preferred */
  askedMessages: '会話（質問まで）',
  roles: {
    question: '質問',
    answer: '回答（学ぶところ）',
    subject: '件名（質問の前）',
    instruction: '指示',
    input: '補足（質問のあと）',
    system: 'はじめの指示',
    history: 'これまでのやりとり',
    messages: '会話（回答を学ぶ）',
    text: '文章（学ぶところ）',
    label: 'ラベル（仕分けの答え）',
    chosen: '好ましい回答',
    rejected: 'もう一方の回答',
    verdict: '評価（良い・悪い）',
    none: '使わない'
  },
  rolesBehind: {
    'question+': '質問につなげる',
    'answer+': '回答につなげる（学ぶところ）',
    'instruction+': '指示につなげる',
    'text+': '文章につなげる（学ぶところ）'
  },
  moveUp: (column: string) => `「${column}」を1つ前につなげる`,
  splitTitle: '分け方',
  splitNone: '分けない（文章のまま）',
  splitWays: {
    questions: '質問と回答の印（Q・A）や見出しで分ける',
    mails: 'メールの返信ごとに分ける',
    dates: '話し手（と日付）で分ける'
  },
  splitCount: (way: string, n: string) => `${way}（はじめの部分で${n}組）`,
  splitFound: {
    questions: 'この文章には、質問と回答（Q・A の印、または見出し）があります。',
    mails: 'この文章は、メールのやりとりのようです。',
    dates: 'この文章は、だれが何を話したかの記録のようです。'
  },
  splitOffer: (n: string) => `分けると、質問と回答の組になります（はじめの部分だけで${n}組）。`,
  splitDo: '質問と回答に分ける',
  noColumns: '文書の見出しや表、書き方から、質問と回答を読み取りました。',
  encoding: '文字コード',
  shape: '読み取り方',
  automatic: (found: string) => `自動（${found}）`,
  automaticAgain: '自動に戻す',
  previewTitle: 'モデルにはこう見えます',
  previewOf: (n: string, all: string) => `${n} / ${all}`,
  user: '質問する人',
  assistant: '会社の返信',
  system: 'はじめの指示',
  learnt: '色の付いた部分だけを学びます。',
  notLearnt: (goal: string) => `この行は、目的「${goal}」では学習に使いません。`,
  tokens: (n: string) => `${n}トークン`,
  cut: (n: string) => `長さの上限を超える ${n}トークンは切り落とされます。`,
  previewOpening: 'お手本を開いています',
  noPreview: 'お手本として読めた行がありません。列の割り当てを変えてみてください。',
  raw: '実際の文字列を表示',
  normaliseTitle: '表記のゆれ',
  normaliseLead: '表記をそろえると、同じ言葉を同じものとして学べます。選ばないかぎり、何も変えません。',
  normalise: {
    'half-width-kana': '半角カナを全角にする',
    'full-width-ascii': '全角の英数字を半角にする',
    nfkc: '①や㈱などの文字の形をそろえる（NFKC）',
    'trailing-space': '行末の空白を取り除く'
  },
  places: (n: string) => `${n}か所`,
  split: (train: string, heldOut: string, share: string) =>
    `学習に ${train}、検証に ${heldOut}（全体の ${share}）を使います（割合は「学習」の「くわしい設定」で変えられます）。`,
  lengthTitle: '長さの分布',
  lengthAxes: { x: '長さ（トークン）', y: 'お手本の数' },
  lengthLimit: (n: string) => `上限 ${n}`,
  lengthRange: (from: string, to: string) => `${from}〜${to}トークン`,
  lengthLead: (median: string, longest: string) => `中央値 ${median}、最長 ${longest}トークン`,
  lengthCut: (counted: string, limit: string) =>
    `${counted}が上限の ${limit}トークンを超え、終わりの部分が切り落とされます。`,
  lengthFits: (limit: string) => `すべて上限の ${limit}トークンに収まります。`,
  lengthParted: (limit: string) => `上限の ${limit}トークンより長い文章は、切り落とさずに、分けて学びます。`,
  counting: '長さを数えています…',
  asRead: '元の表を見る',
  asReadLead: '見出し行から下を、ファイルにあるとおりに示します。見出し行より上の行と、空の列は出しません。',
  asReadMail: 'メールから読み取った質問と回答を、1行に1組ずつ示します。',
  asReadFile: '表示するファイル',
  noSource: 'この形で読める行がありません。',
  search: '一覧から探す',
  vanished: (word: string) => `修正した組は「${word}」を含まなくなったため、この検索の結果には出ません。`,
  searchNothing: '検索をやめて、すべて見る',
  noRows: (word: string) => `「${word}」を含む行はありません。`,
  columns: {
    row: '行',
    sheet: 'シート',
    text: '文章',
    question: '質問',
    answer: '回答',
    file: 'ファイル',
    reason: '理由',
    excerpt: '行の先頭',
    mending: '読み方',
    inFile: 'ファイルでは',
    taken: '読み取った列',
    acts: '操作'
  },
  many: {
    filter: 'しぼる',
    filterBy: '診断で見つかったものでしぼる',
    checking: '診断しています…',
    all: 'すべての行',
    finding: (title: string, rows: string) => `${title}（${rows}行）`,
    order: '並べ方',
    orders: {
      file: 'ファイルの順',
      question: '質問の文字の順',
      shortest: '回答の短い順',
      longest: '回答の長い順'
    },
    select: 'この行を選ぶ',
    selected: (rows: string) => `${rows}行を選んでいます`,
    selectAll: (rows: string) => `見つかった${rows}行をすべて選ぶ`,
    allSelected: (rows: string) => `見つかった${rows}行をすべて選んでいます`,
    clear: '選択をやめる',
    drop: '選んだ行を除く',
    dropped: (rows: string) => `${rows}行を除きました。`,
    replace: '言葉を置き換える',
    replaceText: '選んだ行の中の言葉を置き換えます。元のファイルはそのままで、あとから戻せます。',
    from: '探す言葉',
    to: '置き換える言葉',
    replaced: (rows: string) => `${rows}行の言葉を置き換えました。`,
    apply: '置き換える',
    none: 'この条件に合う行はありません。'
  },
  heldOutTag: '検証',
  unusedTag: 'この目的では使いません',
  editedTag: '修正済み',
  edit: '修正',
  drop1: '除く',
  dropped: '1組を除きました。',
  emptyPair: '質問と回答の両方を書くと、保存できます。',
  emptyText: '文章を書くと、保存できます。',
  saveEdit: '修正を保存',
  page: (from: string, to: string, all: string) =>
    from === to ? `全${all}件中 ${from}件目` : `全${all}件中 ${from}〜\u2060${to}件`,
  noRefused: '読めなかった所はありません。',
  refusedLead:
    '次の行やシートは、まだ学習に使いません。「直す」のある行は、ここで足りない所を書けます。一覧を保存してExcelで書き入れ、そのファイルを入れることもできます。',
  saveRefused: '一覧を保存する',
  mendedTitle: '直して読んだ行',
  mendedLead: (n: string) =>
    `書かれたとおりには読めなかった ${n} 行を、列の数が合うように読みました。学習に使うので、正しいか確かめてください。`,
  mendedFirst: (n: string) => `はじめの ${n} 行を示します。`,
  mendings: {
    backslash: '「\\」の付いた引用符を、文字として読みました',
    'own-line': '閉じていない引用符を文字とし、この行だけで読みました',
    'inner-mark': '引用符のうしろの文字も、同じセルとして読みました',
    nul: '表示できない文字（NUL）を除きました'
  } satisfies Record<Mending, string>,
  wholeSheet: 'シート全体',
  wholeFile: 'ファイル全体',
  putRight: '直す',
  putRightLead: '下の欄がそろうと、この行もお手本になります。元のファイルはそのままです。',
  putRightLeadText: '文章を書くと、この行もお手本になります。元のファイルはそのままです。',
  putRightPlace: (file: string, row: string) => `${file} の ${row}行目`,
  asItStands: 'ファイルにあるとおりの行',
  putRightSave: 'お手本にする',
  putRightDone: '1行をお手本にしました。「一覧」にあります。',
  copies: (n: string, size: string) => `いまは使っていないファイルのコピーが ${n}個（${size}）残っています。`,
  copiesWhy: '「戻す」「やり直す」で使えるように、取ってあります。元のファイルとは別のものです。',
  emptyCopies: 'コピーを消す',
  copiesEmptied: (n: string, size: string) => `コピー ${n}個（${size}）を消しました。`,
  changes: {
    add: (file: string, more: number) => `${file} ${more > 0 ? `ほか${more}個` : ''}の追加`,
    remove: (file: string) => `${file} を外したこと`,
    overrides: (file: string) => `${file} の読み取り方`,
    'as-meant': (file: string) => `${file} を目的に合わせて読んだこと`,
    normalisation: () => '表記のそろえ方',
    edit: (file: string) => `${file} の修正`,
    'put-right': (file: string) => `${file} の直した行`,
    'leave-out': (file: string) => `${file} から除いた1組`,
    rows: () => '行をまとめて変えたこと',
    repair: () => '診断の直し',
    check: () => '診断の決めごと'
  },
  undo: (change: string) => `戻す：${change}`,
  redo: (change: string) => `やり直す：${change}`,
  undoTitle: (n: number) => `${n}個のファイルの追加を元に戻しますか`,
  undoText: '次のファイルが、この一覧から外れます。元のファイルはそのままです。',
  undoNot: 'そのままにする',
  undoFiles: '追加を元に戻す',
  unchanged: '元のファイルはそのまま残ります。',
  next: '次へ：モデルを選ぶ',
  needMore: 'お手本を2組以上入れると、次へ進めます。',
  /** rows that were read well, of a kind that the goal has no use for */
  otherKinds: (n: string, goal: string) =>
    `${n}件は、目的「${goal}」では学習に使いません（ラベルや評価の付いた行など、別の目的の形です）。目的を変えるか、列の役割を選び直してください。`,
  /** the same, where there is enough that is learnt from */
  otherKindsStay: (n: string, goal: string) =>
    `${n}件は、目的「${goal}」では学習に使いません。そのまま残してかまいません。`,
  /** how such rows can be made examples of answers */
  madeAnswers: {
    preference:
      '好ましい回答の列を「回答（学ぶところ）」に、もう一方の回答の列を「使わない」にすると、好ましい回答がお手本になります。',
    rated: '評価の列を「使わない」にすると、良いと評価された回答だけがお手本になります。'
  },
  /** of a file whose rows the goal does not learn from */
  notUsed: '使いません',
  /** the goal learns from them in a way that experts choose */
  forExperts: '「回答と分類を一度に」学ぶときだけ使います',
  toGoal: '目的を選び直す',
  help: [
    {
      word: 'お手本',
      term: '学習データ',
      text: 'モデルに見せる、質問と会社の返信の組です。数が多く、書き方がそろっているほど、口調が安定します。'
    },
    {
      word: '検証',
      term: 'held-out',
      text: '学習に使わずに取っておくお手本です。これに答えさせて、丸暗記ではなく身についたかを確かめます。学習したお手本とほとんど同じものがあると、確かめになりません。診断で見つかります。'
    },
    {
      word: 'トークン',
      term: 'token',
      text: 'モデルが文章を読むときの小さな単位です。長い組ほどトークンが多く、学習に時間とメモリがかかります。'
    },
    {
      word: '文字コード',
      term: 'encoding',
      text: '文字をファイルに記録するときの決まりです。決まりが違うと文字化けするので、下の見本が読めないときは、ほかのものを選んでください。'
    },
    {
      word: '読み取り方',
      term: 'shape',
      text: 'ファイルの中で、どこが質問でどこが回答かという形のことです。表なら列から、会話の記録なら話した人から読み取ります。'
    },
    {
      word: '文字の形をそろえる',
      term: 'NFKC',
      text: '①や㈱、㎏のように、同じ意味で形の違う文字を、ふつうの文字に置き換える決まりです。置き換えると同じ言葉として学べますが、返信からも元の形は消えます。'
    }
  ] as readonly HelpWord[]
}
export type DataWords = typeof data

export const model = {
  title: '土台にするモデルを選んでください',
  lead: '大きさと時間は、このPCでの見込みです。もとのモデルは書き換えず、小さな差分だけを学びます。',
  listLabel: 'モデル',
  builtIn: '練習用モデル',
  builtInText:
    'Neiro に入っている、流れを試すための小さなモデルです。仕事には、もっと大きなモデルを選んでください。',
  add: 'モデルのフォルダーを選ぶ',
  addFile: 'GGUF ファイルを選ぶ',
  addText: 'お持ちのモデル（フォルダー、または GGUF ファイル）は、ここにドロップするか、選んでください。',
  forget: '一覧から外す',
  forgotten: (name: string) => `${name} を一覧から外しました。フォルダーはそのままです。`,
  onlySorts: '文章を仕分けるモデルです。口調を学ぶ目的には使えません。',
  facts: {
    sorts: '仕分け用（文章は書きません）',
    size: (size: string, parameters: string) => `大きさ ${size}（パラメーター ${parameters}）`,
    family: (family: string) => `種類 ${family}`,
    licence: (licence: string, commercial: boolean) =>
      `ライセンス ${licence}${commercial ? '（商用利用できます）' : ''}`,
    noLicence: 'ライセンスの記載なし',
    languages: (list: string) => `対応言語 ${list}`,
    precision: (dtype: string) => `数値の形式 ${dtype}`,
    template: '会話に対応',
    noTemplate: '会話には未対応'
  },
  loses: (characters: string) =>
    `このモデルは ${characters} などの文字を読めません。学習に使うと、その文字が失われます。`,
  fits: 'このPCで動きます',
  tight: 'ほかのアプリを閉じれば収まります',
  tooLarge: 'このPCには大きすぎます',
  packed: 'メモリに収めるため、モデルを4ビットに縮めて学習します。回答がわずかに変わることがあります。',
  memory: (need: string, have: string) => `メモリ ${need} / ${have}`,
  time: (time: string) => `学習 ${time}`,
  missing: (size: string) =>
    `メモリがあと ${size} 足りません。ほかのアプリを閉じるか、小さなモデルを選んでください。`,
  measuring: '測っています…',
  measureAgain: '測り直す',
  looking: 'モデルを調べています',
  next: '次へ：学習の準備',
  chooseFirst: 'モデルを一つ選ぶと、次へ進めます。',
  modelsTitle: 'モデル',
  modelsLead: 'このPCにあるモデルと、ダウンロードできるモデルです。',
  help: [
    {
      word: 'もとのモデル',
      term: 'base model',
      text: 'すでに公開されている、文章を書けるモデルです。大きいほど賢く答えますが、メモリと時間がかかります。'
    },
    {
      word: 'B（ビー）',
      term: 'parameters',
      text: 'モデルの大きさの単位で、1B は10億個の数です。大きいほど回答の質が上がり、遅くなります。'
    },
    {
      word: 'ライセンス',
      term: 'licence',
      text: 'モデルの作者が決めた利用条件です。仕事に使う前に、商用利用できるかを確かめてください。'
    }
  ] as readonly HelpWord[]
}
export type ModelWords = typeof model
