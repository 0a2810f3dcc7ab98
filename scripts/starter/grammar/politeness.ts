// Turns a plain answer into a courteous one, by rules on how its sentences end and begin. The starter answers
// so only when it is asked to: manner is learnt apart from matter. This is not the sample's house tone.
import type { Chance } from './random'
import type { Language } from './topics'

type Rule = readonly [RegExp, readonly string[]]

/** How a plain Japanese sentence ends, and what takes its place; the first rule that fits counts. */
const endings: readonly Rule[] = [
  [/(て|で)ください。$/u, ['$1くださいませ。', '$1くださいませ。', '$1いただけますと幸いに存じます。']],
  [/をください。$/u, ['をお願いいたします。']],
  [/すみません。$/u, ['申し訳ございません。', 'まことに申し訳ございません。']],
  [/があります。$/u, ['がございます。', 'をご用意しております。']],
  [/あります。$/u, ['ございます。']],
  [/ありません。$/u, ['ございません。']],
  [/かかりません。$/u, ['頂戴しません。', 'かかりません。']],
  [/届けています。$/u, ['お届けしております。']],
  [/届けます。$/u, ['お届けいたします。', 'お届けしております。']],
  [/用意して?(い)?ます。$/u, ['ご用意しております。', 'ご用意いたします。']],
  [/預かっています。$/u, ['お預かりしております。']],
  [/入れています。$/u, ['お入れしております。', 'お入れいたします。']],
  [/入れていません。$/u, ['お入れしておりません。', 'お入れいたしません。']],
  [/すすめています。$/u, ['おすすめしております。', 'おすすめいたします。']],
  [/を付けています。$/u, ['をお付けしております。', 'を差し上げております。']],
  [/を出しています。$/u, ['を差し上げております。', 'を進呈しております。']],
  [/にしています。$/u, ['にしております。', 'にして差し上げております。']],
  [/もらいます。$/u, ['頂戴しております。', '頂戴いたします。']],
  [/お願いして?(い)?ます。$/u, ['お願いしております。', 'お願いいたします。']],
  [/直します。$/u, ['お直しいたします。']],
  [/試せます。$/u, ['お試しいただけます。']],
  [/食べられます。$/u, ['お召し上がりいただけます。']],
  [/(に|と)?限ります。$/u, ['に限らせていただいております。']],
  [/負担します。$/u, ['負担いたします。']],
  [/手伝いもします。$/u, ['お手伝いもいたします。']],
  [/ていません。$/u, ['ておりません。']],
  [/ています。$/u, ['ております。']],
  [/入れません。$/u, ['お入れいたしません。', 'お入れしておりません。']],
  [/返せません。$/u, ['お返しいただけません。']],
  [/を(指定|印刷)できます。$/u, ['の$1を承っております。', 'を$1していただけます。']],
  [
    /(指定|返品|解約|予約|退会|印刷|試飲|味見)できます。$/u,
    ['$1を承っております。', '$1していただけます。', '$1を承ります。']
  ],
  [/(から|まで|に|も)できます。$/u, ['$1承ります。', '$1承っております。']],
  [/使えます。$/u, ['お使いいただけます。', 'ご利用いただけます。']],
  [/選べます。$/u, ['お選びいただけます。', 'お選びになれます。']],
  [/休めます。$/u, ['お休みいただけます。']],
  [/やめられます。$/u, ['おやめいただけます。']],
  [/書けます。$/u, ['お書きいただけます。', 'お書き添えいたします。']],
  [/変えられます。$/u, ['お変えいただけます。', 'お直しいたします。']],
  [/取り消せます。$/u, ['お取り消しいただけます。', 'お取り消しを承ります。']],
  [/調べられます。$/u, ['お調べいただけます。', 'ご覧いただけます。']],
  [/決め直せます。$/u, ['お決め直しいただけます。', '新しくお決めいただけます。']],
  [/出せます。$/u, ['お出しいただけます。', 'お取り出しいただけます。']],
  [/飲めます。$/u, ['お飲みいただけます。', 'お召し上がりいただけます。']],
  [/なら入れます。$/u, ['ならお入りいただけます。', 'でしたらご一緒にお過ごしいただけます。']],
  [/にいられます。$/u, ['にお過ごしいただけます。']],
  [/送ります。$/u, ['お送りいたします。']],
  [/が届きます。$/u, ['をお届けいたします。', 'をお届けしております。']],
  [/届きます。$/u, ['お届けいたします。', 'お届けしております。']],
  [/知らせます。$/u, ['お知らせいたします。']],
  [/調べます。$/u, ['お調べいたします。']],
  [/預かります。$/u, ['お預かりいたします。', 'お預かりしております。']],
  [/(交換|発送|保管|返金)します。$/u, ['$1いたします。']],
  [/受け付けます。$/u, ['承ります。', '承っております。', '受け付けております。']],
  [/がかかります。$/u, ['を頂戴しております。', 'を申し受けます。']],
  [/かかります。$/u, ['頂戴しております。', 'お時間を頂戴しております。']],
  [/がもらえます。$/u, ['を差し上げております。', 'を進呈いたします。']],
  [/もらえます。$/u, ['差し上げております。']],
  [/が付きます。$/u, ['を差し上げております。', 'をお付けしております。']],
  [/付けます。$/u, ['お付けいたします。', 'お付けしております。']],
  [/が出ます。$/u, ['を差し上げております。']],
  [/がおすすめです。$/u, ['をおすすめしております。', 'をおすすめいたします。']],
  [/が合います。$/u, ['がよく合うと存じます。', 'がよく合います。', 'をおすすめしております。']],
  [
    /(無料|2倍|1割引)になります。$/u,
    ['$1でございます。', '$1とさせていただきます。', '$1とさせていただいております。']
  ],
  [/休みます。$/u, ['お休みをいただきます。', 'お休みを頂戴いたします。']],
  [/開きます。$/u, ['開いております。']],
  [/お茶です。$/u, ['お茶でございます。', '茶葉でございます。']],
  [/までです。$/u, ['まででございます。', 'まで承っております。', 'までとなっております。']],
  [/からです。$/u, ['からでございます。', 'より承ります。', 'から承っております。']],
  [/入りです。$/u, ['入りでございます。', 'をお入れしております。']],
  [/だけです。$/u, ['のみでございます。', 'だけでございます。', 'に限らせていただいております。']],
  [/(し|やす)いです。$/u, ['$1いかと存じます。']],
  [/です。$/u, ['でございます。', 'でございます。', 'となっております。']],
  [/ました。$/u, ['ましてございます。', 'ました。']]
]

