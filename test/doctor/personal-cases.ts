// Personal data of every kind in forms as people write them, each in a sentence; and what only looks like it.
import type { PersonalKind } from '../../main/contract/findings'
import type { Random } from './random'
import * as lists from './lists'

export interface Planted {
  readonly kind: PersonalKind
  readonly words: string
}

export interface Case {
  readonly text: string
  readonly planted: readonly Planted[]
}

const luhnDigit = (digits: string): string => {
  let sum = 0
  ;[...digits]
    .reverse()
    .forEach(
      (d, i) => (sum += i % 2 === 0 ? (2 * Number(d) > 9 ? 2 * Number(d) - 9 : 2 * Number(d)) : Number(d))
    )
  return String((10 - (sum % 10)) % 10)
}
const myNumber = (eleven: string): string => {
  const sum = [...eleven].reverse().reduce((all, d, i) => all + Number(d) * (i < 6 ? i + 2 : i - 4), 0)
  return eleven + (sum % 11 <= 1 ? '0' : String(11 - (sum % 11)))
}
const corporate = (twelve: string): string => {
  const sum = [...twelve].reverse().reduce((all, d, i) => all + Number(d) * (i % 2 === 0 ? 1 : 2), 0)
  return String(9 - (sum % 9)) + twelve
}
const wide = (text: string): string =>
  text.replace(/[0-9-]/g, (c) => (c === '-' ? '－' : String.fromCharCode(c.charCodeAt(0) + 0xfee0)))

type Make = (r: Random) => { readonly words: string; readonly text: string }
const among =
  (kind: PersonalKind, words: string, ...texts: string[]) =>
  (r: Random) => {
    void kind
    return { words, text: r.pick(texts).replace('{}', words) }
  }

const phone: Make = (r) => {
  const four = (): string => r.digits(4)
  const words = r.pick([
    `0${r.pick(['90', '80', '70'])}-${four()}-${four()}`,
    `03-${r.pick(['3', '5', '6'])}${r.digits(3)}-${four()}`,
    `06-6${r.digits(3)}-${four()}`,
    `0${r.pick(['45', '52', '75', '92', '11'])}-${r.pick(['2', '5', '7'])}${r.digits(2)}-${four()}`,
    `0${r.pick(['467', '268', '584'])}-${r.pick(['2', '3', '5'])}${r.digits(1)}-${four()}`,
    `0120-${r.digits(3)}-${r.digits(3)}`,
    `0120${r.digits(6)}`,
    `0800-${r.digits(3)}-${four()}`,
    `0${r.pick(['90', '80', '70'])}${r.digits(8)}`,
    `+81-${r.pick(['90', '80'])}-${four()}-${four()}`,
    `+81 3 ${r.pick(['3', '5'])}${r.digits(3)} ${four()}`,
    `(03)${r.pick(['3', '5'])}${r.digits(3)}-${four()}`,
    `０３（${wide('5' + r.digits(3))}）${wide(four())}`,
    wide(`090-${four()}-${four()}`),
    `090 ${four()} ${four()}`
  ])
  return among(
    'phone',
    words,
    '{}までお電話ください。',
    '携帯は{}です。',
    'TEL：{}',
    'ご連絡は{}へお願いします。',
    '折り返しは{}に頂けますか。'
  )(r)
}
const phoneEnglish: Make = (r) => {
  const words = r.pick([
    `(${r.pick(['415', '212', '503'])}) ${r.pick(['555', '682'])}-${r.digits(4)}`,
    `${r.pick(['415', '617'])}-${r.pick(['555', '234'])}-${r.digits(4)}`,
    `+1 ${r.pick(['415', '617'])} 555 ${r.digits(4)}`,
    `+44 20 7946 ${r.digits(4)}`
  ])
  return among('phone', words, 'You can reach me at {} any time.', 'Please call {}.', 'My number is {}.')(r)
}
const mail: Make = (r) => {
  const name = `${r.pick(['k.sanada', 'mari_55', 'info-desk', 'tatsuo.k+shop', 'x9000'])}`
  const words = `${name}@${r.pick(['mail.example', 'sub.example.co.jp', 'example.org', 'shop-example.com'])}`
  return among(
    'mail',
    words,
    '{}宛にお送りください。',
    'メールアドレスは {} です。',
    'Write to {}.',
    '返信先：{}'
  )(r)
}
const postcode: Make = (r) => {
  const words = r.pick([
    `〒${r.digits(3)}-${r.digits(4)}`,
    `〒${r.digits(7)}`,
    `${r.digits(3)}-${r.digits(4)}`
  ])
  return words.startsWith('〒')
    ? among('postcode', words, '{} が新しい住まいの番号です。', '送り先は{}です。')(r)
    : among('postcode', words, '郵便番号は{}です。', '郵便番号：{}')(r)
}
const address: Make = (r) => {
  const town = r.int(lists.towns.length)
  const house = r.pick([
    `${r.from(1, 5)}丁目${r.from(1, 20)}番${r.from(1, 20)}号`,
    `${r.from(1, 5)}-${r.from(1, 20)}-${r.from(1, 20)}`,
    `${r.from(1, 5)}丁目${r.from(1, 20)}-${r.from(1, 20)}`
  ])
  const words = `${r.chance(0.6) ? lists.prefectures[town] : ''}${lists.towns[town]}${house}${r.pick(lists.buildings)}`
  return among('address', words, '住所は{}です。', '届け先：{}', '引っ越し先は、{}になりました。')(r)
}
const addressEnglish: Make = (r) => {
  const words = `${r.from(10, 9000)} ${r.pick(lists.streets)} ${r.pick(lists.streetKinds)}`
  return among('address', words, 'Ship it to {} please.', 'I moved to {} last week.')(r)
}
const full = (r: Random): string =>
  `${r.pick(lists.families)}${r.pick(['', ' ', '　'])}${r.pick(lists.givens)}`
