// What an answer claims, apart from how it says it: numbers with their units, dates and times, and whether something can be
// done, is needed, costs anything. Two answers contradict each other where both claim something of the same kind and neither
// says what the other does.
import { matchesOf } from '../matches'

export interface Facts {
  /** of each unit, the numbers */
  readonly numbers: ReadonlyMap<string, ReadonlySet<string>>
  /** of each question that is a yes or a no: 1 yes, 2 no, 3 both */
  readonly sides: ReadonlyMap<string, number>
}

const kanjiDigits: Readonly<Record<string, number>> = {
  〇: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9
}

const number =
  /(?<![\w.])(?:[¥$€£￥] ?)?(\d[\d,]{0,14}(?:\.\d{1,6})?)( ?(?:万円|億円|千円|営業日|日間|日以内|時間|週間|ヶ月|か月|カ月|ヵ月|箇月|年間|ページ|ポイント|%|％|円|日|時|分|秒|年|月|週|個|本|枚|冊|回|名|人|件|点|歳|階|度|kg|km|cm|mm|mg|g|m|MB|GB|kB|business days?|working days?|days?|hours?|minutes?|weeks?|months?|years?|people|persons?|items?|times?|percent|dollars?|yen|euros?|am|pm|a\.m\.|p\.m\.))?/gi
const kanjiNumber =
  /([〇一二三四五六七八九十百千]{1,6})(万円|円|営業日|日間|日以内|日|時間|時|分|週間|ヶ月|か月|カ月|年間|年|個|回|名|人|割|階|枚|本)/g
const englishNumber =
  /(?<!\w)(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety) (business days?|working days?|days?|hours?|minutes?|weeks?|months?|years?|people|items?|times?|percent|dollars?|yen)/gi
