// Reading exercises: a memo or an order with names, numbers and times made up on the spot, and a question whose
// answer must be copied out of it. They teach the model to look at the question, not only to remember.
import type { Chance } from './random'
import type { Language } from './topics'

export interface Exercise {
  readonly question: string
  readonly answer: string
  readonly facts: readonly string[]
}

const people = {
  ja: '田中 鈴木 佐藤 高橋 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 松本 井上 木村 林 清水 森 池田 橋本 石川 前田 藤田 岡田'.split(
    ' '
  ),
  en: 'Tanaka Suzuki Baker Carter Mori Ito Green Hill Kato Lopez Martin Novak Ono Price Reed Sato Turner Ueda Wood Young'.split(
    ' '
  )
} as const
const events = {
  ja: '打ち合わせ 会議 面談 研修 説明会 歓迎会 送別会 見学会 健康診断 避難訓練 展示会 勉強会 朝礼 棚卸し 懇親会'.split(
    ' '
  ),
  en: [
    'meeting',
    'training',
    'interview',
    'lunch',
    'fire drill',
    'health check',
    'fair',
    'workshop',
    'party',
    'stock count'
  ]
} as const
const places = {
  ja: '第1会議室 第2会議室 第3会議室 大会議室 食堂 屋上 受付 応接室 本社 支社 倉庫 図書室 市民会館 3階 5階 ロビー'.split(
    ' '
  ),
  en: [
    'room 1',
    'room 2',
    'room 3',
    'the main hall',
    'the canteen',
    'the lobby',
    'the library',
    'the head office',
    'the roof',
    'the store room'
  ]
} as const
const months = 'January February March April May June July August September October November December'.split(
  ' '
)
const days = {
  ja: '月火水木金'.split('').map((day) => `${day}曜日`),
  en: 'Monday Tuesday Wednesday Thursday Friday'.split(' ')
}
const goods = {
  ja: '封筒 ノート コピー用紙 付箋 ボールペン 電池 名札 ファイル 茶碗 紙コップ 湯のみ せっけん はさみ'.split(
    ' '
  ),
  en: [
    'envelopes',
    'notebooks',
    'pens',
    'batteries',
    'name tags',
    'folders',
    'cups',
    'scissors',
    'paper clips'
  ]
} as const

function orderNumber(chance: Chance): string {
  const letter = 'ABCDEFGHJKMNPRSTWXYZ'[chance.below(20)]
  return `${letter}-${1000 + chance.below(9000)}`
}

function memo(chance: Chance, language: Language): Exercise {
  const ja = language === 'ja'
  const event = chance.pick(events[language])
  const place = chance.pick(places[language])
  const person = chance.pick(people[language])
  const month = chance.below(12)
  const dayOfMonth = 1 + chance.below(28)
  const date = ja ? `${month + 1}月${dayOfMonth}日` : `${months[month]} ${dayOfMonth}`
  const hour = 8 + chance.below(11)
  const time = ja ? `${hour}時` : `${hour > 12 ? hour - 12 : hour} o'clock`
  const text = ja
    ? chance.pick([
        `${event}は${date}${time}から${place}です。担当は${person}さんです。`,
        `${date}の${time}から${place}で${event}をします。${person}さんに連絡してください。`,
        `お知らせ。${event}、${date}、${time}開始、場所は${place}、係は${person}さん。`
      ])
    : chance.pick([
        `The ${event} is on ${date} at ${time} in ${place}. Ask ${person}.`,
        `On ${date} at ${time} we have the ${event} in ${place}. ${person} is in charge.`,
        `Notice: ${event}, ${date}, ${time}, ${place}, contact ${person}.`
      ])
  const asked = chance.pick(
    ja
      ? [
          ['いつ', '日にちはいつ', date, `${date}です。`],
          ['どこ', '場所はどこ', place, `${place}です。`],
          ['何時から', '時間は何時', time, `${time}からです。`],
          ['担当は誰', '誰に聞けばいい', person, `${person}さんです。`]
        ]
      : [
          ['Which day is it?', `When is the ${event}?`, date, `It is on ${date}.`],
          ['Where is it?', `Where is the ${event}?`, place, `It is in ${place}.`],
          ['What time is it?', `At what time is the ${event}?`, time, `It is at ${time}.`],
          ['Who is in charge?', 'Whom do I ask?', person, `Ask ${person}.`]
        ]
  ) as [string, string, string, string]
  const ask = chance.pick([asked[0], asked[1]])
  const question = ja
    ? chance.pick([
        `「${text}」${ask}ですか。`,
        `${text}${ask}ですか？`,
        `${event}は${ask}ですか。メモ：${text}`
      ])
    : chance.pick([`${text} ${ask}`, `Memo: ${text} ${ask}`, `${ask} ${text}`])
  return { question, answer: asked[3], facts: [asked[2]] }
}

function order(chance: Chance, language: Language): Exercise {
  const number = orderNumber(chance)
  const person = chance.pick(people[language])
  if (language === 'ja') {
    const question = chance.pick([
      `注文番号${number}の${person}です。荷物はどうなっていますか。`,
      `${person}と申します。注文番号は${number}です。調べてください。`,
      `${number}の注文について教えてください。${person}です。`,
      `${person}です。${number}を確認してください。`
    ])
    return { question, answer: `${person}さん、注文番号${number}ですね。調べます。`, facts: [number, person] }
  }
  const question = chance.pick([
    `My order number is ${number}. I am ${person}. Please check it.`,
    `This is ${person}. What about order ${number}?`,
    `${person} here, order ${number}. Where is it?`
  ])
  return { question, answer: `${person}, order ${number}. We will check it.`, facts: [number, person] }
}

function stock(chance: Chance, language: Language): Exercise {
  const ja = language === 'ja'
  const kinds = chance.shuffle([...goods[language]]).slice(0, 3) as [string, string, string]
  const counts = kinds.map(() => String(2 + chance.below(95)))
  const at = chance.below(3)
  const list = ja
    ? kinds.map((kind, i) => `${kind}が${counts[i]}個`).join('、') + 'あります。'
    : `We have ${kinds.map((kind, i) => `${counts[i]} ${kind}`).join(', ')}.`
  const kind = kinds[at] as string
  const count = counts[at] as string
  return ja
    ? {
        question: chance.pick([`${list}${kind}は何個ですか。`, `在庫：${list}${kind}の数を教えてください。`]),
        answer: `${kind}は${count}個です。`,
        facts: [`${count}個`]
      }
    : {
        question: chance.pick([
          `${list} How many ${kind} are there?`,
          `Stock: ${list} Tell me the number of ${kind}.`
        ]),
        answer: `There are ${count} ${kind}.`,
        facts: [count]
      }
}

function weekday(chance: Chance, language: Language): Exercise {
  const ja = language === 'ja'
  const [first, second] = chance.shuffle([...people[language]]) as [string, string]
  const [one, two] = chance.shuffle([...days[language]]) as [string, string]
  const askFirst = chance.happens(0.5)
  const who = askFirst ? first : second
  const day = askFirst ? one : two
  return ja
    ? {
        question: `当番は${first}さんが${one}、${second}さんが${two}です。${who}さんは何曜日ですか。`,
        answer: `${who}さんは${day}です。`,
        facts: [day]
      }
    : {
        question: `${first} is on duty on ${one}, ${second} on ${two}. Which day has ${who}?`,
        answer: `${who} is on ${day}.`,
        facts: [day]
      }
}

const makers = [memo, memo, order, order, stock, weekday] as const

export function readingExercise(chance: Chance, language: Language): Exercise {
  return chance.pick(makers)(chance, language)
}
