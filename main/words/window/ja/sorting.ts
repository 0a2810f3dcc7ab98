// 文章を仕分ける画面のことば。
export const sorting = {
  tabs: { labels: '仕分けの出来', try: '試す', file: 'ファイルを仕分ける' },
  title: '仕分けの出来を確かめる',
  lead: '学習に使わなかった行を仕分けて、正しいラベルとくらべます。',
  resultTitle: (right: string, rows: string) => `検証用の ${rows}行のうち ${right} を正しく仕分けました`,
  fewRows: (rows: string) =>
    `検証用が ${rows}行だけなので、1行の当たり外れで大きく変わります。よいかどうかは、まだ言えません。`,
  counted: (rows: string) => `${rows}行`,
  data: {
    title: 'ラベルの内訳',
    one: (labels: string) => `文章ごとに、${labels} 種類から1つ`,
    several: (labels: string) => `文章ごとに、${labels} 種類からいくつでも`,
    number: '文章ごとに、数を1つ',
    sortedText: '文章（仕分けるもの）',
    joinedText: '文章につなげる（仕分けるもの）',
    label: 'ラベル',
    orders: {
      file: 'ファイルの順',
      question: '文章の文字の順',
      shortest: 'ラベルの短い順',
      longest: 'ラベルの長い順'
    },
    empty: '文章とラベルの両方を書くと、保存できます。',
    rows: '行数',
    rare: (labels: string) =>
      `行が少なく、見落とされやすいラベルがあります（${labels}）。行を足すか、学習の部屋の「少ないラベルの重み」を使ってください。`,
    even: 'どのラベルにも、目安の 100行以上があります。',
    equal: (rows: string) => `どのラベルも ${rows}行です。ラベルごとに 100行ほどあると、見分けが安定します。`,
    fewest: (labels: string, rows: string) =>
      `行のいちばん少ないラベル（${labels}）は ${rows}行です。ラベルごとに 100行ほどあると、見分けが安定します。`,
    none: '文章の列とラベルの列が、まだ見つかっていません。上の列の一覧で、「文章」と「ラベル」にする列を選んでください。',
    needLabels: '「文章」と「ラベル」にする列を選ぶと、次へ進めます。',
    needRows: '文章とラベルを 2行以上入れると、次へ進めます。',
    others: (count: string) => `ほかの ${count} 行は、仕分けには使いません。`
  },
  presets: {
    quick: '一部の行だけで、見分けられるかを先に確かめます。',
    quickOfAll: '短い学習で、見分けられるかを先に確かめます。',
    balanced: '土台のモデルに付け足す部分だけを学ぶ、ふつうの学習です。',
    quality: '時間をかけて、より多くの部分を学びます。よく似たラベルが多いときに。'
  },
  home: { headline: '仕分けの出来を確かめましょう。', seen: '出来を確かめました。書き出せます' },
  working: '検証用の行を仕分けています。',
  scores: '出来',
  scoresOn: (rows: string) => `検証用の ${rows}行で`,
  leftOut: (rows: string) => `${rows} 行は仕分けられないか、学んでいないラベルでした。`,
  threshold: 'ラベルを付ける確率の下限',
  thresholdHint: '下げるとラベルが多く付き、上げると確かなものだけが付きます。',
  classes: 'ラベルごとの出来',
  classesHelp: 'ラベルを選ぶと、その行が下に出ます。',
  label: 'ラベル',
  precision: '適合率',
  recall: '再現率',
  f1: 'F1',
  rows: '行数',
  confusion: 'どれをどれと答えたか',
  confusionHelp: '縦が正しいラベル、横が答えたラベルです。数を選ぶと、その行が下に出ます。',
  is: '正しいラベル',
  confused: '取り違えの多い組',
  cell: (is: string, said: string, rows: string) => `${is} を ${said} と答えた ${rows} 行`,
  behind: '行',
  wrong: '間違えた行',
  ofLabel: (label: string) => `正しくは「${label}」の行`,
  ofCell: (is: string, said: string) => `正しくは「${is}」、答えは「${said}」の行`,
  all: '間違えた行に戻る',
  noRows: 'あてはまる行はありません。',
  text: '文章',
  expected: '正しいラベル',
  said: '答え',
  probability: '確率',
  nothingSaid: 'なし',
  tryTitle: '文章を入れて試す',
  tryExample: '例：注文した荷物がまだ届きません。',
  tryAct: '仕分ける',
  tryResult: '仕分けの結果',
  fileTitle: 'ファイルの全部の行を仕分ける',
  fileText:
    '表のファイル（CSV、Excel など）を選ぶと、1行ずつ仕分けて、もとの列にラベルと確率を加えた CSV を保存します。ファイルは外に送られません。',
  fileAct: 'ファイルを選ぶ',
  fileColumn: '仕分ける文章の列',
  fileRows: (rows: string) => `${rows} 行あります。もとの列は、そのまま残ります。`,
  fileStart: (rows: string) => `${rows} 行を仕分ける`,
  fileOther: '別のファイルを選ぶ',
  fileStop: 'やめる',
  fileStopped: 'やめました。何も保存していません。',
  fileLooking: 'ファイルを読んでいます。',
  fileWorking: '仕分けています。',
  fileSoFar: (done: string, total: string) => `${done} / ${total} 行`,
  fileDone: (rows: string, name: string) => `${rows} 行を仕分け、「${name}」として保存しました。`,
  fileUnread: (rows: string) => `${rows} 行にはラベルがありません。理由は、その行の最後の列にあります。`,
  help: [
    { word: '正解率', text: '正しく仕分けられた行の割合です。行の多いラベルの出来に引かれやすい数です。' },
    {
      word: '適合率',
      text: 'そのラベルだと答えた行のうち、本当にそうだった割合です。低いと、付けすぎています。'
    },
    { word: '再現率', text: '本当にそのラベルの行のうち、見つけられた割合です。低いと、見落としています。' },
    {
      word: 'F1',
      text: '適合率と再現率をまとめた数です。マクロはどのラベルも同じ重みで、マイクロはすべての判断を合わせて、加重は行の多いラベルほど重くして平均します。'
    }
  ],
  exampleHelp: {
    word: 'お手本',
    term: '学習データ',
    text: 'モデルに見せる、文章とラベルの行です。どのラベルにも十分な行があるほど、見分けが安定します。'
  }
}