const englishValues: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fourteen: 14,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  ninety: 90
}
const weekday = /([月火水木金土日])曜|(?<!\w)(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?(?!\w)/g

/** what is claimed, how it is affirmed and how it is denied */
const sides: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    'can',
    /(?:でき|出来|いただけ|頂け|可能|承れ|承っており|受け付けており|受け付けます|対応しており|お使いいただけ|利用でき)(?:ます|です|る|ております|おります|$|、|。)|可能(?:です|で|な|。)|承っております|受け付けております|(?<!\w)(?:can|you may|is possible|are able|is able|is allowed|are allowed|is available|are available|do accept|does accept|we accept|we offer|is accepted|are accepted|is supported)(?! ?not|not)(?!\w)/gi,
    /(?:でき|出来|いただけ|頂け|承れ|受け付けてい|受け付け|対応してい|対応しており|承っており)(?:ません|ない|かねます|ておりません)|不可(?:能)?(?:です|と|。|で)|(?:お受け|いたし|致し|承り|対応し|お応えし)かねます|おりません(?!か)|お断り|(?<!\w)(?:can ?not|can't|can’t|may not|is not possible|unable|not (?:allowed|available|accepted|supported|possible)|do not accept|don't accept|does not accept|don't offer|do not offer|unavailable|impossible)(?!\w)/gi
  ],
  [
    'free',
    /無料|(?:費用|料金|送料|手数料)は(?:かかりません|不要|いただ[きい]ません|頂[きい]ません)|(?<!\w)(?:free of charge|for free|is free|are free|no (?:charge|fee|cost))(?!\w)/gi,
    /有料|(?:費用|料金|送料|手数料)(?:が|は)?(?:別途)?(?:かかります|発生し(?:ます|ております)|必要です|ご負担)|お客様(?:の)?(?:ご)?負担|(?<!\w)(?:is charged|are charged|a fee (?:applies|of|is)|there is a (?:fee|charge)|you (?:will )?pay|not free)(?!\w)/gi
  ],
  [
    'needed',
    /必要(?:です|と|が(?:あり|ござい)|になり)|必須|(?<!\w)(?:is required|are required|you (?:need|must)|is necessary|mandatory)(?!\w)/gi,
    /必要(?:は)?(?:あり|ござい)ません|必要(?:では|じゃ)(?:あり|ない)|不要(?:です|で|と|。)|(?<!\w)(?:not required|no need|do(?:es)? not need|don't need|doesn't need|not necessary|optional)(?!\w)/gi
  ],
  [
    'there',
    /(?:あり|ござい)ます(?!せ)|(?<!\w)(?:there (?:is|are) (?!no)|we have|we do have|is included|are included)(?!\w)?/gi,
    /(?:あり|ござい)ません(?!か)|なし(?:です|。|$)|(?<!\w)(?:there (?:is|are) no|we (?:do not|don't) have|not included)(?!\w)/gi
  ],
  [
    'open',
    /営業して(?:い|お)ります?|営業します|開いて(?:い|お)り?ます|年中無休|休まず|(?<!\w)(?:is open|are open|open (?:on|every))(?!\w)/gi,
    /休業|定休|休み(?:です|を|と|に)|お休み|閉まって|閉店|営業して(?:い|お)りません|(?<!\w)(?:is closed|are closed|closed (?:on|every)|not open)(?!\w)/gi
  ],
  ['yes', /^(?:はい|ええ|yes)(?=[、。,. ])/gi, /^(?:いいえ|いえ|no)(?=[、。,. ])/gi]
]

const isIn = (pattern: RegExp, text: string): boolean => {
  pattern.lastIndex = 0
  return pattern.test(text)
}

export function factsOf(answer: string): Facts {
  const text = answer.normalize('NFKC')
  const numbers = new Map<string, Set<string>>()
  const add = (unit: string, value: string): void => {
    const known = numbers.get(unit) ?? new Set()
    numbers.set(unit, known.add(value))
  }
  if (/\d/.test(text))
    for (const { 0: all, 1: digits = '', 2: unit = '' } of matchesOf(text, number))
      add(unitOf(unit, all), plainNumber(digits))
  if (/[一二三四五六七八九十]/.test(text))
    for (const [, kanji = '', unit = ''] of matchesOf(text, kanjiNumber))
      add(unitOf(unit, ''), String(kanjiValue(kanji)))
  if (/[a-z]/.test(text))
    for (const [, word = '', unit = ''] of matchesOf(text, englishNumber))
      add(unitOf(unit, ''), String(englishValues[word.toLowerCase()] ?? 0))
  for (const [, ja, en] of matchesOf(text, weekday)) add('weekday', ja ?? days[en as string] ?? '')
  const claimed = new Map<string, number>()
  for (const [name, yes, no] of sides) {
    const denied = isIn(no, text)
    const affirmed = isIn(yes, text)
    if (denied || affirmed) claimed.set(name, (affirmed ? 1 : 0) + (denied ? 2 : 0))
  }
  return { numbers, sides: claimed }
}

const days: Readonly<Record<string, string>> = {
  Mon: '月',
  Tues: '火',
  Wednes: '水',
  Thurs: '木',
  Fri: '金',
  Satur: '土',
  Sun: '日'
}

/** 2,000.0 is 2000 */
const plainNumber = (digits: string): string => String(Number(digits.replaceAll(',', '')))

function kanjiValue(text: string): number {
  let [sum, current] = [0, 0]
  for (const sign of text) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[sign]
    if (unit === undefined) current = 10 * current + (kanjiDigits[sign] ?? 0)
    else {
      sum += (current || 1) * unit
      current = 0
    }
  }
  return sum + current
}

/** One name for what is counted alike. */
function unitOf(unit: string, all: string): string {
  const name = unit.trim().toLowerCase()
  if (/^[¥￥]/.test(all) || /円|yen/.test(name)) return `${/[万億千]/.exec(name)?.[0] ?? ''}円`
  if (/^[$€£]/.test(all) || /dollar|euro/.test(name))
    return all[0] === '€' || /euro/.test(name) ? 'euro' : 'dollar'
  if (/営業日|business|working/.test(name)) return 'business day'
  if (/^日|^days?/.test(name)) return 'day'
  if (/時間|hour/.test(name)) return 'hour'
  if (/^時|am|pm|a\.m|p\.m/.test(name)) return 'clock'
  if (/月/.test(name) && name !== '月') return 'month'
  if (/month/.test(name)) return 'month'
  if (/週|week/.test(name)) return 'week'
  if (/年間|year/.test(name)) return 'year'
  if (/%|％|percent/.test(name)) return '%'
  if (/名|人|people|person/.test(name)) return 'person'
  return name
}

/** Null where they go together; otherwise what they differ in, as they say it. */
export function contradiction(a: Facts, b: Facts): readonly [string, string] | null {
  for (const [unit, ours] of a.numbers) {
    const theirs = b.numbers.get(unit)
    if (!theirs || isWithin(ours, theirs) || isWithin(theirs, ours)) continue
    // a number without a unit may count anything
    if (unit === '' && (ours.size > 1 || theirs.size > 1)) continue
    return [said(ours, theirs, unit), said(theirs, ours, unit)]
  }
  for (const [name, ours] of a.sides) {
    const theirs = b.sides.get(name)
    if ((ours === 1 && theirs === 2) || (ours === 2 && theirs === 1)) return [String(ours), String(theirs)]
  }
  return null
}

const said = (ours: ReadonlySet<string>, theirs: ReadonlySet<string>, unit: string): string =>
  `${[...ours].filter((value) => !theirs.has(value)).join('・')}${unit}`

const isWithin = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].every((value) => b.has(value))

/** All numbers of a text, whatever stands between them, in one order. */
export const numbersIn = (text: string): string =>
  (text.normalize('NFKC').match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map(plainNumber).sort().join(' ')
