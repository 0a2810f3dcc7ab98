// What a question is about, apart from how it asks: its words of content, in whatever order. Questions about the same are
// found by one key, without a look at all pairs.

/** kanji words that ask, thank and address, and say nothing of what is asked */
const polite =
  /(?:教え|願い|お願|致|頂|下さ|存じ|申し?上げ|質問|問い?合わ?せ|確認|知り|知(?=り)|宜|御|失礼|聞き|伺い|方法|場合|事|時(?!間)|物|者|方(?=は|が|を)|具体的|詳し|詳細|説明|案内|回答|返答|返信|早急|至急|大変|世話|何卒|恐れ入|連絡|初め|今回|先日|本日|以下|上記|下記)/g
const asks: readonly (readonly [string, RegExp])[] = [
  ['いつ', /いつ|何時|何日|何曜|when/i],
  ['どこ', /どこ|どちら|何処|場所|where/i],
  ['いくら', /いくら|お幾ら|何円|how much|料金|費用|値段|価格|金額/i],
  ['なぜ', /なぜ|どうして|理由|why/i],
  ['だれ', /だれ|誰|どなた|who/i],
  ['どう', /どうすれば|どうやって|どのように|方法|やり方|手順|how (?:do|can|should|to)/i],
  ['いくつ', /いくつ|何個|何回|何枚|何名|何人|何冊|何本|何泊|how many/i],
  ['まで', /まで|期限|締切|締め切り|until|deadline/i],
  ['から', /何時から|いつから|開始|since|from when/i],
  ['どれくらい', /どれ(?:くらい|ぐらい|ほど)|何日(?:間|くらい|ほど|で)|何分|何週|how long/i]
]
const stop = new Set(
  'a an the is are was were be been do does did can could may might will would shall should i me my we us our you your it its this that these those to of in on at for from with by and or but if as so about there here please tell know want need like have has had how what when where who why which much many long get got any some just hello hi thanks thank help question'.split(
    ' '
  )
)
const synonyms: Readonly<Record<string, string>> = {
  費用: '料金',
  値段: '料金',
  価格: '料金',
  金額: '料金',
  代金: '料金',
  返却: '返品',
  配送: '発送',
  配達: '発送',
  出荷: '発送',
  注文: '購入',
  解約: '解約',
  退会: '解約',
  申込: '申込',
  申: '申込',
  支払: '支払',
  払: '支払',
  決済: '支払'
}

export interface QuestionContent {
  /** sorted, '' where nothing is left */
  readonly key: string
  /** what it asks for, sorted */
  readonly asks: string
}

export function contentOf(question: string): QuestionContent {
  const text = formOf(question)
  const asked = asks.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)
  return { key: keyOf(text), asks: asked.join(' ') }
}

/** The key alone: asked of every question. */
export const contentKey = (question: string): string => keyOf(formOf(question))

/** Its words as they are written, sorted: what has two names is not one here. */
export const contentWords = (question: string): readonly string[] => [...wordsIn(formOf(question), {})].sort()

const formOf = (question: string): string => question.normalize('NFKC').toLowerCase()

const keyOf = (text: string): string => [...wordsIn(text, synonyms)].sort().join(' ')

function wordsIn(text: string, same: Readonly<Record<string, string>>): ReadonlySet<string> {
  const words = new Set<string>()
  for (const kanji of text.replace(polite, ' ').match(/[一-鿿々]+/g) ?? []) words.add(same[kanji] ?? kanji)
  for (const kana of text.match(/[ァ-ヶー]{2,}/g) ?? [])
    words.add(kana.endsWith('ー') ? kana.slice(0, -1) : kana)
  for (const word of text.match(/[a-z][a-z'’-]*|\d+(?:[.,]\d+)*/g) ?? [])
    if (!stop.has(word)) words.add(word.replace(/(?:'s|’s|ing|ed|es|s)$/, ''))
  return words
}

/** Both ask for the same, or one leaves open what it asks for. */
export const asksAlike = (a: QuestionContent, b: QuestionContent): boolean =>
  a.key === b.key && (a.asks === b.asks || a.asks === '' || b.asks === '')
