// 診断のことば。
import type { CheckUpWords } from './form'

export const ja: CheckUpWords = {
  findings: {
    'personal-data': {
      title: '個人情報が入っています',
      why: 'そのまま学ぶと、モデルが他の人への回答で口にすることがあります。見つけられない名前や番号もあるので、隠したあと、お手本を読んで確かめてください。'
    },
    contradictions: {
      title: '同じ質問に、ちがう回答があります',
      why: 'どちらが正しいか、モデルには分かりません。正しいほうだけを残してください。'
    },
    'other-labels': {
      title: '同じ文章に、ちがうラベルがあります',
      why: 'どちらのラベルが正しいか、モデルには分かりません。正しいほうだけを残してください。'
    },
    leakage: {
      title: '検証用のお手本が、学習用にも入っています',
      why: '答えを見せてから試験をすることになり、点数が実力より高く出ます。'
    },
    mojibake: { title: '文字化けがあります', why: '壊れた文字も、そのまま学びます。' },
    'forbidden-words': { title: '使わない言葉が入っています', why: '学ぶと、回答で使うようになります。' },
    'empty-answers': { title: '中身のない回答があります', why: '「なし」や記号だけの回答を学びます。' },
    placeholders: {
      title: '書きかけの箇所があります',
      why: '○○様や {{name}} が、書きかけのまま学習されます。'
    },
    repeating: { title: '同じ文をくり返す回答があります', why: 'くり返す癖がつきます。' },
    'too-long': { title: '長すぎて、終わりが切れます', why: '回答の終わりかたを学べません。' },
    duplicates: { title: 'まったく同じお手本が重なっています', why: '重なったものだけを、強く学びます。' },
    'near-duplicates': {
      title: 'ほとんど同じお手本が重なっています',
      why: '少しの違いでは、学ぶことは増えません。'
    },
    'mail-rests': {
      title: '引用や署名が残っています',
      why: '回答のあとに、引用や署名を付けるようになります。'
    },
    markup: { title: 'HTML や Markdown の記号が残っています', why: '<br> や ** が、そのまま回答に出ます。' },
    'machine-phrases': {
      title: '生成AIらしい言い回しがあります',
      why: '会社の口調ではなく、その口調を学びます。'
    },
    'only-greeting': { title: 'あいさつや返事だけの回答があります', why: '質問に答えないことを学びます。' },
    'too-short': { title: '短すぎる回答があります', why: '口調を学ぶには足りません。' },
    politeness: {
      title: '文体が混ざっています',
      why: 'です・ます と だ・である が混ざると、回答の文体が定まりません。'
    },
    languages: { title: 'ほかの言語の回答が混ざっています', why: '質問とちがう言語で答えることがあります。' },
    notation: { title: '言葉の書きかたが、そろっていません', why: '多いほうの書きかたにそろえられます。' },
    labels: {
      title: 'お手本の少ない分類があります',
      why: '少ない分類は、選ばれにくくなります。お手本を足してください。'
    },
    topics: {
      title: 'ひとつの話題に偏っています',
      why: 'ほかの話題では、うまく答えられないことがあります。'
    },
    'few-of-topic': {
      title: 'お手本の少ない話題があります',
      why: '少ない話題の質問には、うまく答えられないことがあります。よく来る質問なら、お手本を足してください。'
    },
    'too-few': { title: 'お手本が少なめです', why: '目的に合った数の目安に足りません。足すと安定します。' },
    knowledge: {
      title: '調べて答えるほうが向いています',
      why: '数字や日付を覚えさせる学習は、間違えやすく、あとで直せません。資料を検索して渡す方法が確実です。'
    }
  },
  personal: {
    'secret-url': '鍵つきのURL',
    secret: '鍵・パスワード',
    mail: 'メール',
    licence: '免許証番号',
    passport: '旅券番号',
    'bank-account': '口座番号',
    card: 'カード番号',
    'my-number': 'マイナンバーなどの個人番号',
    'corporate-number': '法人番号',
    phone: '電話番号',
    'birth-date': '生年月日',
    postcode: '郵便番号',
    address: '住所',
    ip: 'IPアドレス',
    mac: 'MACアドレス',
    'own-number': '管理番号',
    name: '名前'
  },
  repairs: {
    mask: '隠す',
    strip: '取り除く',
    'keep-one': '1つだけ残す',
    'leave-out': '除く',
    unify: 'そろえる'
  },
  parts: {
    exact: '完全に同じ',
    near: 'ほとんど同じ',
    polite: 'です・ます',
    plain: 'だ・である',
    mixed: '混在',
    ja: '日本語',
    en: '英語',
    other: 'そのほか',
    sort: '仕分けの目安（ラベルごとに100件）',
    prefer: '好みの目安',
    documents: '文書の目安',
    tone: '口調の目安',
    reasoning: '推論の目安'
  },
  part: (name, count) => `${name} ${count}`,
  between: '、',
  room: {
    checking: (counted) => `${counted}を調べています`,
    stop: 'やめる',
    lead: (counted) => `${counted}を調べました。直しは、いつでも元に戻せます。`,
    noExamples: '調べるお手本が、まだありません。',
    allFine: (counted) => `${counted}を調べました。直したほうがよい所は見つかりませんでした。`,
    nothing: '気になる所はありません',
    done: {
      mask: '隠しました',
      strip: '取り除きました',
      'keep-one': '1つだけ残しました',
      'leave-out': '除きました',
      unify: 'そろえました'
    },
    doneOf: (title) => `（直す前：${title}）`,
    undo: '元に戻す',
    examplesOf: (title) => `${title}：例を見る`,
    willChange: (counted) => `直すと、${counted}が変わります。元のファイルはそのままです。`,
    willDrop: (counted) => `直すと、${counted}を除きます。元のファイルはそのままです。`,
    willDropLearnt: (counted) =>
      `直すと、学習用と検証用に同じか、ほとんど同じものがなくなるように、${counted}を除きます。検証用は、残りから同じ割合で取り直します。元のファイルはそのままです。`,
    choosePairs: '選ぶ',
    keepThis: 'この回答を残す',
    keepThisLabel: 'このラベルを残す',
    keptThis: '選んだ回答を残し、食い違う回答を除きました。',
    moreToChoose: 'ほかにもあります。ここから選ぶと、次の質問が出ます。',
    keepAll: '残りをまとめて決める',
    keepLabel: '残すもの（重なりと食い違いに共通）',
    keep: { first: '初めのものを残す', last: '最後のものを残す', longest: '回答の長いものを残す' },
    columns: { kind: '種類', words: '見つかった言葉', times: '回数' },
    allow: '隠さない',
    allowed: (values) => `隠さないと決めたものが ${values} 件あります。`,
    allowNone: 'すべて隠すことにする',
    listed: (shown, all) => `全${all}件中 ${shown}件`,
    saveList: '一覧を保存',
    choices: { forbidden: '使わない言葉', own: '自社の番号の例' },
    hints: { forbidden: '例：最安値保証', own: '例：KM-2024-00123' },
    add: '足す',
    drop: (word) => `「${word}」をやめる`,
    topics: {
      title: '質問の話題',
      lead: '多くの質問に出てくる言葉と、その言葉のある質問の数です。1つの質問が、いくつかに入ることもあります。意味までは見ていません。',
      typical: '代表的な質問',
      rest: (count) => `上のどの言葉もない質問が ${count}組あります。`
    }
  }
}