/** Words that gain an honorific. */
const honorific: readonly Rule[] = [
  [/(?<![ごお])(返品|注文|予約|変更|参加|希望|退会)/u, ['ご$1']],
  [/(?<![ごお])(支払い|荷物|電話|届け先|値段|会計)/u, ['お$1']]
]

function courteousJapanese(sentence: string, chance: Chance): string {
  const rule = endings.find(([ending]) => ending.test(sentence))
  let text = rule ? sentence.replace(rule[0], chance.pick(rule[1])) : sentence
  for (const [word, [replacement = '']] of honorific) text = text.replace(word, replacement)
  if (chance.happens(0.6)) text = text.replace(/(電話|メール|着払い|ポスト便|無料)で(?=[^す])/u, '$1にて')
  if (chance.happens(0.5)) text = text.replace(/から(?=承|お|ご)/u, 'より')
  if (chance.happens(0.5)) text = text.replace(/^([^、。「」]{2,12}?[^で]は)(?![、。使])/u, '$1、')
  return text
}

const names =
  /^(Mikazuki|Oboro|Jugoya|Yoimachi|Inaho|Yubae|Ariake|Seseragi|Nemurizuki|Robata|Tsukishiro|Moon|Neiro|I |Sorry)/
const orders =
  /^(Please |)(Use|Keep|Store|Wash|Write|Ask|Tell|Send|Try|Hand|Call|Go|Mix|Do|Drink|See|Set|Pay|Pick|Phone|phone|use|keep|store|wash|write|ask|tell|send|try|call|go|set|pay|pick)\b/
const announcements = [
  'We are pleased to say that',
  'We are glad to tell you that',
  'Kindly note that',
  'It is our pleasure to say that',
  'We are delighted to say that',
  'May we say that',
  'We humbly say that',
  'Rest assured that'
] as const

const small = (text: string): string =>
  names.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)

function courteousEnglish(sentence: string, chance: Chance): string {
  if (sentence === 'Sorry.') return 'We are truly sorry.'
  if (orders.test(sentence)) {
    return `${chance.pick(['Kindly', 'Kindly', 'May we ask you to', 'Would you kindly'])} ${small(sentence.replace(/^Please /, ''))}`
  }
  const comma = /^(For|In|Up to|Once|With|By) [^,]*, (use|wait|drink)\b/.exec(sentence)
  if (comma)
    return sentence.replace(/, (use|wait|drink)\b/, chance.pick([', kindly $1', ', would you kindly $1']))
  if (sentence.startsWith('You can ')) {
    return sentence.replace(
      'You can',
      chance.pick(['You may kindly', 'You may gladly', 'You are welcome to'])
    )
  }
  if (/^We (will|can) /.test(sentence)) return sentence.replace(/^We (will|can)/, 'We $1 gladly')
  if (/^We (?!are|have)\w+ /.test(sentence) && chance.happens(0.7)) {
    return sentence.replace(
      /^We /,
      chance.pick(['We gladly ', 'We are pleased to ', 'We are delighted to ', 'We humbly '])
    )
  }
  return `${chance.pick(announcements)} ${small(sentence)}`
}

const sentences = { ja: /[^。]*。/gu, en: /[^.?!]+[.?!]+\s*/g } as const

/** The same said courteously; facts stay letter by letter. */
export function courteous(answer: string, language: Language, chance: Chance): string {
  const parts = answer.match(sentences[language]) ?? [answer]
  return language === 'ja'
    ? parts.map((part) => courteousJapanese(part, chance)).join('')
    : parts.map((part) => courteousEnglish(part.trim(), chance)).join(' ')
}