const name: Make = (r) => {
  const family = r.pick(lists.families)
  return r.pick<Make>([
    among('name', family, '{}様、いつもありがとうございます。', '先日は{}様にお越しいただきました。'),
    among('name', family, '{}さんから電話がありました。', '担当の{}です。', '株式会社みどりの{}と申します。'),
    among('name', full(r), '{}と申します。', '{}様のご注文です。', '氏名：{}', '私の名前は{}です。'),
    among('name', full(r), 'よろしくお願いいたします。\n{}', 'お名前：{}\nご用件：修理'),
    among('name', family, '{}殿', '営業部の{}でございます。', '{}氏が来店されました。'),
    among('name', r.pick(lists.katakanaNames), '{}様がお待ちです。', '{}さんへお渡しください。'),
    among('name', `${r.pick(lists.kana)} ハルコ`, 'フリガナ：{}')
  ])(r)
}
const nameEnglish: Make = (r) => {
  const [given, family] = [r.pick(lists.foreignGiven), r.pick(lists.foreign)]
  return r.pick<Make>([
    among('name', family, 'Dear Ms. {}, thank you for writing.', 'Mr. {} called about the delivery.'),
    among('name', `${given} ${family}`, 'My name is {}.', 'Kind regards,\n{}', 'Name: {}'),
    among('name', given, 'Hi {}, thanks for the note.', 'Dear {},\nthe parcel has arrived.')
  ])(r)
}
const birth: Make = (r) => {
  const [y, m, d] = [r.from(1935, 2012), r.from(1, 12), r.from(1, 28)]
  const words = r.pick([
    `${y}年${m}月${d}日`,
    `${y}/${m}/${d}`,
    `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
    `昭和${r.from(20, 63)}年${m}月${d}日`,
    `S${r.from(20, 63)}.${m}.${d}`
  ])
  return among(
    'birth-date',
    words,
    '生年月日は{}です。',
    '生年月日：{}',
    '{}生まれです。',
    '誕生日は{}になります。'
  )(r)
}
const birthEnglish: Make = (r) =>
  among(
    'birth-date',
    `${r.pick(['March', 'July', 'October'])} ${r.from(1, 28)}, ${r.from(1940, 2005)}`,
    'I was born on {}.',
    'Date of birth: {}'
  )(r)
const card: Make = (r) => {
  const start = r.pick(['4', '51', '55', '3530', '2223'])
  const body = start + r.digits(15 - start.length)
  const digits = body + luhnDigit(body)
  const parts = digits.match(/\d{4}/g) as string[]
  const amex = `37${r.digits(12)}`
  const words = r.pick([digits, parts.join('-'), parts.join(' '), wide(digits), amex + luhnDigit(amex)])
  return among(
    'card',
    words,
    'カード番号は{}です。',
    '{}で決済しました。',
    'My card {} was declined.',
    'クレジットカード {} の明細です。'
  )(r)
}
const my: Make = (r) => {
  const digits = myNumber(r.digits(11))
  const words = r.pick([
    digits,
    (digits.match(/\d{4}/g) as string[]).join(' '),
    (digits.match(/\d{4}/g) as string[]).join('-'),
    wide(digits)
  ])
  return among('my-number', words, 'マイナンバーは{}です。', '個人番号：{}', '{}が私のマイナンバーです。')(r)
}
const company: Make = (r) => {
  const digits = corporate(r.pick('123456789'.split('')) + r.digits(11))
  return r.chance(0.5)
    ? among('corporate-number', digits, '法人番号は{}です。', '法人番号：{}')(r)
    : among('corporate-number', `T${digits}`, 'インボイスの登録番号は{}です。', '登録番号 {}')(r)
}
const licence: Make = (r) =>
  among(
    'licence',
    r.pick(['30', '62', '45']) + r.digits(10),
    '免許証番号は{}です。',
    '運転免許証の番号：{}',
    "My driver's license number is {}."
  )(r)
const passport: Make = (r) =>
  among(
    'passport',
    `${r.pick(['TK', 'TR', 'MZ'])}${r.digits(7)}`,
    'パスポート番号は{}です。',
    '旅券番号：{}',
    'My passport number is {}.'
  )(r)
const account: Make = (r) =>
  r.chance(0.3)
    ? among('bank-account', `1${r.digits(3)}0-${r.digits(7)}1`, 'ゆうちょ銀行 {} です。')(r)
    : among(
        'bank-account',
        r.digits(7),
        `${r.pick(lists.banks)} 本店 普通 {} にお振り込みください。`,
        '口座番号は{}です。',
        '当座預金 {} です。'
      )(r)
const ip: Make = (r) =>
  among(
    'ip',
    r.pick([
      `${r.from(11, 223)}.${r.int(256)}.${r.int(256)}.${r.from(1, 254)}`,
      `2001:db8:${r.hex(4)}::${r.hex(2)}`
    ]),
    '接続元は{}でした。',
    'The request came from {}.',
    'サーバーのIPアドレスは{}です。'
  )(r)
const mac: Make = (r) =>
  among(
    'mac',
    Array.from({ length: 6 }, () => r.hex(2)).join(r.pick([':', '-'])),
    'MACアドレスは{}です。',
    'The device is {}.'
  )(r)
const secret: Make = (r) => {
  const words = r.pick([
    `AKIA${r.signs(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    `ghp_${r.signs(36)}`,
    `AIza${r.signs(35)}`,
    `sk-${r.signs(40)}`,
    `xoxb-${r.digits(11)}-${r.signs(24)}`,
    `eyJ${r.signs(20)}.eyJ${r.signs(40)}.${r.signs(43)}`,
    `-----BEGIN RSA PRIVATE KEY-----\n${r.signs(64)}\n${r.signs(64)}\n-----END RSA PRIVATE KEY-----`
  ])
  return r.chance(0.75)
    ? among('secret', words, '設定の鍵は {} です。', 'Use {} for the call.')(r)
    : among('secret', `${r.signs(5)}9!${r.signs(4)}a`, 'パスワードは{}です。', 'password: {}')(r)
}
const url: Make = (r) =>
  among(
    'secret-url',
    r.pick([
      `https://files.example.com/d/report?token=${r.signs(24)}`,
      `postgres://shop:${r.signs(12)}@db.example.com:5432/orders`,
      `https://example.blob.core.windows.net/a?sv=2022-11-02&sig=${r.signs(30)}`
    ]),
    '資料は {} にあります。',
    'Open {} first.'
  )(r)
const own: Make = (r) =>
  among(
    'own-number',
    `KM-${r.from(2018, 2026)}-${r.digits(5)}`,
    '会員番号は{}です。',
    'お客様番号 {} の件です。'
  )(r)

export const ownExample = 'KM-2024-00123'
const makers: readonly (readonly [PersonalKind, Make])[] = [
  ['phone', phone],
  ['phone', phoneEnglish],
  ['mail', mail],
  ['postcode', postcode],
  ['address', address],
  ['address', addressEnglish],
  ['name', name],
  ['name', nameEnglish],
  ['birth-date', birth],
  ['birth-date', birthEnglish],
  ['card', card],
  ['my-number', my],
  ['corporate-number', company],
  ['licence', licence],
  ['passport', passport],
  ['bank-account', account],
  ['ip', ip],
  ['mac', mac],
  ['secret', secret],
  ['secret-url', url],
  ['own-number', own]
]

/** One of each kind, by turns. */
export function personalCase(r: Random, turn: number): Case {
  const [kind, make] = makers[turn % makers.length] as (typeof makers)[number]
  const { words, text } = make(r)
  return { text, planted: [{ kind, words }] }
}

/** Numbers and words that are none of anybody's. */
export function decoy(r: Random): string {
  const wrongCard = `4${r.digits(14)}`
  return r.pick([
    `注文番号は${r.digits(10)}です。`,
    `追跡番号 ${r.digits(12)} でお調べください。`,
    `型番はTX-${r.digits(4)}-${r.digits(4)}です。`,
    `${r.from(2001, 2025)}年${r.from(1, 12)}月${r.from(1, 28)}日に発売しました。`,
    `価格は${r.from(1, 90)},${r.digits(3)}円です。`,
    `JANコード 49${r.digits(11)} の商品です。`,
    `営業は${r.from(8, 11)}:00-${r.from(17, 21)}:30です。`,
    'お客様、ご担当者様、関係者の皆様へお知らせします。',
    'どの様な場合でも同様に承ります。',
    `version ${r.from(1, 9)}.${r.from(1, 20)}.${r.from(1, 9)}.${r.digits(2)} is out.`,
    `大きさは${r.from(100, 300)}-${r.from(100, 300)}mmです。`,
    `会場は東京都渋谷区にあります。`,
    'Dear customer, thank you for your order.',
    'パン屋さんや本屋さん、運転手さんにも好評です。',
    `カード番号は${wrongCard}${(Number(luhnDigit(wrongCard)) + 1) % 10}のような16桁です。`,
    'The meeting on Monday was moved to the main hall.',
    `https://example.com/items?page=${r.from(2, 40)} をご覧ください。`,
    `第${r.from(1, 9)}章 ${r.from(1, 9)}.${r.from(1, 9)}.${r.from(1, 9)} を参照。`
  ])
}
